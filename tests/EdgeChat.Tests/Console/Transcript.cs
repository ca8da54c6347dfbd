using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Consoles;

/// <summary>A console session of alice, bob and carol as text: what is typed is played, and everything that the boards say is written below
/// it.</summary>
/// <remarks>
/// <para><c>alice&gt; send bob hi</c> is typed on alice; the lines below it are what alice says, and with <c>bob | </c> before them what
/// others say.
/// In what is typed <c>\t</c>, <c>\e</c> and <c>\r</c> are keys; <c>= alice&gt; send</c> is the line as it stands on the terminal after
/// them.</para>
/// <para><c>! 3 s</c> lets time pass; <c>! cut alice</c> and <c>! connect alice</c> are about her network, <c>! restart alice</c> about her
/// power;
/// <c>! refuse alice 5</c> is what the broker does; <c>! battery alice 9</c> is what her power chip tells,
/// <c>! publish TOPIC BODY</c> a plain client. <c># ...</c> is a remark.</para>
/// </remarks>
internal sealed partial class Transcript
{
    private readonly VirtualBroker _broker = new();
    private readonly List<(AppBoard Board, Paper Paper)> _boards = [];
    private readonly StringBuilder _text = new();

    /// <summary>Plays the typed lines of a transcript; gives the transcript as it is now.</summary>
    public static string Play(string script)
    {
        var transcript = new Transcript();
        transcript.Add("alice", "Alice", "bob", "carol");
        transcript.Add("bob", "Bob", "alice");
        transcript.Add("carol", "Carol Müller", "alice", "bob");
        foreach ((_, Paper paper) in transcript._boards) paper.TakeRows();
        foreach (string line in script.ReplaceLineEndings("\n").Split('\n')) transcript.Line(line);
        return transcript._text.ToString();
    }

    private void Add(string id, string name, params string[] contacts)
    {
        var paper = new Paper();
        // the whole back-off, always: a transcript says the same each time
        var board = new AppBoard(_broker, id, paper, 128, 64, 3) { Dice = Dice.Most(), Signal = 72 };
        board.Me.DisplayName = name;
        board.Me.Contacts = contacts;
        board.Me.UtcOffsetMinutes = 120;
        _boards.Add((board, paper));
        board.SwitchOn();
        board.Connect();
    }

    private AppBoard Board(string id) => _boards.Single(b => b.Board.Id == id).Board;

    private void Line(string line)
    {
        if (line.StartsWith("# ", StringComparison.Ordinal))
        {
            _text.Append(line).Append('\n');
        }
        else if (line.StartsWith('!'))
        {
            _text.Append('\n').Append(line).Append('\n');
            Act(line[1..].Trim().Split(' ', 3));
            Collect(null, null);
        }
        else if (Typed().Match(line) is { Success: true } typed)
        {
            _text.Append('\n').Append(line).Append('\n');
            AppBoard board = Board(typed.Groups[1].Value);
            board.Type(typed.Groups[2].Value.Replace("\\t", "\t").Replace("\\e", "\u001b").Replace("\\r", "\r") + "\r");
            Collect(board, line);
        }
    }

    private void Act(string[] words)
    {
        switch (words[0])
        {
            case "cut":
                Cut(Board(words[1]));
                break;
            case "connect":
                Board(words[1]).Connect();
                break;
            case "restart":
                Restart(Board(words[1]));
                break;
            case "refuse":
                Cut(Board(words[1]));
                Board(words[1]).AtBroker.RefusesWith = int.Parse(words[2], CultureInfo.InvariantCulture);
                Board(words[1]).Connect();
                break;
            case "signal":
                Board(words[1]).Signal = words[2] == "none" ? null : int.Parse(words[2], CultureInfo.InvariantCulture);
                break;
            case "battery":
                Board(words[1]).App.OnBattery(int.Parse(words[2], CultureInfo.InvariantCulture), Board(words[1]).NowMs);
                break;
            case "publish":
                _broker.Publish(words[1], words[2]);
                break;
            default:
                _broker.Pass(int.Parse(words[0], CultureInfo.InvariantCulture) * 1000L);
                break;
        }
    }

    private void Cut(AppBoard board)
    {
        board.Status.Network = null;
        board.LeaveNetwork("no Wi-Fi \"Workshop\": is the access point on?");
        _broker.Settle();
    }

    private static void Restart(AppBoard board)
    {
        board.SwitchOff();
        board.LeaveNetwork(null);
        board.SwitchOn();
        board.Connect();
    }

    private void Collect(AppBoard? typedOn, string? echo)
    {
        foreach ((AppBoard board, Paper paper) in _boards.OrderBy(b => b.Board == typedOn ? 0 : 1))
        {
            bool isFirst = board == typedOn;
            foreach (string row in paper.TakeRows())
            {
                bool isEcho = isFirst && row == echo;
                isFirst = false;
                if (isEcho) continue;
                if (board != typedOn) _text.Append(board.Id).Append(" | ");
                else if (Typed().IsMatch(row)) _text.Append("= ");
                _text.Append(row).Append('\n');
            }
        }
    }

    [GeneratedRegex("^(alice|bob|carol)> (.*)$")]
    private static partial Regex Typed();
}

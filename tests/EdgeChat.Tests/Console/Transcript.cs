using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeChat.Tests.Consoles;

/// <summary>A console session of alice, bob and carol as text: what is typed is played, and everything that the boards say is written below it.</summary>
/// <remarks>
/// <para><c>alice&gt; send bob hi</c> is typed on alice; the lines below it are what alice says, and with <c>bob | </c> before them what others say.
/// In what is typed <c>\t</c>, <c>\e</c> and <c>\r</c> are keys; <c>= alice&gt; send</c> is the line as it stands on the terminal after them.</para>
/// <para><c>! 3 s</c> lets time pass; <c>! cut alice</c> and <c>! connect alice</c> are about her network, <c>! restart alice</c> about her power;
/// <c>! refuse alice 5</c> is what the broker does; <c>! publish TOPIC BODY</c> is a plain client. <c># ...</c> is a remark.</para>
/// </remarks>
internal sealed partial class Transcript
{
    private readonly Air _air = new();
    private readonly StringBuilder _text = new();

    /// <summary>Plays the typed lines of a transcript; gives the transcript as it is now.</summary>
    public static string Play(string script)
    {
        var transcript = new Transcript();
        transcript._air.Add("alice", "Alice", "bob", "carol");
        transcript._air.Add("bob", "Bob", "alice");
        transcript._air.Add("carol", "Carol Müller", "alice", "bob");
        foreach (ConsoleBoard board in transcript._air.Boards) board.Paper.TakeRows();
        foreach (string line in script.ReplaceLineEndings("\n").Split('\n')) transcript.Line(line);
        return transcript._text.ToString();
    }

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
            ConsoleBoard board = _air[typed.Groups[1].Value];
            board.Type(typed.Groups[2].Value.Replace("\\t", "\t").Replace("\\e", "\u001b").Replace("\\r", "\r") + "\r", _air.NowMs);
            _air.Settle();
            Collect(board, line);
        }
    }

    private void Act(string[] words)
    {
        switch (words[0])
        {
            case "cut":
                _air.Cut(_air[words[1]]);
                break;
            case "connect":
                _air.Connect(_air[words[1]]);
                break;
            case "restart":
                _air.Restart(_air[words[1]]);
                break;
            case "refuse":
                _air.Refuse(_air[words[1]], int.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            case "signal":
                _air[words[1]].Signal = words[2] == "none" ? null : int.Parse(words[2], CultureInfo.InvariantCulture);
                break;
            case "publish":
                _air.Publish(words[1], Encoding.UTF8.GetBytes(words[2]), false);
                _air.Settle();
                break;
            default:
                _air.Wait(int.Parse(words[0], CultureInfo.InvariantCulture) * 1000L);
                break;
        }
    }

    private void Collect(ConsoleBoard? typedOn, string? echo)
    {
        foreach (ConsoleBoard board in _air.Boards.OrderBy(b => b == typedOn ? 0 : 1))
        {
            bool isFirst = board == typedOn;
            foreach (string row in board.Paper.TakeRows())
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

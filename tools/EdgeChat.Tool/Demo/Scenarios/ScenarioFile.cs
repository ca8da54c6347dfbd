using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo.Scenarios;

/// <summary>A scenario: which boards, who types what when, which faults, and what is to come of it. The page writes such files, people too:
/// docs/tool.md has the format.</summary>
public sealed class ScenarioFile
{
    /// <summary>The first line.</summary>
    public const string Title = "edgechat scenario 1";

    private const int LargestFile = 1 << 20;
    private const int LongestWait = 3600;

    private static readonly Dictionary<string, PresenceState> States =
        new[] { PresenceState.On, PresenceState.Off, PresenceState.Lost, PresenceState.Sleep }.ToDictionary(StateWords.For);

    private static readonly Dictionary<string, Tick> Ticks =
        new[] { Tick.One, Tick.Two, Tick.Shown }.ToDictionary(StateWords.For);

    private readonly string _path;
    private readonly List<ScenarioStep> _steps = [];
    private int _line;

    private ScenarioFile(string path) => _path = path;

    /// <summary>How many boards.</summary>
    public int Boards { get; private set; } = 2;

    /// <summary>Which they are.</summary>
    public string Model { get; private set; } = new DemoSettings().Model;

    /// <summary>How long an expectation is waited for.</summary>
    public TimeSpan Patience { get; private set; } = TimeSpan.FromSeconds(60);

    /// <summary>The steps.</summary>
    public IReadOnlyList<ScenarioStep> Steps => _steps;

    /// <summary>The file, for messages.</summary>
    public string Path => _path;

    /// <summary>Reads and checks a whole file; throws <see cref="ToolException"/> that names the line, what is wrong and what was
    /// expected.</summary>
    public static ScenarioFile Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new ToolException(ExitCode.Usage, $"{path}: is larger than any scenario");
            return Parse(path, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(SmallFile.Bytes(path)));
        }
        catch (DecoderFallbackException e)
        {
            throw new ToolException(ExitCode.Usage, $"{path}: is no text in UTF-8, so no scenario", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ToolException(ExitCode.Usage, $"--scenario {path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Reads the text of a file; <paramref name="path"/> is its name in messages.</summary>
    public static ScenarioFile Parse(string path, string text)
    {
        var file = new ScenarioFile(path);
        string[] lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            file._line = i + 1;
            file.Read(lines[i].Trim(), i == 0);
        }

        return file;
    }

    private void Read(string line, bool isFirst)
    {
        if (isFirst)
        {
            if (line != Title) throw Wrong($"a scenario begins with the line \"{Title}\"");
            return;
        }

        if (line.Length == 0 || line[0] == '#') return;
        var (word, rest) = Cut(line);
        switch (word)
        {
            case "boards":
                CheckHead(word);
                Boards = int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
                    && n is >= 1 and <= DemoSettings.MaxBoards
                    ? n : throw Wrong($"boards {rest}: give a number from 1 to {DemoSettings.MaxBoards}");
                break;
            case "board":
                CheckHead(word);
                Model = BoardModel.Names.Contains(rest) ? rest
                    : throw Wrong($"board {rest}: there is no such board; choose one of {string.Join(", ", BoardModel.Names)}");
                break;
            case "patience":
                CheckHead(word);
                Patience = Seconds(word, rest);
                break;
            case "wait":
                _steps.Add(new WaitStep(_line, line, Seconds(word, rest)));
                break;
            case "broker":
                _steps.Add(new BrokerStep(_line, line, OnOff(line, rest)));
                break;
            case "expect":
                _steps.Add(Expectation(line, rest));
                break;
            default:
                _steps.Add(Action(line, word, rest));
                break;
        }
    }

    private ScenarioStep Action(string line, string board, string rest)
    {
        CheckBoard(board, "boards, board, patience, wait, broker, expect");
        var (verb, what) = Cut(rest);
        return verb switch
        {
            "types" => new TypeStep(_line, line, board, what + "\r"),
            "keys" => new TypeStep(_line, line, board, Keys(what)),
            "presses" => new PressStep(_line, line, board, Button(what), IsLong: false),
            "holds" => new PressStep(_line, line, board, Button(what), IsLong: true),
            "power" => new PowerStep(_line, line, board, OnOff(line, what)),
            "wifi" => new WifiStep(_line, line, board, OnOff(line, what)),
            _ => throw Unknown(verb, ["types", "keys", "presses", "holds", "power", "wifi"]),
        };
    }

    private ScenarioStep Expectation(string line, string rest)
    {
        var (board, condition) = Cut(rest);
        CheckBoard(board, null);
        var (verb, what) = Cut(condition);
        if (what.Length == 0 && States.TryGetValue(verb, out PresenceState state)) return new ExpectPresence(_line, line, board, state);
        string[] all = ["console", "shows", .. Ticks.Keys, .. States.Keys];
        if (!all.Contains(verb)) throw Unknown(verb, all);
        if (States.ContainsKey(verb)) throw Wrong($"\"{what}\" behind {verb}: nothing was expected there");
        if (what.Length == 0) throw Wrong($"behind {verb} a text is missing");
        return verb switch
        {
            "console" => new ExpectConsole(_line, line, board, what),
            "shows" => new ExpectScreen(_line, line, board, what),
            _ => new ExpectTick(_line, line, board, Ticks[verb], what),
        };
    }

    private void CheckHead(string word)
    {
        if (_steps.Count > 0) throw Wrong($"{word} must stand before the first step");
    }

    private void CheckBoard(string board, string? words)
    {
        string[] ids = [.. Enumerable.Range(0, Boards).Select(BoardNames.Id)];
        if (!ids.Contains(board))
            throw Wrong($"there is no board \"{board}\": begin with one of {BoardNames.List(ids)}"
                + (words is null ? "" : $", or with {words}"));
    }

    private string Button(string name)
    {
        string[] buttons = [.. BoardModel.Load(Model).Buttons.Select(b => b.Name)];
        return buttons.Contains(name) ? name : throw Wrong($"{Model} has no button \"{name}\": use {string.Join(", ", buttons)}");
    }

    private bool OnOff(string line, string word) =>
        word switch { "on" => true, "off" => false, _ => throw Wrong($"\"{line}\": write on or off at its end") };

    private TimeSpan Seconds(string what, string number) =>
        double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= LongestWait
            ? TimeSpan.FromSeconds(seconds) : throw Wrong($"{what} {number}: give seconds, 0 to {LongestWait}, such as 2.5");

    private string Keys(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(json) is { Length: > 0 } keys ? keys : throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw Wrong($"keys {json}: expected a text in quotes as in JSON, such as \"\\u001b[A\"", e);
        }
    }

    private ToolException Unknown(string verb, IReadOnlyList<string> known) => Wrong(
        $"\"{verb}\" is not known here{(Nearest.Of(verb, known) is { } near ? $", did you mean {near}?" : "")}; "
        + $"use {string.Join(", ", known)}");

    private ToolException Wrong(string what, Exception? inner = null) =>
        new(ExitCode.Usage, $"{_path}: line {_line}: {what}", inner);

    private static (string Word, string Behind) Cut(string text)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].Trim());
    }
}

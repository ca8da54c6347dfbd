using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>What every command works with: the messenger, the line that was typed, and how to answer in both modes.</summary>
/// <remarks>In JSON each command ends with exactly one result object, <c>{"ok":...,"cmd":...}</c>: <see cref="Fail"/> writes it,
/// <see cref="Result"/>
/// begins it and the shell ends it, and a command that does neither gets a bare one.</remarks>
internal sealed class ShellContext
{
    public Identity Me;
    public Messenger Messenger;
    public Session Session;
    public DeviceStatus Status;
    public EventLog Log;
    public IFlash Flash;
    public OwnSettings Settings;
    public ITerminal Terminal;

    /// <summary>Settings of the screens, or null when there are none.</summary>
    public Settings ScreenSettings;

    /// <summary>What the keys offer, or null when there are none.</summary>
    public QuickReplies Replies;

    /// <summary>Where <see cref="Text"/> is.</summary>
    public LongText LongText;

    /// <summary>The line that is typed; null until something was.</summary>
    public LineEditor Editor;

    /// <summary>The arguments that are left.</summary>
    public CommandLine Line;

    private TerminalWriter _out;
    private JsonLineWriter _json;

    /// <summary>Where to write text; made when something is written, and let go by <see cref="Flush"/> while nobody has typed.</summary>
    public TerminalWriter Out
    {
        get
        {
            if (_out != null) return _out;
            _out = new TerminalWriter(Terminal) { HasColor = !IsJson && Settings.Color == ColorChoice.On, HasCarriageReturn = !IsJson };
            return _out;
        }
    }

    /// <summary>Where to write objects.</summary>
    public JsonLineWriter Json
    {
        get
        {
            if (_json == null) _json = new JsonLineWriter(Out);
            return _json;
        }
    }

    /// <summary>Room for the text of one message; counts until the command is done with it.</summary>
    public byte[] Text { get { return LongText.Take(null).Bytes; } }

    /// <summary>Milliseconds since boot.</summary>
    public long NowMs;

    /// <summary>Whether answers are JSON lines.</summary>
    public bool IsJson { get { return Settings.IsJson; } }

    /// <summary>The command that runs, or null.</summary>
    public Command Command;

    /// <summary>The command that goes on although the next line can be typed, or null.</summary>
    public LongCommand Job;

    /// <summary>The first entry of the log that was not told yet.</summary>
    public int Told;

    /// <summary>Whether the command has said how it ended.</summary>
    public bool HasResult;

    /// <summary>What the board itself is to do.</summary>
    public BoardRequest Request;

    /// <summary>For how long the board is to sleep.</summary>
    public int SleepSeconds;

    /// <summary>The command that waits for an answer, with all but the answer; null when none does.</summary>
    public string Asked;

    /// <summary>The answer that lets it go on.</summary>
    public string AnswerWanted;

    private const string PromptEnd = "> ";

    private string CommandName { get { return Command == null ? "" : Command.Name; } }

    /// <summary>What stands before the line that is typed.</summary>
    public string Prompt { get { return PromptName + PromptEnd; } }

    private string PromptName { get { return Me.DeviceId == null ? "edgechat" : Me.DeviceId; } }

    /// <summary>Takes prompt and line off the screen, so that something else can be written.</summary>
    public void HideLine()
    {
        if (Editor != null) Editor.Hide();
        else if (!IsJson) LineView.Erase(Out, PromptName.Length + PromptEnd.Length);
    }

    /// <summary>Shows prompt and line in a new row.</summary>
    public void ShowLine()
    {
        if (Editor != null) Editor.Show();
        else if (!IsJson) LineView.DrawPrompt(Out, PromptName, PromptEnd);
    }

    /// <summary>Hands everything to the terminal.</summary>
    public void Flush()
    {
        if (_out == null) return;
        _out.Flush();
        if (Editor != null) return;
        _json = null;
        _out = null;
    }

    /// <summary>Says that the command failed: what was wrong and the cure. <paramref name="code"/> is the stable word for
    /// programs.</summary>
    public void Fail(string code, string words)
    {
        HasResult = true;
        if (IsJson)
        {
            Json.Begin();
            Json.Add("ok", false);
            Json.Add("cmd", CommandName);
            Json.Add("code", code);
            Json.Add("error", words);
            Json.End();
            return;
        }

        Out.Style(TextStyle.Bad);
        Out.WriteSafe(words);
        Out.EndLine();
    }

    /// <summary>Says what the command's arguments are.</summary>
    public void FailUsage(string missing)
    {
        Fail("usage", CommandName + ": " + missing + ". Use: " + CommandName + " " + Command.Arguments);
    }

    /// <summary>Says that there is no such verb.</summary>
    public void FailVerb(string verb) { FailUsage("\"" + verb + "\" is not known"); }

    /// <summary>Says why the messenger refused; false when it did not.</summary>
    public bool FailWhen(SendError error)
    {
        if (error == SendError.None) return false;
        Fail("refused", CommandName + ": " + SendErrors.WordsFor(error));
        return true;
    }

    /// <summary>In JSON: begins the result, to which the command may add keys.</summary>
    public void Result()
    {
        HasResult = true;
        Json.Begin();
        Json.Add("ok", true);
        Json.Add("cmd", CommandName);
    }

    /// <summary>In JSON: ends the result, or gives the bare one of a command that has none.</summary>
    public void EndResult()
    {
        if (!IsJson) return;
        if (!HasResult) Result();
        if (Json.IsOpen) Json.End();
    }

    /// <summary>In JSON: the result of a command that has shown <paramref name="count"/> items.</summary>
    public void EndList(int count)
    {
        if (!IsJson) return;
        Result();
        Json.Add("count", count);
    }

    /// <summary>Says in text that it is done; in JSON the bare result says so.</summary>
    public void Done(string words)
    {
        if (IsJson) return;
        Out.WriteSafe(words);
        Out.EndLine();
    }

    /// <summary>Asks before something that cannot be undone: the answer goes behind <paramref name="command"/>, and that is the command
    /// then.</summary>
    public void Ask(string question, string command, string answer)
    {
        if (IsJson)
        {
            Fail("confirm", command + ": this cannot be undone. To do it say: " + command + " " + answer);
            return;
        }

        Asked = command;
        AnswerWanted = answer;
        Out.WriteSafe(question);
        Out.Write(" Type ");
        Out.Write(answer, TextStyle.Strong);
        Out.WriteLine(" to go on; anything else stops it.");
    }
}

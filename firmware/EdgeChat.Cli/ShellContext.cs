using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>What every command works with: the messenger, the line that was typed, and how to answer in both modes.</summary>
/// <remarks>In JSON each command ends with exactly one result object, <c>{"ok":...,"cmd":...}</c>: <see cref="Fail"/> writes it, <see cref="Result"/>
/// begins it and the shell ends it, and a command that does neither gets a bare one.</remarks>
internal sealed class ShellContext
{
    public Identity Me;
    public Messenger Messenger;
    public Session Session;
    public DeviceStatus Status;
    public EventLog Log;
    public IFlash Flash;
    public ConsoleSettings Settings;
    public TerminalWriter Out;
    public JsonLineWriter Json;
    public TimeText Time;
    public Target Target;

    /// <summary>The arguments that are left.</summary>
    public readonly CommandLine Line = new CommandLine();

    /// <summary>Where <see cref="Text"/> is.</summary>
    public LongText LongText;

    /// <summary>Room for the text of one message; counts until the command is done with it.</summary>
    public byte[] Text { get { return LongText.Take(null).Bytes; } }

    /// <summary>Milliseconds since boot.</summary>
    public long NowMs;

    /// <summary>Whether answers are JSON lines.</summary>
    public bool IsJson;

    /// <summary>The command that runs.</summary>
    public CommandId Command;

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

    /// <summary>Says that the command failed: what was wrong and the cure. <paramref name="code"/> is the stable word for programs.</summary>
    public void Fail(string code, string words)
    {
        HasResult = true;
        if (IsJson)
        {
            Json.Begin();
            Json.Add("ok", false);
            Json.Add("cmd", CommandTable.NameOf(Command));
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
        string name = CommandTable.NameOf(Command);
        Fail("usage", name + ": " + missing + ". Use: " + name + " " + CommandTable.ArgumentsOf(Command));
    }

    /// <summary>Says that there is no such verb.</summary>
    public void FailVerb(string verb) { FailUsage("\"" + verb + "\" is not known"); }

    /// <summary>Says why the messenger refused; false when it did not.</summary>
    public bool FailWhen(SendError error)
    {
        if (error == SendError.None) return false;
        Fail("refused", CommandTable.NameOf(Command) + ": " + SendErrors.WordsFor(error));
        return true;
    }

    /// <summary>In JSON: begins the result, to which the command may add keys.</summary>
    public void Result()
    {
        HasResult = true;
        Json.Begin();
        Json.Add("ok", true);
        Json.Add("cmd", CommandTable.NameOf(Command));
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

    /// <summary>Asks before something that cannot be undone: the answer goes behind <paramref name="command"/>, and that is the command then.</summary>
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

    /// <summary>The state of the session in a word for programs.</summary>
    public static string WordFor(SessionState state)
    {
        switch (state)
        {
            case SessionState.NoNetwork: return "no-network";
            case SessionState.Waiting: return "waiting";
            case SessionState.Connecting: return "connecting";
            case SessionState.Greeting: return "greeting";
            case SessionState.Online: return "online";
            case SessionState.Refused: return "refused";
            default: return "stopped";
        }
    }

    /// <summary>Presence in a word.</summary>
    public static string WordFor(PresenceState state)
    {
        switch (state)
        {
            case PresenceState.On: return "on";
            case PresenceState.Off: return "off";
            case PresenceState.Sleep: return "sleep";
            case PresenceState.Lost: return "lost";
            default: return "unknown";
        }
    }

    /// <summary>A tick in a word for programs.</summary>
    public static string WordFor(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return "clock";
            case Tick.One: return "one";
            case Tick.Two: return "two";
            case Tick.Shown: return "shown";
            case Tick.Failed: return "failed";
            default: return "none";
        }
    }

    /// <summary>What stands there, in a word for programs.</summary>
    public static string WordFor(MessageKind kind)
    {
        switch (kind)
        {
            case MessageKind.Text: return "text";
            case MessageKind.Value: return "value";
            case MessageKind.Missing: return "missing";
            case MessageKind.Lost: return "lost";
            case MessageKind.Event: return "event";
            default: return "unsupported";
        }
    }
}

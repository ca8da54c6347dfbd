using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>log</c>: the event log, oldest first, a line each.</summary>
internal sealed class LogCommand : Command
{
    public const string Word = "log";

    public LogCommand()
        : base(Word, "", "show what happened last")
    {
        NeedsDevice = false;
        Details = "The last 32 events, oldest first: the connection, contacts, messages.\n";
    }

    public override void Run()
    {
        EventLog log = C.Log;
        long bootedAt = C.Messenger.UnixAt(0);
        for (int i = log.First; i < log.End; i++)
        {
            if (C.IsJson)
            {
                C.Json.Begin("item", "log");
                C.Json.Add("uptime", log.SecondsOf(i));
                C.Json.Add("what", WordFor(log.KindOf(i)));
                string text = log.TextOf(i);
                if (text.Length > 0) C.Json.Add("text", text);
                string detail = DetailOf(i);
                if (detail.Length > 0) C.Json.Add("detail", detail);
                C.Json.End();
                continue;
            }

            C.Out.Style(TextStyle.Faint);
            if (bootedAt > 0)
            {
                TimeText.Write(C, bootedAt + log.SecondsOf(i));
            }
            else
            {
                C.Out.Raw((byte)'+');
                TimeText.WriteSpan(C.Out, log.SecondsOf(i));
            }

            C.Out.Style(TextStyle.Plain);
            C.Out.Raw((byte)' ');
            C.Out.Write(WordFor(log.KindOf(i)));
            bool isSession = log.KindOf(i) == EventKind.Session; // its text says why
            Append(isSession ? DetailOf(i) : log.TextOf(i));
            Append(isSession ? log.TextOf(i) : DetailOf(i));
            C.Out.EndLine();
        }

        C.EndList(log.End - log.First);
    }

    private void Append(string text)
    {
        if (text.Length == 0) return;
        C.Out.Raw((byte)' ');
        C.Out.WriteSafe(text);
    }

    private static string WordFor(EventKind kind)
    {
        switch (kind)
        {
            case EventKind.Boot: return "boot";
            case EventKind.NetworkUp: return "network-up";
            case EventKind.NetworkDown: return "network-down";
            case EventKind.Connected: return "connected";
            case EventKind.Refused: return "refused";
            case EventKind.ConnectFailed: return "connect-failed";
            case EventKind.Closed: return "closed";
            case EventKind.Session: return "session";
            case EventKind.NotConfirmed: return "not-confirmed";
            case EventKind.ClockSet: return "clock-set";
            case EventKind.Arrived: return "arrived";
            case EventKind.Ticked: return "tick";
            case EventKind.Presence: return "presence";
            case EventKind.BodyRefused: return "body-refused";
            case EventKind.FlashFailed: return "flash-failed";
            case EventKind.UnreadKey: return "unread-key";
            case EventKind.Invited: return StateWords.Invited;
            default: return "";
        }
    }

    private string DetailOf(int entry)
    {
        int detail = C.Log.DetailOf(entry);
        switch (C.Log.KindOf(entry))
        {
            case EventKind.Boot: return C.Log.NumberOf(entry).ToString();
            case EventKind.Refused: return "CONNACK " + C.Log.NumberOf(entry).ToString();
            case EventKind.Connected: return detail == 1 ? "session kept" : "new session";
            case EventKind.Session: return SessionWords.KeyOf((SessionState)detail);
            case EventKind.Ticked: return StateWords.For((Tick)detail);
            case EventKind.Presence: return StateWords.For((PresenceState)detail);
            case EventKind.BodyRefused: return BodyErrors.WordsFor((BodyError)detail);
            default: return "";
        }
    }
}

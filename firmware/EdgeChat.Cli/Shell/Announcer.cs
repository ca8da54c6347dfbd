using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Tells on the console what happened since it was asked last: messages for people, all events for programs.</summary>
internal static class Announcer
{
    /// <summary>Leaves out what has happened so far.</summary>
    public static void Skip(ShellContext c) { c.Told = c.Log.End; }

    /// <summary>Writes what is new, above the line that is typed.</summary>
    public static void Tell(ShellContext c)
    {
        EventLog log = c.Log;
        if (c.Told == log.End) return;
        if (c.Told < log.First)
        {
            if (c.IsJson)
            {
                c.Json.Begin("event", "skipped");
                c.Json.Add("count", log.First - c.Told);
                c.Json.End();
            }

            c.Told = log.First;
        }

        bool isHidden = false; // the line
        for (; c.Told < log.End; c.Told++)
        {
            if (c.IsJson) TellProgram(c, c.Told);
            else TellPerson(c, c.Told, ref isHidden);
        }

        if (isHidden) c.ShowLine();
    }

    private static void TellPerson(ShellContext c, int entry, ref bool isHidden)
    {
        EventLog log = c.Log;
        switch (log.KindOf(entry))
        {
            case EventKind.Arrived:
                int conversation = Target.Find(c, log.TextOf(entry));
                if (conversation < 0 || c.Messenger.IsMuted(conversation)) return;
                Hide(c, ref isHidden);
                WriteMessage(c, conversation, log.NumberOf(entry));
                return;
            case EventKind.Invited:
                int group = Target.Find(c, log.TextOf(entry));
                if (!c.Messenger.IsInvited(group)) return;
                Hide(c, ref isHidden);
                c.Out.Style(TextStyle.Name);
                c.Out.Write(log.TextOf(entry));
                c.Out.Style(TextStyle.Plain);
                c.Out.Write(": ");
                Target.WriteInvitation(c, group);
                c.Out.EndLine();
                return;
            case EventKind.Session:
                var state = (SessionState)log.DetailOf(entry);
                if ((state != SessionState.Refused && state != SessionState.Degraded) || c.Session.Problem == null) return;
                Hide(c, ref isHidden);
                c.Out.Style(TextStyle.Bad);
                c.Out.WriteSafe(c.Session.Problem);
                c.Out.EndLine();
                return;
        }
    }

    private static void WriteMessage(ShellContext c, int conversation, int message)
    {
        Messenger m = c.Messenger;
        bool isNote = MessagePrinter.IsNote(m.KindOf(message));
        c.Out.Style(TextStyle.Name);
        if (m.IsGroup(conversation)) c.Out.WriteSafe("#" + m.IdOf(conversation) + (isNote ? "" : " " + m.SenderNameOf(message)));
        else c.Out.WriteSafe(m.NameOf(conversation));
        c.Out.Style(TextStyle.Plain);
        c.Out.Write(": ");
        MessagePrinter.WriteText(c, message, isNote);
        c.Out.EndLine();
    }

    private static void TellProgram(ShellContext c, int entry)
    {
        EventLog log = c.Log;
        switch (log.KindOf(entry))
        {
            case EventKind.Arrived:
            case EventKind.Ticked:
                int conversation = Target.Find(c, log.TextOf(entry));
                if (conversation < 0) return;
                bool isTick = log.KindOf(entry) == EventKind.Ticked;
                c.Json.Begin("event", isTick ? "tick" : "message");
                if (isTick) AddTick(c, conversation, log.NumberOf(entry), (Tick)log.DetailOf(entry));
                else MessagePrinter.AddKeys(c, conversation, log.NumberOf(entry));
                c.Json.End();
                return;
            case EventKind.Invited:
                int group = Target.Find(c, log.TextOf(entry));
                if (!c.Messenger.IsInvited(group)) return;
                c.Json.Begin("event", StateWords.Invited);
                c.Json.Add("who", c.Messenger.IdOf(group));
                c.Json.Add("group", true);
                c.Json.Add("name", c.Messenger.NameOf(group));
                c.Json.Add(StateWords.Invited, c.Messenger.InviterOf(group));
                c.Json.End();
                return;
            case EventKind.Presence:
                c.Json.Begin("event", "presence");
                c.Json.Add("device", log.TextOf(entry));
                c.Json.Add("presence", StateWords.For((PresenceState)log.DetailOf(entry)));
                c.Json.End();
                return;
            case EventKind.Session:
                c.Json.Begin("event", "session");
                c.Json.Add("session", SessionWords.KeyOf((SessionState)log.DetailOf(entry)));
                c.Json.End();
                return;
        }
    }

    private static void AddTick(ShellContext c, int conversation, int message, Tick tick)
    {
        c.Json.Add("who", c.Messenger.IdOf(conversation));
        c.Json.Add("group", c.Messenger.IsGroup(conversation));
        c.Json.Add("n", c.Messenger.NumberOf(message));
        c.Json.Add("tick", StateWords.For(tick));
        if (tick == Tick.Failed) c.Json.Add("failure", c.Messenger.FailureOf(message));
    }

    private static void Hide(ShellContext c, ref bool isHidden)
    {
        if (!isHidden) c.HideLine();
        isHidden = true;
    }
}

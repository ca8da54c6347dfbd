using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Tells on the console what happened since it was asked last: messages for people, all events for programs.</summary>
internal sealed class Announcer
{
    private readonly ShellContext _c;
    private int _next;
    private bool _isHidden;

    public Announcer(ShellContext context)
    {
        _c = context;
    }

    /// <summary>Leaves out what has happened so far.</summary>
    public void Skip() { _next = _c.Log.End; }

    /// <summary>Writes what is new, above the line that is typed.</summary>
    public void Tell()
    {
        EventLog log = _c.Log;
        if (_next == log.End) return;
        if (_next < log.First)
        {
            if (_c.IsJson)
            {
                _c.Json.Begin("event", "skipped");
                _c.Json.Add("count", log.First - _next);
                _c.Json.End();
            }

            _next = log.First;
        }

        for (; _next < log.End; _next++)
        {
            if (_c.IsJson) TellProgram(_next);
            else TellPerson(_next);
        }

        if (_isHidden) _c.ShowLine();
        _isHidden = false;
    }

    private void TellPerson(int entry)
    {
        EventLog log = _c.Log;
        switch (log.KindOf(entry))
        {
            case EventKind.Arrived:
                int conversation = Target.Find(_c, log.TextOf(entry));
                if (conversation < 0 || _c.Messenger.IsMuted(conversation)) return;
                Hide();
                WriteMessage(conversation, log.NumberOf(entry));
                return;
            case EventKind.Invited:
                int group = Target.Find(_c, log.TextOf(entry));
                if (!_c.Messenger.IsInvited(group)) return;
                Hide();
                _c.Out.Style(TextStyle.Name);
                _c.Out.Write(log.TextOf(entry));
                _c.Out.Style(TextStyle.Plain);
                _c.Out.Write(": ");
                Target.WriteInvitation(_c, group);
                _c.Out.EndLine();
                return;
            case EventKind.Session:
                var state = (SessionState)log.DetailOf(entry);
                if ((state != SessionState.Refused && state != SessionState.Degraded) || _c.Session.Problem == null) return;
                Hide();
                _c.Out.Style(TextStyle.Bad);
                _c.Out.WriteSafe(_c.Session.Problem);
                _c.Out.EndLine();
                return;
        }
    }

    private void WriteMessage(int conversation, int message)
    {
        Messenger m = _c.Messenger;
        bool isNote = MessagePrinter.IsNote(m.KindOf(message));
        _c.Out.Style(TextStyle.Name);
        if (m.IsGroup(conversation)) _c.Out.WriteSafe("#" + m.IdOf(conversation) + (isNote ? "" : " " + m.SenderNameOf(message)));
        else _c.Out.WriteSafe(m.NameOf(conversation));
        _c.Out.Style(TextStyle.Plain);
        _c.Out.Write(": ");
        MessagePrinter.WriteText(_c, message, isNote);
        _c.Out.EndLine();
    }

    private void TellProgram(int entry)
    {
        EventLog log = _c.Log;
        switch (log.KindOf(entry))
        {
            case EventKind.Arrived:
            case EventKind.Ticked:
                int conversation = Target.Find(_c, log.TextOf(entry));
                if (conversation < 0) return;
                bool isTick = log.KindOf(entry) == EventKind.Ticked;
                _c.Json.Begin("event", isTick ? "tick" : "message");
                if (isTick) AddTick(conversation, log.NumberOf(entry), (Tick)log.DetailOf(entry));
                else MessagePrinter.AddKeys(_c, conversation, log.NumberOf(entry));
                _c.Json.End();
                return;
            case EventKind.Invited:
                int group = Target.Find(_c, log.TextOf(entry));
                if (!_c.Messenger.IsInvited(group)) return;
                _c.Json.Begin("event", StateWords.Invited);
                _c.Json.Add("who", _c.Messenger.IdOf(group));
                _c.Json.Add("group", true);
                _c.Json.Add("name", _c.Messenger.NameOf(group));
                _c.Json.Add(StateWords.Invited, _c.Messenger.InviterOf(group));
                _c.Json.End();
                return;
            case EventKind.Presence:
                _c.Json.Begin("event", "presence");
                _c.Json.Add("device", log.TextOf(entry));
                _c.Json.Add("presence", StateWords.For((PresenceState)log.DetailOf(entry)));
                _c.Json.End();
                return;
            case EventKind.Session:
                _c.Json.Begin("event", "session");
                _c.Json.Add("session", SessionWords.KeyOf((SessionState)log.DetailOf(entry)));
                _c.Json.End();
                return;
        }
    }

    private void AddTick(int conversation, int message, Tick tick)
    {
        _c.Json.Add("who", _c.Messenger.IdOf(conversation));
        _c.Json.Add("group", _c.Messenger.IsGroup(conversation));
        _c.Json.Add("n", _c.Messenger.NumberOf(message));
        _c.Json.Add("tick", StateWords.For(tick));
        if (tick == Tick.Failed) _c.Json.Add("failure", _c.Messenger.FailureOf(message));
    }

    private void Hide()
    {
        if (!_isHidden) _c.HideLine();
        _isHidden = true;
    }
}

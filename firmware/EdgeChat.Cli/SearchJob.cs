using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary><c>search</c>: looks through all messages a few at a time, because each is read from flash; results stand above the prompt.</summary>
/// <remarks>Keeps no handle of a message from one step to the next: it knows the conversations by their ids and counts the messages that
/// it has seen in one. So a message that comes meanwhile can at worst make one be looked at twice.</remarks>
internal sealed class SearchJob : CommandFamily
{
    private const int MessagesOfStep = 8;

    private readonly MessagePrinter _printer;
    private byte[] _wanted;
    private string[] _ids;
    private int _conversation;
    private int _seen;
    private int _found;

    public SearchJob(ShellContext context, MessagePrinter printer)
        : base(context)
    {
        _printer = printer;
    }

    /// <summary>Whether there is more to look through.</summary>
    public bool IsRunning { get { return _wanted != null; } }

    /// <summary>Begins; the results come from <see cref="Step"/>.</summary>
    public override void Run()
    {
        int start = C.Line.RestStart;
        int count = C.Line.RestCount;
        if (count == 0)
        {
            C.FailUsage("the text is missing");
            return;
        }

        C.HasResult = true; // it comes at the end
        _wanted = new byte[count];
        for (int i = 0; i < count; i++) _wanted[i] = Fold(C.Line.Bytes[start + i]);
        _ids = Column.Strings(C.Messenger.ConversationCount);
        for (int i = 0; i < _ids.Length; i++) _ids[i] = C.Target.NameFor(C.Messenger.ConversationAt(i));
        _conversation = 0;
        _seen = 0;
        _found = 0;
    }

    /// <summary>Looks at a few more messages.</summary>
    public void Step()
    {
        for (int budget = MessagesOfStep; budget > 0 && IsRunning;)
        {
            if (_conversation == _ids.Length)
            {
                Finish();
                return;
            }

            int conversation = Find(_ids[_conversation]);
            int message = conversation < 0 ? -1 : C.Messenger.Newest(conversation);
            for (int i = 0; i < _seen && message >= 0; i++) message = C.Messenger.Older(message);
            for (; message >= 0 && budget > 0; message = C.Messenger.Older(message))
            {
                budget--;
                _seen++;
                if (Contains(C.Messenger.ReadText(message, C.Text))) Report(conversation, message);
            }

            if (message >= 0) return;
            _conversation++;
            _seen = 0;
            budget--;
        }
    }

    /// <summary>Stops where it is, and says so.</summary>
    public void Stop()
    {
        if (!IsRunning) return;
        C.Command = CommandId.Search;
        _wanted = null;
        C.Fail("stopped", "search: stopped");
    }

    private void Finish()
    {
        _wanted = null;
        _ids = null;
        C.Command = CommandId.Search;
        if (C.IsJson)
        {
            C.EndList(_found);
            C.Json.End();
            return;
        }

        C.Out.Write(_found);
        C.Out.WriteLine(_found == 1 ? " message found" : " messages found");
    }

    private void Report(int conversation, int message)
    {
        _found++;
        if (C.IsJson)
        {
            C.Json.Begin("item", "message");
            _printer.AddKeys(conversation, message);
            C.Json.End();
            return;
        }

        C.Out.Write(C.Target.NameFor(conversation), TextStyle.Name);
        C.Out.Raw((byte)' ');
        _printer.WriteLines(conversation, message);
    }

    private int Find(string name)
    {
        return CommandLine.Begins(name, "#") ? C.Messenger.Find(name.Substring(1), true) : C.Messenger.Find(name, false);
    }

    private bool Contains(int count)
    {
        byte[] text = C.Text;
        byte first = _wanted[0];
        int last = count - _wanted.Length;
        for (int at = 0; at <= last; at++)
        {
            if (Fold(text[at]) != first) continue;
            int i = 1;
            while (i < _wanted.Length && Fold(text[at + i]) == _wanted[i]) i++;
            if (i == _wanted.Length) return true;
        }

        return false;
    }

    private static byte Fold(byte c) { return c >= 'A' && c <= 'Z' ? (byte)(c + 32) : c; }
}

using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>search</c>: looks through all messages a few at a time, because each is read from flash.</summary>
/// <remarks>Keeps no handle of a message from one step to the next: it knows the conversations by their ids and counts the messages that
/// it has seen in one. So a message that comes meanwhile can at worst make one be looked at twice.</remarks>
internal sealed class SearchCommand : LongCommand
{
    public const string Word = "search";

    private const uint Ones = 0x01010101; // in each byte of a word

    private byte[] _wanted;
    private string[] _ids;
    private int _conversation;
    private int _seen;
    private int _found;

    public SearchCommand()
        : base(Word, "<text>", "find messages that contain a text")
    {
        OtherNames = "find grep";
        Details = "Looks through everything this board keeps. A-Z and a-z count as the same. Ctrl-C stops it.\n"
            + "  search lunch\n";
    }

    /// <summary>Begins; the results come from <see cref="GoOn"/>.</summary>
    public override void Run()
    {
        int start = C.Line.RestStart;
        int count = C.Line.RestCount;
        if (count == 0)
        {
            C.FailUsage("the text is missing");
            return;
        }

        _wanted = new byte[count];
        for (int i = 0; i < count; i++) _wanted[i] = Fold(C.Line.Bytes[start + i]);
        _ids = Column.Strings(C.Messenger.ConversationCount);
        for (int i = 0; i < _ids.Length; i++) _ids[i] = Target.NameFor(C, C.Messenger.ConversationAt(i));
        Begin();
    }

    /// <summary>Looks at a few more messages.</summary>
    public override void GoOn()
    {
        for (int budget = MessagesOfStep; budget > 0;)
        {
            if (_conversation == _ids.Length)
            {
                Finish();
                return;
            }

            int conversation = Target.Find(C, _ids[_conversation]);
            int message = conversation < 0 ? -1 : C.Messenger.Newest(conversation);
            for (int i = 0; i < _seen && message >= 0; i++) message = C.Messenger.Older(message);
            for (; message >= 0 && budget > 0; message = C.Messenger.Older(message))
            {
                budget--;
                _seen++;
                int count = C.Messenger.ReadText(message, C.Text);
                if (Contains(count)) Report(conversation, message, count);
            }

            if (message >= 0) return;
            _conversation++;
            _seen = 0;
            budget--;
        }
    }

    private void Finish()
    {
        End();
        if (C.IsJson)
        {
            C.EndList(_found);
            C.Json.End();
            return;
        }

        C.Out.Write(_found);
        C.Out.WriteLine(_found == 1 ? " message found" : " messages found");
    }

    private void Report(int conversation, int message, int count)
    {
        _found++;
        if (!C.IsJson)
        {
            C.Out.Write(Target.NameFor(C, conversation), TextStyle.Name);
            C.Out.Raw((byte)' ');
        }

        MessagePrinter.Write(C, conversation, message, count);
    }

    private bool Contains(int count)
    {
        byte[] text = C.Text;
        byte small = _wanted[0];
        uint capitals = small >= 'a' && small <= 'z' ? 32 * Ones : 0;
        uint four = small * Ones;
        int last = count - _wanted.Length;
        for (int at = 0; at <= last; at++)
        {
            // four bytes at once: one of them is 0 when it may be the first one that is wanted
            while (at + 3 <= last)
            {
                uint other = (BitConverter.ToUInt32(text, at) | capitals) ^ four;
                if ((other - Ones & ~other & 128 * Ones) != 0) break;
                at += 4;
            }

            if (at > last || Fold(text[at]) != small) continue;
            int i = 1;
            while (i < _wanted.Length && Fold(text[at + i]) == _wanted[i]) i++;
            if (i == _wanted.Length) return true;
        }

        return false;
    }

    private static byte Fold(byte c) { return c >= 'A' && c <= 'Z' ? (byte)(c + 32) : c; }
}

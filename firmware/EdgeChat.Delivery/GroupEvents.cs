using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The lines that tell what happened to a group: "bob added carol".</summary>
internal static class GroupEvents
{
    /// <summary>Adds a line to the conversation of a group; it is dropped when there is no room for it.</summary>
    /// <param name="ledger">Where it is stored.</param>
    /// <param name="conversation">The group's conversation.</param>
    /// <param name="by">Number of the id of who did it, or -1 when nobody knows.</param>
    /// <param name="verb">What was done.</param>
    /// <param name="whom">Number of the id of whom it was done to, or -1.</param>
    public static void Add(Ledger ledger, int conversation, int by, string verb, int whom)
    {
        string text = (by < 0 ? "" : NameOf(ledger, by) + " ") + verb + (whom < 0 ? "" : " " + NameOf(ledger, whom));
        Add(ledger, conversation, by < 0 ? ledger.MyNumber : by, text);
    }

    private static void Add(Ledger ledger, int conversation, int peer, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        RecordWriter to = ledger.Keeper.Begin(RecordWriter.MaxBytes);
        if (!ledger.Keeper.Room.MakeFor(conversation, 1)) return;
        int n = ledger.Conversations.PlainLast[conversation] + 1;
        long time = ledger.Clock.UnixAt(ledger.NowTenths * 100L);
        MessageRecord record = ledger.Record;
        record.Begin(ledger.Conversations, conversation, EntryKind.Event, ledger.LastOrder + 1, n);
        record.Peer = peer;
        record.IsPlain = true;
        record.Time = (int)time;
        record.Write(to, ledger.Ids, null, content, 0, content.Length);
        int address;
        try
        {
            address = ledger.Keeper.Append(RecordType.In);
        }
        catch (FlashException)
        {
            return;
        }

        int entry = ledger.Messages.Add(conversation, -1, EntryKind.Event, MessageTable.IsPlainFlag, peer, n);
        ledger.Messages.SetRecord(entry, address, to.Length + LogRecord.Overhead);
        ledger.Messages.Time[entry] = (int)time;
        ledger.LastOrder++;
        ledger.Conversations.PlainLast[conversation] = n;
        ledger.Conversations.Touch(conversation, ledger.LastOrder);
        ledger.NoteArrival(entry);
        ledger.Recount(conversation);
    }

    private static string NameOf(Ledger ledger, int peer)
    {
        return peer == ledger.MyNumber ? "you" : ledger.Contacts.NameOf(peer);
    }
}

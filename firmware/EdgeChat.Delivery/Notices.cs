using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The lines that tell what happened to a conversation: "bob added carol".</summary>
internal static class Notices
{
    /// <summary>Adds a line to the conversation of a group; it is dropped when there is no room for it, on flash or in the heap.</summary>
    /// <param name="ledger">Where it is stored.</param>
    /// <param name="conversation">The group's conversation.</param>
    /// <param name="by">Number of the id of who did it, or -1 when nobody knows.</param>
    /// <param name="verb">What was done.</param>
    /// <param name="whom">Number of the id of whom it was done to, or -1.</param>
    public static void Add(Ledger ledger, int conversation, int by, string verb, int whom)
    {
        Tell(ledger, conversation, by, verb, whom, null);
    }

    /// <summary>Adds the line that the group has another name; see <see cref="Add"/>.</summary>
    public static void AddName(Ledger ledger, int conversation, int by, string name)
    {
        Tell(ledger, conversation, by, "named it", -1, name);
    }

    /// <summary>Adds the line that the device of a direct conversation has new keys; see <see cref="Add"/>.</summary>
    public static void AddNewKeys(Ledger ledger, int conversation)
    {
        Add(ledger, conversation, ledger.Conversations.Id(conversation), "has a new key: compare the security code", -1);
    }

    private static void Tell(Ledger ledger, int conversation, int by, string verb, int whom, string name)
    {
        try
        {
            string what = whom < 0 ? name : NameOf(ledger, whom);
            string text = (by < 0 ? "" : NameOf(ledger, by) + " ") + verb + (what == null ? "" : " " + what);
            bool isGroup = ledger.Conversations.IsGroup(conversation);
            Store(ledger, conversation, !isGroup ? ledger.Conversations.Id(conversation) : by < 0 ? ledger.MyNumber : by, text);
        }
        catch (OutOfMemoryException)
        {
            // what it tells has happened all the same
        }
    }

    private static void Store(Ledger ledger, int conversation, int peer, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!Room.MakeFor(ledger, conversation, 1, 0)) return;
        int n = ledger.Conversations.PlainLast(conversation) + 1;
        int time = UnixSeconds.Pack(ledger.UnixNow);
        MessageRecord record = ledger.Record;
        record.Begin(ledger.Conversations, conversation, EntryKind.Event, ledger.LastOrder + 1, n);
        record.Peer = peer;
        record.Flags = MessageTable.IsPlainFlag;
        record.Time = time;
        record.Write(ledger.Keeper.BeginAsIs(), ledger.Ids, null, content, 0, content.Length);
        int address = ledger.Keeper.TryAppend(RecordType.In);
        if (address == 0) return;
        int size = ledger.Keeper.RecordLength;
        int entry = ledger.Messages.Add(conversation, -1, EntryKind.Event, MessageTable.IsPlainFlag, peer, n, address, size, time);
        ledger.LastOrder++;
        ledger.Conversations.NotePlain(conversation, n);
        ledger.Conversations.Touch(conversation, ledger.LastOrder);
        ledger.Recount(conversation);
        ledger.NoteArrival(entry);
    }

    private static string NameOf(Ledger ledger, int peer)
    {
        return peer == ledger.MyNumber ? "you" : ledger.Contacts.NameOf(peer);
    }
}

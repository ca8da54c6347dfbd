using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Makes the body of a message of this board from its record.</summary>
internal sealed class MessageBody
{
    private readonly Ledger _ledger;

    public MessageBody(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>Writes the body of an entry; false when its record is gone. A group's message that goes to one member's inbox names the group.</summary>
    public bool Write(int entry, BodyWriter writer, bool isToInbox)
    {
        if (!_ledger.Keeper.ReadMessage(entry)) return false;
        MessageRecord record = _ledger.Record;
        Body body = _ledger.Body;
        Fill(body, record.Kind, record.Bytes, record.ContentStart, record.ContentCount);
        if (record.Kind == EntryKind.Value || record.Kind == EntryKind.Location || record.Kind == EntryKind.Control) FillPair(body, record);
        body.N = record.N;
        body.Time = (uint)record.Time;
        body.Incarnation = _ledger.Me.Incarnation;
        if (isToInbox && record.Kind != EntryKind.Control) body.Group = _ledger.GroupIdOf(_ledger.Messages.Conversation[entry]);
        if (record.ReplyCount > 0) body.ReplyTo = Encoding.UTF8.GetString(record.Bytes, record.ReplyStart, record.ReplyCount);
        return writer.Write(body) == BodyError.None;
    }

    /// <summary>Fills in what a text or a reaction says.</summary>
    public static void Fill(Body body, byte kind, byte[] content, int start, int count)
    {
        body.Clear();
        if (kind == EntryKind.Reaction) body.Type = BodyTypes.Reaction;
        body.Content = count == 0 ? "" : Encoding.UTF8.GetString(content, start, count);
    }

    // the name that the group has when the invitation goes out
    private string NameOf(string groupId)
    {
        int conversation = _ledger.Conversations.Find(_ledger.Ids.Find(groupId), true);
        int group = conversation < 0 ? -1 : _ledger.Groups.Find(conversation);
        return group < 0 ? null : _ledger.Groups.Name[group];
    }

    private void FillPair(Body body, MessageRecord record)
    {
        body.Content = null;
        string first = Pair.First(record);
        string second = Pair.Second(record);
        if (record.Kind == EntryKind.Control)
        {
            body.Type = first;
            body.Group = second;
            if (first == BodyTypes.Invite) body.Content = NameOf(second);
            return;
        }

        body.Type = BodyTypes.Value;
        if (record.Kind == EntryKind.Value)
        {
            body.Value = first;
            body.Unit = second;
        }
        else
        {
            body.Latitude = first;
            body.Longitude = second;
        }
    }
}

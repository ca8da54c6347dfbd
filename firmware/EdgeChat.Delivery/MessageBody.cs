using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Makes the body of a message of this board from its record.</summary>
internal static class MessageBody
{
    /// <summary>Writes the body of an entry; false when its record is gone. A group's message that goes to one member's inbox names the
    /// group.</summary>
    public static bool Write(Ledger ledger, int entry, BodyWriter writer, bool isToInbox)
    {
        if (!ledger.Keeper.ReadMessage(entry)) return false;
        MessageRecord record = ledger.Record;
        Body body = ledger.Body;
        body.Clear();
        switch (record.Kind)
        {
            case EntryKind.Value:
                body.Type = BodyTypes.Value;
                body.Value = Pair.First(record);
                body.Unit = Pair.Second(record);
                break;
            case EntryKind.Location:
                body.Type = BodyTypes.Value;
                body.Latitude = Pair.First(record);
                body.Longitude = Pair.Second(record);
                break;
            case EntryKind.Control:
                body.Type = Pair.First(record);
                body.Group = Pair.Second(record);
                if (body.Type == BodyTypes.Invite) body.Content = NameOf(ledger, body.Group);
                if (body.Type == BodyTypes.GroupKey)
                    GroupKeyWords.Fill(ledger, ledger.Conversations.Id(ledger.Messages.Conversation(entry)));
                break;
            case EntryKind.TakeBack:
                body.Type = BodyTypes.TakeBack;
                break;
            default:
                if (record.Kind == EntryKind.Reaction) body.Type = BodyTypes.Reaction;
                else if (record.Kind == EntryKind.Edit) body.Type = BodyTypes.Edit;
                body.Content = record.ContentCount == 0
                    ? ""
                    : Encoding.UTF8.GetString(record.Bytes, record.ContentStart, record.ContentCount);
                break;
        }

        body.N = record.N;
        body.Time = UnixSeconds.Unpack(record.Time);
        body.Incarnation = ledger.Me.Incarnation;
        body.Flag = (record.Flags & MessageTable.IsForwardedFlag) != 0 ? 1 : 0;
        if (isToInbox && record.Kind != EntryKind.Control) body.Group = ledger.GroupIdOf(ledger.Messages.Conversation(entry));
        if (record.ReplyCount > 0) body.ReplyTo = Encoding.UTF8.GetString(record.Bytes, record.ReplyStart, record.ReplyCount);
        return writer.Write(body) == BodyError.None;
    }

    // the name that the group has when the invitation goes out
    private static string NameOf(Ledger ledger, string groupId)
    {
        int group = Groups.Find(ledger, groupId);
        return group < 0 ? null : ledger.Groups.Name(group);
    }
}

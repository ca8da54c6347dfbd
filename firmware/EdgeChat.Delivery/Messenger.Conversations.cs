using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

// the conversations and who is in them
public sealed partial class Messenger
{
    /// <summary>How many conversations there are.</summary>
    public int ConversationCount { get { return _ledger.Conversations.OpenCount; } }

    /// <summary>Whether one more stranger would find no place among them: what it writes is not kept.</summary>
    public bool IsFullOfStrangers { get { return Strangers.AreFull(_ledger); } }

    /// <summary>The conversation at a place of the list: 0 is the one with the newest message.</summary>
    public int ConversationAt(int place) { return _ledger.Conversations.AtPlace(place); }

    /// <summary>The conversation with a device or of a group, or -1.</summary>
    public int Find(string id, bool isGroup)
    {
        int conversation = _ledger.Conversations.Find(_ledger.Ids.Find(id), isGroup);
        return conversation >= 0 && _ledger.Conversations.IsOpen(conversation) ? conversation : -1;
    }

    /// <summary>The conversation with a device, opened when there is none; -1 when that cannot be, and <see cref="LastError"/> says
    /// why.</summary>
    public int OpenDirect(string deviceId)
    {
        LastError = SendError.BadId;
        if (!Topics.IsDeviceId(deviceId) || deviceId == _ledger.Me.DeviceId) return -1;
        try
        {
            int conversation = Strangers.Open(_ledger, deviceId, false);
            LastError = conversation < 0 ? SendError.TooManyConversations : SendError.None;
            return conversation;
        }
        catch (OutOfMemoryException)
        {
            LastError = SendError.NoMemory;
            return -1;
        }
    }

    /// <summary>Why the last call that could be refused was refused.</summary>
    public SendError LastError { get; private set; }

    /// <summary>The device id or group id.</summary>
    public string IdOf(int conversation) { return _ledger.Ids.At(_ledger.Conversations.Id(conversation)); }

    /// <summary>The name for people: the contact's display name, the group's name, or the id.</summary>
    public string NameOf(int conversation)
    {
        return IsGroup(conversation)
            ? MessageView.GroupNameOf(_ledger, conversation)
            : _ledger.Contacts.NameOf(_ledger.Conversations.Id(conversation));
    }

    /// <summary>Ids of devices that are no contacts and known all the same, in an array made anew: those of direct conversations and the
    /// members of groups that this board is in, at most <see cref="Limits.Acquaintances"/>.</summary>
    public string[] Acquaintances()
    {
        var peers = new int[Limits.Acquaintances];
        int count = 0;
        for (int place = 0; place < ConversationCount; place++)
        {
            int conversation = ConversationAt(place);
            bool isGroup = IsGroup(conversation);
            int members = !isGroup ? 1 : CanWrite(conversation) ? MemberCountOf(conversation) : 0;
            for (int i = 0; i < members && count < peers.Length; i++)
            {
                int peer = isGroup ? MessageView.MemberAt(_ledger, conversation, i) : _ledger.Conversations.Id(conversation);
                if (peer == _ledger.MyNumber || _ledger.Presence.Find(peer) >= 0) continue;
                int same = 0;
                while (same < count && peers[same] != peer) same++;
                peers[same] = peer;
                if (same == count) count++;
            }
        }

        string[] ids = Column.Strings(count);
        for (int i = 0; i < count; i++) ids[i] = _ledger.Ids.At(peers[i]);
        return ids;
    }

    /// <summary>Whether it is a group.</summary>
    public bool IsGroup(int conversation) { return _ledger.Conversations.IsGroup(conversation); }

    /// <summary>Messages that arrived and were not shown.</summary>
    public int UnreadOf(int conversation) { return _ledger.Conversations.Unread(conversation); }

    /// <summary>The first message that was not shown of those that came after the last one of this board, which had seen what it answers;
    /// -1 when there is none.</summary>
    /// <param name="conversation">Where it stands.</param>
    /// <param name="count">How many there are.</param>
    public int FirstUnread(int conversation, out int count)
    {
        MessageTable messages = _ledger.Messages;
        int since = messages.OwnBefore(_ledger.Conversations.Newest(conversation));
        count = messages.CountUnread(conversation, _ledger.Streams, since, out int first);
        return first;
    }

    /// <summary>The place of its device in <see cref="Presence"/>, or -1: it is a group, or the device is no contact.</summary>
    public int PresenceOf(int conversation)
    {
        return IsGroup(conversation) ? -1 : _ledger.Presence.Find(_ledger.Conversations.Id(conversation));
    }

    /// <summary>A number of 30 bits that is another one when a list has something else to show of a conversation: who it is with, its
    /// newest message and the tick of that, how many are unread, whether it is silent. <see cref="Shape"/> tells when names and texts are
    /// others.</summary>
    public int LookOf(int conversation)
    {
        int newest = Newest(conversation);
        int unread = UnreadOf(conversation);
        if (unread > Limits.UnreadTold) unread = Limits.UnreadTold;
        int look = _ledger.Conversations.Id(conversation) | (newest & 0x1FF) << 9 | unread << 21;
        if (newest >= 0) look |= (int)TickOf(newest) << 18;
        if (IsMuted(conversation)) look |= 1 << 28;
        return IsGroup(conversation) ? look | 1 << 29 : look;
    }

    /// <summary>Whether its arrivals are silent.</summary>
    public bool IsMuted(int conversation) { return _ledger.Conversations.Has(conversation, ConversationTable.IsMutedFlag); }

    /// <summary>Makes its arrivals silent or not.</summary>
    public void SetMuted(int conversation, bool isMuted)
    {
        _ledger.Conversations.Set(conversation, ConversationTable.IsMutedFlag, isMuted);
        if (!Marks.TryAppendConversation(_ledger, conversation, true)) MarkSchedule.Conversation(_ledger, conversation);
        _ledger.Revision++;
    }

    /// <summary>Removes a conversation with all its messages; a group is only emptied, unless this board has left it.</summary>
    public SendError Delete(int conversation)
    {
        try
        {
            return Clearing.Delete(_ledger, conversation);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>All that is visible in it now stands on the screen: receipts may say so.</summary>
    public void MarkShown(int conversation, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            Receipts.MarkShown(_ledger, conversation);
        }
        catch (OutOfMemoryException)
        {
            // it stays unread until it is looked at again
        }
    }

    /// <summary>Follows a device from now on.</summary>
    public SendError AddContact(string deviceId) { return _ledger.Contacts.Set(deviceId, true, IsBlocked(deviceId)); }

    /// <summary>Stops following a device, which is not blocked then.</summary>
    public SendError RemoveContact(string deviceId) { return _ledger.Contacts.Set(deviceId, false, false); }

    /// <summary>Drops what a device, which is a contact then, writes to this board alone, and its invitations, before they are kept; or no
    /// longer. In groups it is read as ever.</summary>
    public SendError SetBlocked(string deviceId, bool isBlocked)
    {
        return isBlocked || IsBlocked(deviceId) ? _ledger.Contacts.Set(deviceId, true, isBlocked) : SendError.None;
    }

    /// <summary>Whether a device is blocked.</summary>
    public bool IsBlocked(string deviceId) { return _ledger.Contacts.IsBlocked(deviceId); }

    /// <summary>Whether it is a direct conversation with a device that is blocked.</summary>
    public bool IsBlocked(int conversation)
    {
        return _ledger.Contacts.HasBlocked && !IsGroup(conversation) && _ledger.Contacts.IsBlocked(_ledger.Conversations.Id(conversation));
    }

    /// <summary>The name for people of a device: its display name or its id.</summary>
    public string DisplayNameOf(string deviceId)
    {
        int peer = _ledger.Ids.Find(deviceId);
        return peer < 0 ? deviceId : _ledger.Contacts.NameOf(peer);
    }
}

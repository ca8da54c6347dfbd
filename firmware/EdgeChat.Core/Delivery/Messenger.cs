namespace EdgeChat.Core;

/// <summary>Conversations, their messages and ticks: what the screens and the console show and do.</summary>
/// <remarks>Conversations and messages are named by handles, small ints into packed tables, valid until the next call that changes something
/// (<see cref="Revision"/> tells). No I/O but <see cref="IFlash"/>, no clock: time is handed in.</remarks>
public sealed class Messenger : ISessionClient
{
    /// <summary>Makes a messenger that has not read its flash.</summary>
    public Messenger(Identity me, IFlash flash)
    {
    }

    /// <summary>Reads the flash; throws <see cref="FlashException"/> when it cannot be read.</summary>
    public void Start(long nowMs) { }

    /// <summary>How often this board has started, this time included.</summary>
    public int Boot { get { return 0; } }

    /// <summary>Changes with everything that a screen could show.</summary>
    public int Revision { get { return 0; } }

    /// <summary>The conversation of the newest message that arrived since this was asked last, or -1.</summary>
    public int TakeArrival() { return -1; }

    /// <summary>Unix seconds at <paramref name="nowMs"/>, or 0 while the clock is not set.</summary>
    public long UnixAt(long nowMs) { return 0; }

    /// <summary>The clock was set.</summary>
    public void OnClock(long unixSeconds, long nowMs) { }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="App.Never"/>.</summary>
    public long NextTickMs { get { return App.Never; } }

    /// <summary>Does what is due: receipts, holes, resends, expiry.</summary>
    public void OnTime(long nowMs) { }

    /// <summary>The presence of the contacts.</summary>
    public PresenceTable Presence { get { return null; } }

    /// <summary>What was counted, for <c>status</c>.</summary>
    public Counters Counters { get { return null; } }

    /// <summary>Whether <see cref="ISessionClient.Filters"/> gives other filters than when this was asked last.</summary>
    public bool TakeFiltersChanged() { return false; }

    // ---- conversations

    /// <summary>How many conversations there are.</summary>
    public int ConversationCount { get { return 0; } }

    /// <summary>The conversation at a place of the list: 0 is the one with the newest message.</summary>
    public int ConversationAt(int place) { return -1; }

    /// <summary>The conversation with a device or of a group, or -1.</summary>
    public int Find(string id, bool isGroup) { return -1; }

    /// <summary>The conversation with a device, opened when there is none; -1 when that cannot be, and <see cref="LastError"/> says why.</summary>
    public int OpenDirect(string deviceId) { return -1; }

    /// <summary>Why the last call that could be refused was refused.</summary>
    public SendError LastError { get { return SendError.None; } }

    /// <summary>The device id or group id.</summary>
    public string IdOf(int conversation) { return null; }

    /// <summary>The name for people: the contact's display name, the group's name, or the id.</summary>
    public string NameOf(int conversation) { return null; }

    /// <summary>Whether it is a group.</summary>
    public bool IsGroup(int conversation) { return false; }

    /// <summary>Messages that arrived and were not shown.</summary>
    public int UnreadOf(int conversation) { return 0; }

    /// <summary>Whether its arrivals are silent.</summary>
    public bool IsMuted(int conversation) { return false; }

    /// <summary>Makes its arrivals silent or not.</summary>
    public void SetMuted(int conversation, bool isMuted) { }

    /// <summary>Removes a conversation with all its messages; a group is only emptied, unless this board has left it.</summary>
    public SendError Delete(int conversation) { return SendError.None; }

    /// <summary>All that is visible in it now stands on the screen: receipts may say so.</summary>
    public void MarkShown(int conversation, long nowMs) { }

    // ---- messages of a conversation

    /// <summary>The newest visible message, or -1.</summary>
    public int Newest(int conversation) { return -1; }

    /// <summary>The visible message before this one, or -1.</summary>
    public int Older(int message) { return -1; }

    /// <summary>The visible message after this one, or -1.</summary>
    public int Newer(int message) { return -1; }

    /// <summary>What stands there.</summary>
    public MessageKind KindOf(int message) { return MessageKind.Text; }

    /// <summary>Whether this board sent it.</summary>
    public bool IsMine(int message) { return false; }

    /// <summary>The device id of who sent it.</summary>
    public string SenderOf(int message) { return null; }

    /// <summary>The name for people of who sent it.</summary>
    public string SenderNameOf(int message) { return null; }

    /// <summary>Unix seconds when it was composed (or arrived, when its sender had no clock), or 0.</summary>
    public long TimeOf(int message) { return 0; }

    /// <summary>Its sequence number, or 0 when it has none.</summary>
    public int NumberOf(int message) { return 0; }

    /// <summary>How far it has come.</summary>
    public Tick TickOf(int message) { return Tick.None; }

    /// <summary>Why it was given up, in words, or null.</summary>
    public string FailureOf(int message) { return null; }

    /// <summary>Its text for people as UTF-8 in <paramref name="buffer"/>, cut at a character when the buffer is too small; gives the length. Reads flash.</summary>
    public int ReadText(int message, byte[] buffer) { return 0; }

    /// <summary>What it answers, as "name: beginning of the text", or null.</summary>
    public string ReplyQuoteOf(int message) { return null; }

    /// <summary>The reactions to it, such as "👍2 ❤", or null.</summary>
    public string ReactionsOf(int message) { return null; }

    /// <summary>Of a group's message: how many members it was for (this board not counted), or 1.</summary>
    public int RecipientsOf(int message) { return 0; }

    /// <summary>The device id of a recipient.</summary>
    public string RecipientOf(int message, int place) { return null; }

    /// <summary>How far the message has come with one recipient.</summary>
    public Tick RecipientTickOf(int message, int place) { return Tick.None; }

    /// <summary>The message with a sequence number of a sender, or -1.</summary>
    public int FindMessage(int conversation, string sender, int number) { return -1; }

    // ---- sending

    /// <summary>Takes a text: it is in flash when this returns without error. <paramref name="replyTo"/> is a message of this conversation or -1.</summary>
    public SendError SendText(int conversation, byte[] text, int count, int replyTo, long nowMs) { return SendError.None; }

    /// <summary>Takes a sensor value with its unit (null when it has none).</summary>
    public SendError SendValue(int conversation, string value, string unit, long nowMs) { return SendError.None; }

    /// <summary>Takes a location in degrees, each a JSON number.</summary>
    public SendError SendLocation(int conversation, string latitude, string longitude, long nowMs) { return SendError.None; }

    /// <summary>Takes a reaction to a message; an empty text takes an earlier one back.</summary>
    public SendError SendReaction(int message, string emoji, long nowMs) { return SendError.None; }

    /// <summary>Takes a message back that still has its clock; false when it is too late.</summary>
    public bool Cancel(int message) { return false; }

    /// <summary>Messages of this board without receipt.</summary>
    public int WaitingCount { get { return 0; } }

    // ---- contacts

    /// <summary>Follows a device from now on.</summary>
    public SendError AddContact(string deviceId) { return SendError.None; }

    /// <summary>Stops following a device.</summary>
    public SendError RemoveContact(string deviceId) { return SendError.None; }

    /// <summary>The name for people of a device: its display name or its id.</summary>
    public string DisplayNameOf(string deviceId) { return deviceId; }

    // ---- groups

    /// <summary>Makes a group with this board as its admin; gives the conversation, or -1.</summary>
    public int CreateGroup(string groupId, string name, long nowMs) { return -1; }

    /// <summary>Changes the name of a group.</summary>
    public SendError RenameGroup(int conversation, string name, long nowMs) { return SendError.None; }

    /// <summary>Adds a member and invites it.</summary>
    public SendError AddMember(int conversation, string deviceId, long nowMs) { return SendError.None; }

    /// <summary>Removes a member, or this board itself: then it has left.</summary>
    public SendError RemoveMember(int conversation, string deviceId, long nowMs) { return SendError.None; }

    /// <summary>Makes a member an admin, or no longer.</summary>
    public SendError SetAdmin(int conversation, string deviceId, bool isAdmin, long nowMs) { return SendError.None; }

    /// <summary>Members of a group, this board included.</summary>
    public int MemberCountOf(int conversation) { return 0; }

    /// <summary>The device id of a member.</summary>
    public string MemberOf(int conversation, int place) { return null; }

    /// <summary>Whether that member is an admin.</summary>
    public bool IsAdmin(int conversation, int place) { return false; }

    /// <summary>Whether this board may write to the conversation.</summary>
    public bool CanWrite(int conversation) { return true; }

    // ---- what the session asks and tells

    /// <inheritdoc/>
    public string[] Filters() { return new string[0]; }

    /// <inheritdoc/>
    public bool NextPublish(LinkAction into, long nowMs) { return false; }

    /// <inheritdoc/>
    public void OnPublished(bool isConfirmed, long nowMs) { }

    /// <inheritdoc/>
    public void OnOnline(bool isSessionPresent, long nowMs) { }

    /// <inheritdoc/>
    public void OnOffline(long nowMs) { }

    /// <inheritdoc/>
    public void OnReceived(string topic, byte[] body, bool isRetained, long nowMs) { }
}

namespace EdgeChat.Delivery;

/// <summary>Why a message was not taken; nothing was stored then.</summary>
public enum SendError
{
    /// <summary>It was taken: it is in flash.</summary>
    None,

    /// <summary>The outbox is full.</summary>
    OutboxFull,

    /// <summary>The content is over 1,024 bytes.</summary>
    TooLong,

    /// <summary>There is no content.</summary>
    Empty,

    /// <summary>The content is not UTF-8 or has a NUL.</summary>
    BadText,

    /// <summary>The id is not 1-16 characters of a-z 0-9 -, or it is this board's own.</summary>
    BadId,

    /// <summary>All conversations are in use.</summary>
    TooManyConversations,

    /// <summary>This board is not a member of the group any more.</summary>
    NotMember,

    /// <summary>Only an admin of the group may do this.</summary>
    NotAdmin,

    /// <summary>The flash refused the record.</summary>
    FlashFailed,

    /// <summary>The group has as many members as it can have.</summary>
    TooManyMembers,

    /// <summary>The heap is too short just now.</summary>
    NoMemory,

    /// <summary>The name of a group is empty, over 64 bytes or not UTF-8.</summary>
    BadName,

    /// <summary>There is no key with the device.</summary>
    NoKey,

    /// <summary>These are not the letters of a key.</summary>
    BadKey,

    /// <summary>There are as many keys as there can be.</summary>
    TooManyKeys,

    /// <summary>There is nothing yet that a key could be made of which nobody can guess.</summary>
    NoChance,

    /// <summary>The message has not come, or its record is damaged.</summary>
    NotHere,

    /// <summary>This board has blocked the device.</summary>
    Blocked,

    /// <summary>This board is invited to the group, and its person has not answered.</summary>
    Invited,

    /// <summary>No invitation to the group waits for an answer.</summary>
    NotInvited,

    /// <summary>The message cannot be edited, or not any more.</summary>
    TooLate,
}

/// <summary>Words for a <see cref="SendError"/>, each with its cure.</summary>
public static class SendErrors
{
    /// <summary>What the screen and the console say.</summary>
    public static string WordsFor(SendError error)
    {
        switch (error)
        {
            case SendError.OutboxFull: return "outbox full: wait for ticks or delete a waiting message";
            case SendError.TooLong: return "too long: at most 1024 bytes";
            case SendError.Empty: return "nothing to send: write something first";
            case SendError.BadText: return "not valid text";
            case SendError.BadId: return "not an id: use 1-16 of a-z 0-9 -";
            case SendError.TooManyConversations: return "too many conversations: delete one";
            case SendError.NotMember: return "you are not in this group any more";
            case SendError.NotAdmin: return "only an admin can do this";
            case SendError.FlashFailed: return "flash error: message not kept";
            case SendError.TooManyMembers: return "the group is full: it has 32 members";
            case SendError.BadName: return "a name has 1 to 64 bytes of text";
            case SendError.NoMemory: return "out of memory: try again, or delete a conversation";
            case SendError.NoKey: return "no key with this device: make one with key make";
            case SendError.BadKey: return "not a key: it has 28 letters and digits, and one of them is wrong";
            case SendError.TooManyKeys: return "too many keys: remove one";
            case SendError.NoChance: return "no key that nobody can guess, before this board was online once";
            case SendError.NotHere: return "that message is not on this board";
            case SendError.Blocked: return "you have blocked this device: unblock it to write";
            case SendError.Invited: return "you are invited to this group: accept first";
            case SendError.NotInvited: return "you are not invited to this group";
            case SendError.TooLate: return "only a text of your own can be edited, for 15 minutes";
            default: return "sent";
        }
    }
}

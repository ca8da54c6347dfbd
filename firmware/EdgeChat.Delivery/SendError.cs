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
}

/// <summary>Words for a <see cref="SendError"/>, each with its cure.</summary>
public static class SendErrors
{
    private static readonly string[] Words =
    {
        "sent",
        "outbox full: wait for ticks or delete a waiting message",
        "too long: at most 1024 bytes",
        "nothing to send: write something first",
        "not valid text",
        "not an id: use 1-16 of a-z 0-9 -",
        "too many conversations: delete one",
        "you are not in this group any more",
        "only an admin can do this",
        "flash error: message not kept",
        "the group is full: it has 32 members",
    };

    /// <summary>What the screen and the console say.</summary>
    public static string WordsFor(SendError error) { return Words[(int)error]; }
}

namespace EdgeChat.Cli;

/// <summary>What the word at the cursor can be.</summary>
internal enum Completion
{
    /// <summary>Free text: nothing to complete.</summary>
    None,

    /// <summary>A command.</summary>
    Command,

    /// <summary>A conversation, a contact or a group.</summary>
    Conversation,

    /// <summary>A contact.</summary>
    Contact,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A member of the group before it.</summary>
    Member,

    /// <summary>One of the words that the command names.</summary>
    Word,
}

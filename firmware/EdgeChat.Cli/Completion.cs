namespace EdgeChat.Cli;

/// <summary>What the word at the cursor can be.</summary>
public enum Completion
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

    /// <summary>What can be done with contacts.</summary>
    ContactVerb,

    /// <summary>What can be done with groups.</summary>
    GroupVerb,

    /// <summary>A setting.</summary>
    Setting,

    /// <summary>A choice of the setting before it.</summary>
    Choice,

    /// <summary>What can be done with the network.</summary>
    WifiVerb,

    /// <summary>What can be done with quick replies.</summary>
    ReplyVerb,

    /// <summary>How the console talks.</summary>
    Mode,
}

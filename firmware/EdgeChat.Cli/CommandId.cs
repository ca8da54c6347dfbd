namespace EdgeChat.Cli;

/// <summary>The commands of the console, in the order of <c>help</c>; <see cref="CommandTable"/> has their words.</summary>
public enum CommandId
{
    /// <summary>No command.</summary>
    None = -1,

    /// <summary>Send a text.</summary>
    Send,

    /// <summary>List the conversations.</summary>
    List,

    /// <summary>Show a conversation.</summary>
    Read,

    /// <summary>Answer a message.</summary>
    Reply,

    /// <summary>React to a message.</summary>
    React,

    /// <summary>Take a waiting message back.</summary>
    Cancel,

    /// <summary>Everything about a message.</summary>
    Info,

    /// <summary>Find messages.</summary>
    Search,

    /// <summary>Send a sensor value.</summary>
    Value,

    /// <summary>Send a location.</summary>
    Location,

    /// <summary>Silence a conversation.</summary>
    Mute,

    /// <summary>End the silence.</summary>
    Unmute,

    /// <summary>Delete a conversation.</summary>
    Delete,

    /// <summary>Contacts.</summary>
    Contact,

    /// <summary>Groups.</summary>
    Group,

    /// <summary>How the board is.</summary>
    Status,

    /// <summary>What happened last.</summary>
    Log,

    /// <summary>The network.</summary>
    Wifi,

    /// <summary>Settings.</summary>
    Set,

    /// <summary>Quick replies.</summary>
    Replies,

    /// <summary>Text for people or JSON for programs.</summary>
    Mode,

    /// <summary>Restart.</summary>
    Reboot,

    /// <summary>Stop cleanly.</summary>
    Shutdown,

    /// <summary>Sleep for a while.</summary>
    Sleep,

    /// <summary>Erase everything.</summary>
    FactoryReset,

    /// <summary>Clear the screen.</summary>
    Clear,

    /// <summary>Name and version.</summary>
    About,

    /// <summary>Help.</summary>
    Help,
}

namespace EdgeChat.Core;

/// <summary>When the console shows colours.</summary>
public enum ColorChoice
{
    /// <summary>As soon as the other side has shown that it is a terminal: by an arrow key, or by its answer to the question who it
    /// is.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}

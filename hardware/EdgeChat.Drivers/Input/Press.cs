namespace EdgeChat.Drivers;

/// <summary>What a person did with a button.</summary>
public enum Press
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Pressed and released.</summary>
    Short,

    /// <summary>Held; told while it is still down.</summary>
    Long,
}

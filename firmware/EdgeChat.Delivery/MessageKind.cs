namespace EdgeChat.Delivery;

/// <summary>What stands at one place of a conversation.</summary>
public enum MessageKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A location or sensor value, already put into words.</summary>
    Value,

    /// <summary>A message of a type that this version does not know.</summary>
    Unsupported,

    /// <summary>Messages that are missing and were asked for again.</summary>
    Missing,

    /// <summary>Messages that are lost for good.</summary>
    Lost,

    /// <summary>Something that happened to the group: a member came or went, the name changed.</summary>
    Event,

    /// <summary>A message that its sender took back.</summary>
    TakenBack,
}

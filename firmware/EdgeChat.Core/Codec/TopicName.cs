namespace EdgeChat.Core;

/// <summary>What a topic of the protocol is for.</summary>
public enum TopicKind
{
    /// <summary>No topic of the protocol.</summary>
    None,

    /// <summary>A direct message to <see cref="TopicName.To"/>.</summary>
    Inbox,

    /// <summary>A message to the group <see cref="TopicName.To"/>.</summary>
    Group,

    /// <summary>The presence of <see cref="TopicName.From"/>.</summary>
    Presence,

    /// <summary>The profile of <see cref="TopicName.From"/>.</summary>
    Profile,

    /// <summary>The roster of the group <see cref="TopicName.To"/>; the topic does not tell which admin wrote it.</summary>
    Roster,

    /// <summary>Diagnostics of <see cref="TopicName.From"/>.</summary>
    Diagnostics,
}

/// <summary>The parts of one topic; reusable.</summary>
public sealed class TopicName
{
    /// <summary>What the topic is for.</summary>
    public TopicKind Kind;

    /// <summary>The device or group that it is addressed to, or null.</summary>
    public string To;

    /// <summary>The device that the broker let write to it, or null.</summary>
    public string From;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Kind = TopicKind.None;
        To = null;
        From = null;
    }
}

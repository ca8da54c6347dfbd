namespace EdgeChat.VirtualBoard;

/// <summary>What a power cut inside a durable operation leaves behind.</summary>
public enum FlashCutOutcome
{
    /// <summary>The state before the operation. LittleFS leaves this or <see cref="New"/>, never a mix.</summary>
    Old,

    /// <summary>The state after the operation: the power went just after its last bit.</summary>
    New,

    /// <summary>
    /// Stricter than LittleFS: of an append, a prefix is kept. An operation that is no append leaves the old state.
    /// </summary>
    Torn,
}

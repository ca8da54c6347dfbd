namespace EdgeChat.Delivery.Tests;

/// <summary>What its sender does to a message that others may have.</summary>
internal delegate void MessageChange(Messenger messenger, int message, long nowMs);

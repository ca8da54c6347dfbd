using EdgeChat.Delivery;

namespace EdgeChat.TestKit;

/// <summary>What its sender does to a message that others may have.</summary>
public delegate SendError MessageChange(Messenger messenger, int message, long nowMs);

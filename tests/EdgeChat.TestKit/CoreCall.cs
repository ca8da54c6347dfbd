using EdgeChat.Delivery;

namespace EdgeChat.TestKit;

/// <summary>Something that is done with the messenger of a board, and may write.</summary>
public delegate void CoreCall(Messenger messenger);

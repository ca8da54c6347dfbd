namespace EdgeChat.VirtualBoard;

/// <summary>Ends a thread of a board that has no power any more. Only the platform's thread wrappers catch it.</summary>
internal sealed class BoardOffException(string board) : Exception($"board \"{board}\" is off");

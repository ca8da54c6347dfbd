namespace EdgeChat.Usb.Lines;

/// <summary>The port is not there (any more): the cable was unplugged, or somebody else has it.</summary>
public sealed class LineGoneException(string message, Exception? inner = null) : IOException(message, inner);

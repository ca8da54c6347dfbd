using EdgeChat.Core;

namespace EdgeChat.Device;

/// <summary>The console of a board that has none.</summary>
public sealed class NoTerminal : ITerminal
{
    /// <inheritdoc/>
    public void Write(byte[] buffer, int index, int count) { }
}

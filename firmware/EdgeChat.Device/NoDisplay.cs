using EdgeChat.Core;
using EdgeChat.Drivers;

namespace EdgeChat.Device;

/// <summary>The display of a board whose display cannot be wired as its board file says: nothing is seen, and nobody is kept
/// waiting.</summary>
public sealed class NoDisplay : IDisplay
{
    /// <inheritdoc/>
    public bool Show(Frame frame) { return false; }

    /// <inheritdoc/>
    public bool SetPower(bool on) { return false; }

    /// <inheritdoc/>
    public bool SetContrast(byte level) { return false; }
}

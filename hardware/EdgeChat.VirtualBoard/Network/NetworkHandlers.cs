using EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.VirtualBoard;

/// <summary>The firmware's handlers of network changes, of one boot.</summary>
internal sealed class NetworkHandlers
{
    public event NetworkAddressChangedEventHandler? AddressChanged;

    public event NetworkAvailabilityChangedEventHandler? AvailabilityChanged;

    public void Raise(bool isLinked)
    {
        AvailabilityChanged?.Invoke(null, new NetworkAvailabilityEventArgs(isLinked));
        AddressChanged?.Invoke(null, EventArgs.Empty);
    }
}

namespace EdgeChat.Usb.Virtual;

/// <summary>What is at the other end of a serial line. It has no clock of its own: time is handed in, and goes on at each call.</summary>
public interface IUsbDevice
{
    /// <summary>When it sends next, if nothing comes before; null when it has nothing to send.</summary>
    TimeSpan? NextSend { get; }

    /// <summary>Takes bytes that came at a host's rate.</summary>
    void Receive(ReadOnlySpan<byte> bytes, int baudRate, TimeSpan now);

    /// <summary>Gives a message that is due; false when there is none, or when the host listens at another rate.</summary>
    bool TrySend(int baudRate, TimeSpan now, out byte[] message);

    /// <summary>The host has closed the line, which on a line without modem lines is a reset.</summary>
    void Close(TimeSpan now);

    /// <summary>The reset pin was let go.</summary>
    /// <param name="isBootPinLow">Whether the pin for the boot loader was low then.</param>
    /// <param name="now">When.</param>
    void Reset(bool isBootPinLow, TimeSpan now);
}

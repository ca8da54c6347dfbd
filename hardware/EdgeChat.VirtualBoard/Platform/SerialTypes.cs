namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Handshake.</summary>
public enum Handshake
{
    None = 0,
    XOnXOff = 1,
    RequestToSend = 2,
    RequestToSendXOnXOff = 3,
}

/// <summary>nanoFramework's Parity.</summary>
public enum Parity
{
    None = 0,
    Odd = 1,
    Even = 2,
}

/// <summary>nanoFramework's StopBits.</summary>
public enum StopBits
{
    One = 1,
    Two = 2,
    OnePointFive = 3,
}

/// <summary>nanoFramework's SerialData.</summary>
public enum SerialData
{
    Chars = 1,
    WatchChar = 2,
}

/// <summary>nanoFramework's SerialDataReceivedEventArgs.</summary>
public class SerialDataReceivedEventArgs : EventArgs
{
    internal SerialDataReceivedEventArgs(SerialData eventType) => EventType = eventType;

    public SerialData EventType { get; }
}

/// <summary>nanoFramework's handler of received data; it runs on the board's event thread.</summary>
public delegate void SerialDataReceivedEventHandler(object sender, SerialDataReceivedEventArgs e);

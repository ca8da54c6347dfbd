namespace System.IO.Ports;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's SerialMode.</summary>
public enum SerialMode
{
    Normal = 0,
    RS485 = 1,
}

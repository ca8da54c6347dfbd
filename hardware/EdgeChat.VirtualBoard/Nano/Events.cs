namespace nanoFramework.Runtime.Events;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's BaseEvent.</summary>
public class BaseEvent
{
    public ushort Source;
    public byte Message;
}

namespace EdgeChat.Drivers;

/// <summary>Is told that something was typed.</summary>
public interface ISerialListener
{
    /// <summary>There are bytes to read. Comes on the runtime's event thread: only wake somebody up.</summary>
    void OnInput();
}

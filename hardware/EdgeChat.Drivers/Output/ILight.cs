namespace EdgeChat.Drivers;

/// <summary>A light that is on or off: behind a display that does not shine itself, or for a new message.</summary>
public interface ILight
{
    /// <summary>Switches the light.</summary>
    void Set(bool on);
}

namespace EdgeChat.Drivers;

/// <summary>The light behind a display, where the display does not shine itself.</summary>
public interface IBacklight
{
    /// <summary>Switches the light.</summary>
    void Set(bool on);
}

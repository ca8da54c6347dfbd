using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>A display of one board. Every member tells whether the display answered; none throws when it is not there.</summary>
public interface IDisplay
{
    /// <summary>Sends what of <paramref name="frame"/> has changed; a display that was not there is looked for and set up first.</summary>
    bool Show(Frame frame);

    /// <summary>Switches the picture on or off; what the display holds stays.</summary>
    bool SetPower(bool on);

    /// <summary>Sets the brightness, 0 to 255.</summary>
    bool SetContrast(byte level);
}

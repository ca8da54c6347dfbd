namespace EdgeChat.Core;

/// <summary>What the core asks of the board itself.</summary>
public enum BoardRequest
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Restart the board.</summary>
    Reboot,

    /// <summary>End cleanly, and do not start again until power comes.</summary>
    Shutdown,

    /// <summary>End with presence <c>sleep</c>, then sleep deeply for the time that was asked for.</summary>
    Sleep,

    /// <summary>Erase everything that provisioning and use have stored, then restart.</summary>
    FactoryReset,

    /// <summary>Switch the display off.</summary>
    DisplayOff,

    /// <summary>Switch the display on.</summary>
    DisplayOn,

    /// <summary>Give the display the brightness that the settings name.</summary>
    Brightness,

    /// <summary>Switch the light for new messages on; a board without one lets it be.</summary>
    LightOn,

    /// <summary>Switch the light for new messages off.</summary>
    LightOff,

    /// <summary>Sound the buzzer for a new message; asked for on a board with one alone.</summary>
    Sound,

    /// <summary>Measure the Wi-Fi's signal, 0 to 100 percent, and tell it; a board without Wi-Fi lets it be.</summary>
    MeasureSignal,
}

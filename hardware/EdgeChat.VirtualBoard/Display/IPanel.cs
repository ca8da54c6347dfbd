namespace EdgeChat.VirtualBoard;

/// <summary>A display chip with its glass, as a person sees it. Coordinates count from the upper left of the glass as it is
/// mounted.</summary>
internal interface IPanel
{
    /// <summary>Raised after what is seen has changed.</summary>
    event Action? SeenChanged;

    /// <summary>True when something can be seen at all: the display is on and lit.</summary>
    bool IsLit { get; }

    /// <summary>Whether it has colours.</summary>
    bool IsColour { get; }

    /// <summary>Columns and rows of the glass for a pixel of the firmware's picture, as the chip's memory has it, shown or not.</summary>
    int PixelSize { get; }

    /// <summary>Brightness, 0 to 255.</summary>
    byte Contrast { get; }

    /// <summary>Whether the chip was told to invert.</summary>
    bool IsInverted { get; }

    /// <summary>Bytes that came over the bus.</summary>
    long BytesReceived { get; }

    /// <summary>Commands that the chip does not have.</summary>
    long UnknownCommands { get; }

    /// <summary>Whether a pixel is light.</summary>
    bool Lit(int x, int y);

    /// <summary>All pixels, light or not, in SSD1306 page order.</summary>
    byte[] Snapshot();

    /// <summary>All pixels row by row as RGB565.</summary>
    ushort[] Colours();

    /// <summary>The power was lost.</summary>
    void Reset();
}

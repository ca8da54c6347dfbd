namespace EdgeChat.Drivers;

/// <summary>An ST7789 whose upright glass is mounted on its side, as on the LilyGO T-Display and the M5StickC Plus.</summary>
public sealed class St7789 : MipiDisplay
{
    // MX and MV: columns mirrored, rows and columns exchanged; BGR: the glass of 135x240 of both boards has blue first, as their makers'
    // own drivers say (ST7789V datasheet, 9.1.28)
    private const byte Landscape = 0x68;

    /// <summary>Takes the wiring of a glass of up to 320x240.</summary>
    public St7789(MipiWiring wiring)
        : base(wiring, Landscape)
    {
    }
}

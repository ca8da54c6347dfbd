namespace EdgeChat.Drivers;

/// <summary>An ILI9342C, whose memory and glass are 320x240 as mounted, as on the M5Stack Core.</summary>
public sealed class Ili9342 : MipiDisplay
{
    private const byte BlueFirst = 0x08; // BGR: the glass has blue first (ILI9342C datasheet, memory access control 36h)

    /// <summary>Takes the wiring of a glass of 320x240.</summary>
    public Ili9342(MipiWiring wiring)
        : base(wiring, BlueFirst)
    {
    }
}

namespace EdgeChat.VirtualBoard;

/// <summary>How a chip is wired to an I2C bus.</summary>
/// <param name="Bus">The bus, 1 or 2.</param>
/// <param name="Sda">The data pin, or -1.</param>
/// <param name="Scl">The clock pin, or -1.</param>
public sealed record I2cWiring(int Bus, int Sda, int Scl)
{
    internal static I2cWiring Read(BoardFile file) =>
        new(file.Number("bus", 1, 1, 2), file.Number("sda", -1, -1, 48), file.Number("scl", -1, -1, 48));
}

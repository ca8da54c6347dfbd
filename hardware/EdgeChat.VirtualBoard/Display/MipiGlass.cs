namespace EdgeChat.VirtualBoard;

/// <summary>The glass behind a colour display's chip: where it is in the chip's memory, how it is mounted and what its colours
/// are.</summary>
/// <param name="MemoryColumns">Columns of the chip's memory.</param>
/// <param name="MemoryRows">Rows of the chip's memory.</param>
/// <param name="Columns">Columns of the glass.</param>
/// <param name="Rows">Rows of the glass.</param>
/// <param name="IsOnItsSide">Whether it is mounted so that its left edge is on top.</param>
/// <param name="IsInverting">Whether it is normally black: then it shows the colours of the memory with inversion on, and their complement
/// without.</param>
/// <param name="IsBlueFirst">Whether the first third of a pixel is blue.</param>
public sealed record MipiGlass(int MemoryColumns, int MemoryRows, int Columns, int Rows, bool IsOnItsSide, bool IsInverting,
    bool IsBlueFirst)
{
    /// <summary>The column of the memory that is the glass's first; small glass is connected to the middle of the chip's outputs.</summary>
    public int FirstColumn => (MemoryColumns - Columns) / 2;

    /// <summary>The row of the memory that is the glass's first.</summary>
    public int FirstRow => (MemoryRows - Rows) / 2;

    /// <summary>Width as mounted.</summary>
    public int Width => IsOnItsSide ? Rows : Columns;

    /// <summary>Height as mounted.</summary>
    public int Height => IsOnItsSide ? Columns : Rows;

    /// <summary>The usual glass of an ST7789, 240x320 of memory; wide glass is upright glass on its side, which has blue first.</summary>
    public static MipiGlass St7789(int width, int height, bool isInverting) => width > height
        ? new MipiGlass(240, 320, height, width, true, isInverting, true)
        : new MipiGlass(240, 320, width, height, false, isInverting, false);

    /// <summary>The glass of an ILI9342C, whose memory lies as the glass does.</summary>
    public static MipiGlass Ili9342(int width, int height, bool isInverting) => new(320, 240, width, height, false, isInverting, true);

    /// <summary>The column and the row of the memory that a pixel of the glass as mounted shows.</summary>
    public (int Column, int Row) InMemory(int x, int y) => IsOnItsSide
        ? (FirstColumn + Columns - 1 - y, FirstRow + x)
        : (FirstColumn + x, FirstRow + y);
}

namespace EdgeChat.VirtualBoard;

/// <summary>The settings of a chip with the MIPI display command set, with the values after a reset (ST7789V datasheet, 9.1,
/// "default").</summary>
internal struct MipiRegisters(MipiGlass glass)
{
    public bool IsAwake;
    public bool IsDisplayOn;
    public bool IsInverted;
    public byte MemoryAccess;
    public int BitsPerPixel = 18;
    public int FirstColumn;
    public int LastColumn = glass.MemoryColumns - 1;
    public int FirstRow;
    public int LastRow = glass.MemoryRows - 1;
    public int Column;
    public int Row;

    public readonly bool IsRowMirrored => (MemoryAccess & 0x80) != 0;

    public readonly bool IsColumnMirrored => (MemoryAccess & 0x40) != 0;

    public readonly bool IsExchanged => (MemoryAccess & 0x20) != 0;

    public readonly bool IsBlueFirst => (MemoryAccess & 0x08) != 0;

    /// <summary>Moves the pointers to the window's start, as RAMWR does (9.1.22).</summary>
    public void Home()
    {
        Column = FirstColumn;
        Row = FirstRow;
    }

    /// <summary>Moves the pointers after a pixel: along the columns of the window, then to its next row, then to its start.</summary>
    public void Advance()
    {
        if (Column++ < LastColumn) return;
        Column = FirstColumn;
        if (Row++ >= LastRow) Row = FirstRow;
    }
}

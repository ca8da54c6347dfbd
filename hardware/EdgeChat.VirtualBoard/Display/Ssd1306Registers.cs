namespace EdgeChat.VirtualBoard;

/// <summary>The SSD1306's settings, with the values after a reset (datasheet, section 8.5 and the [RESET] marks of table 9-1).</summary>
internal struct Ssd1306Registers
{
    public Ssd1306Registers()
    {
    }

    public bool IsDisplayOn;
    public bool HasChargePump;
    public bool IsEntirelyOn;
    public bool IsInverted;
    public bool IsSegmentRemapped;
    public bool IsScanReversed;
    public bool AlternatesComPins = true;
    public bool SwapsComHalves;
    public byte Contrast = 0x7F;
    public int StartLine;
    public int Offset;
    public int Multiplex = 64;
    public Ssd1306Addressing Addressing = Ssd1306Addressing.Page;
    public int Column;
    public int Page;
    public int FirstColumn;
    public int LastColumn = 127;
    public int FirstPage;
    public int LastPage = 7;

    public readonly bool IsLit => IsDisplayOn && HasChargePump;

    /// <summary>Whether the panel looks the same under both settings, with the same RAM.</summary>
    public readonly bool LooksLike(in Ssd1306Registers other) =>
        (!IsLit && !other.IsLit)
        || (IsLit == other.IsLit && IsEntirelyOn == other.IsEntirelyOn && IsInverted == other.IsInverted
        && IsScanReversed == other.IsScanReversed
            && AlternatesComPins == other.AlternatesComPins && SwapsComHalves == other.SwapsComHalves && Contrast == other.Contrast
            && StartLine == other.StartLine && Offset == other.Offset && Multiplex == other.Multiplex);

    /// <summary>Moves the RAM pointers after a byte (section 10.1.3).</summary>
    public void Advance()
    {
        switch (Addressing)
        {
            case Ssd1306Addressing.Page:
                // The range of command 21h is for the other two modes (section 10.1.4).
                Column = (Column + 1) & 127;
                break;
            case Ssd1306Addressing.Horizontal:
                if (NextColumn()) NextPage();
                break;
            default:
                if (NextPage()) NextColumn();
                break;
        }
    }

    /// <summary>Which row of the RAM, before the start line is added, a line of the panel shows; -1 when it is not driven.</summary>
    /// <param name="line">Counted from the COM0 side.</param>
    /// <param name="height">Lines of the panel: how it is wired to the COM pins depends on it.</param>
    public readonly int RowOfLine(int line, int height)
    {
        // Panels of 64 lines take their lines from both sides in turn, which is the "alternative" order; lower ones take them in sequence
        // (section 10.1.18, table 10-3).
        int pin = height > 32 ? (line >> 1) + ((line & 1) << 5) : line;
        if (SwapsComHalves) pin ^= 32;
        int com = AlternatesComPins && height > 32 ? ((pin & 31) << 1) + (pin >> 5) : pin;
        // Tables 10-1 and 10-2: the scan runs over the multiplex ratio, and the offset turns it.
        int scan = IsScanReversed ? Multiplex - 1 - com : com;
        int row = (scan + Offset) & 63;
        return row < Multiplex ? row : -1;
    }

    private bool NextColumn()
    {
        bool isLast = Column == LastColumn;
        Column = isLast ? FirstColumn : (Column + 1) & 127;
        return isLast;
    }

    private bool NextPage()
    {
        bool isLast = Page == LastPage;
        Page = isLast ? FirstPage : (Page + 1) & 7;
        return isLast;
    }
}

namespace EdgeChat.VirtualBoard;

/// <summary>How the SSD1306's RAM pointers move (datasheet, section 10.1.3); the values are those of command 20h.</summary>
internal enum Ssd1306Addressing
{
    /// <summary>Along the columns, then to the next page.</summary>
    Horizontal = 0,

    /// <summary>Along the pages, then to the next column.</summary>
    Vertical = 1,

    /// <summary>Along the columns of one page.</summary>
    Page = 2,
}

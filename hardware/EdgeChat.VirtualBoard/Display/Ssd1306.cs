namespace EdgeChat.VirtualBoard;

/// <summary>An SSD1306 with its OLED panel: decodes the bytes of its I2C bus into what is seen.</summary>
/// <remarks>
/// Source: Solomon Systech SSD1306 datasheet, revision 1.1; the sections are named where they are used. The panel is mounted as on the
/// usual modules: SEG127 and COM63 are at the upper left, so commands A1h and C8h give an upright picture. The continuous scroll is
/// understood but does not move the picture.
/// </remarks>
public sealed class Ssd1306 : II2cChip, IPanel
{
    private const int Columns = 128, Pages = 8, Rows = 64;
    private const ushort Light = 0xCF7F; // RGB565: the bluish white of the usual modules

    private readonly int _width;
    private readonly int _height;
    private readonly Lock _gate = new();
    private readonly byte[] _ram = new byte[Columns * Pages];
    private Ssd1306Registers _registers = new();
    private readonly Ssd1306Commands _commands = new();
    private bool _hasChanged;

    /// <summary>A chip with a panel of up to 128 columns and 64 rows.</summary>
    public Ssd1306(int width = Columns, int height = Rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Rows);
        _width = width;
        _height = height;
        Reset();
    }

    /// <inheritdoc/>
    public bool IsColour => false;

    /// <inheritdoc/>
    public int PixelSize => 1;

    /// <summary>Raised at the end of a transfer that changed what is seen.</summary>
    public event Action? SeenChanged;

    /// <summary>True when the panel shines. Without the charge pump it has no voltage (application note, section 2) and shows
    /// nothing.</summary>
    public bool IsLit
    {
        get
        {
            lock (_gate) return _registers.IsLit;
        }
    }

    /// <summary>Contrast, section 10.1.7.</summary>
    public byte Contrast
    {
        get
        {
            lock (_gate) return _registers.Contrast;
        }
    }

    /// <summary>Inverse display, section 10.1.10.</summary>
    public bool IsInverted
    {
        get
        {
            lock (_gate) return _registers.IsInverted;
        }
    }

    /// <summary>Bytes received, with the address and control bytes.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Bytes in command position that are no command of the datasheet's table 9-1.</summary>
    public long UnknownCommands => _commands.Unknown;

    /// <inheritdoc/>
    /// <remarks>Section 8.1.5.2: a control byte has Co in bit 7 and D/C# in bit 6. With Co = 1 one byte follows and then another control
    /// byte; with Co = 0 all that follows is data (D/C# = 1) or commands (D/C# = 0).</remarks>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bool hasChanged;
        lock (_gate)
        {
            BytesReceived += 1 + bytes.Length;
            int at = 0;
            while (at < bytes.Length)
            {
                byte control = bytes[at++];
                bool goesOn = (control & 0x80) == 0;
                bool isData = (control & 0x40) != 0;
                int end = goesOn ? bytes.Length : Math.Min(at + 1, bytes.Length);
                for (; at < end; at++)
                {
                    if (isData) WriteData(bytes[at]);
                    else WriteCommand(bytes[at]);
                }
            }

            hasChanged = _hasChanged;
            _hasChanged = false;
        }

        if (hasChanged) SeenChanged?.Invoke();
    }

    /// <inheritdoc/>
    /// <remarks>Section 8.1.5: in the I2C mode only the status can be read; bit 6 is 1 while the display is off.</remarks>
    public void Read(Span<byte> bytes)
    {
        lock (_gate)
        {
            BytesReceived += 1;
            bytes.Fill((byte)(_registers.IsDisplayOn ? 0x03 : 0x43));
        }
    }

    /// <summary>Power came anew: registers as section 8.5 says, and RAM with whatever it holds.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _registers = new Ssd1306Registers();
            _commands.Reset();
            // The datasheet promises nothing about the RAM, and real chips show noise: a driver has to clear it.
            new Random(0x1306).NextBytes(_ram);
        }

        SeenChanged?.Invoke();
    }

    /// <summary>Whether a pixel is lit, as a person sees it.</summary>
    public bool Lit(int x, int y)
    {
        lock (_gate) return Seen(x, y);
    }

    /// <summary>All that is seen, in page order.</summary>
    public byte[] Snapshot()
    {
        var seen = new byte[_width * ((_height + 7) / 8)];
        lock (_gate)
        {
            if (!_registers.IsLit) return seen;
            for (int y = 0; y < _height; y++)
                for (int x = 0; x < _width; x++)
                    if (Seen(x, y)) seen[y / 8 * _width + x] |= (byte)(1 << (y & 7));
        }

        return seen;
    }

    /// <inheritdoc/>
    public ushort[] Colours()
    {
        byte[] seen = Snapshot();
        var colours = new ushort[_width * _height];
        for (int i = 0; i < colours.Length; i++)
        {
            int x = i % _width, y = i / _width;
            if ((seen[y / 8 * _width + x] >> (y & 7) & 1) != 0) colours[i] = Light;
        }

        return colours;
    }

    private void WriteCommand(byte value)
    {
        Ssd1306Registers before = _registers;
        _commands.Take(value, ref _registers);
        if (!before.LooksLike(_registers)) _hasChanged = true;
    }

    private void WriteData(byte value)
    {
        // Segment remap acts on what is written, not on what is in RAM already (section 10.1.8).
        int column = _registers.IsSegmentRemapped ? Columns - 1 - _registers.Column : _registers.Column;
        ref byte cell = ref _ram[_registers.Page * Columns + column];
        if (cell != value)
        {
            cell = value;
            if (_registers.IsLit) _hasChanged = true;
        }

        _registers.Advance();
    }

    private bool Seen(int x, int y)
    {
        Ssd1306Registers r = _registers;
        if (!r.IsLit) return false;
        // A narrower panel is wired to the segments in the middle, a lower one to the first commons.
        int segment = Columns - 1 - (x + (Columns - _width) / 2);
        int row = r.RowOfLine(_height - 1 - y, _height);
        if (row < 0) return false;
        if (r.IsEntirelyOn) return true;
        int line = (row + r.StartLine) & (Rows - 1);
        return ((_ram[line / 8 * Columns + segment] >> (line & 7)) & 1) != 0 != r.IsInverted;
    }
}

namespace EdgeChat.VirtualBoard;

/// <summary>A colour display with a chip of the MIPI display command set (ST7789V, ILI9342C): decodes the bytes of its SPI bus into what is
/// seen.</summary>
/// <remarks>
/// Source: Sitronix ST7789V datasheet, version 1.3; the sections are named where they are used. What the driver has no use for is not
/// there: reading, scrolling, partial mode, other pixel formats than 16 bits.
/// </remarks>
public sealed class MipiPanel : ISpiChip, IPanel
{
    private const byte WriteMemory = 0x2C, WriteMemoryOn = 0x3C;

    private readonly MipiGlass _glass;
    private readonly Func<bool> _isData;
    private readonly Func<bool> _hasLight;
    private readonly bool _hasResetPin;
    private readonly Lock _gate = new();
    private readonly ushort[] _memory;
    private readonly byte[] _parameters = new byte[4];
    private MipiRegisters _registers;
    private byte _command;
    private int _count;
    private bool _isInReset;
    private bool _hasChanged;

    /// <summary>Makes a chip with its glass.</summary>
    /// <param name="glass">The glass.</param>
    /// <param name="isData">The level of the pin that tells data (high) from commands.</param>
    /// <param name="hasLight">Whether the backlight shines.</param>
    /// <param name="hasResetPin">Whether a pin holds it in its reset until somebody drives that high.</param>
    public MipiPanel(MipiGlass glass, Func<bool> isData, Func<bool> hasLight, bool hasResetPin = false)
    {
        ArgumentNullException.ThrowIfNull(glass);
        _glass = glass;
        _isData = isData;
        _hasLight = hasLight;
        _hasResetPin = hasResetPin;
        _memory = new ushort[glass.MemoryColumns * glass.MemoryRows];
        Reset();
    }

    /// <inheritdoc/>
    public event Action? SeenChanged;

    /// <inheritdoc/>
    public bool IsColour => true;

    /// <inheritdoc/>
    /// <remarks>All edges are a multiple of it apart. While there are none, or one picture overwrites another, it is taken for 2.</remarks>
    public int PixelSize
    {
        get
        {
            int apart;
            lock (_gate)
            {
                apart = Apart(0, _glass.Width, x => Enumerable.Range(0, _glass.Height).Any(y => Seen(x, y) != Seen(x - 1, y)));
                apart = Apart(apart, _glass.Height, y => Enumerable.Range(0, _glass.Width).Any(x => Seen(x, y) != Seen(x, y - 1)));
            }

            return apart % 3 == 0 && apart % 2 != 0 ? 3 : 2;
        }
    }

    /// <inheritdoc/>
    public bool IsLit
    {
        get
        {
            lock (_gate) return Shows;
        }
    }

    /// <inheritdoc/>
    public byte Contrast => 255;

    /// <inheritdoc/>
    public bool IsInverted
    {
        get
        {
            lock (_gate) return _registers.IsInverted;
        }
    }

    /// <inheritdoc/>
    public long BytesReceived { get; private set; }

    /// <inheritdoc/>
    public long UnknownCommands { get; private set; }

    private bool Shows => _registers is { IsAwake: true, IsDisplayOn: true } && _hasLight();

    /// <inheritdoc/>
    public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        received.Fill(0xFF); // nothing can be read from these modules: the line back is not connected
        bool isData = _isData();
        bool hasChanged;
        lock (_gate)
        {
            BytesReceived += sent.Length;
            if (_isInReset) return;
            foreach (byte value in sent)
            {
                if (isData) Take(value);
                else Begin(value);
            }

            hasChanged = _hasChanged;
            _hasChanged = false;
        }

        if (hasChanged) SeenChanged?.Invoke();
    }

    /// <summary>The level of the reset pin: low holds the chip in its reset (section 7.4.5).</summary>
    public void SetResetPin(bool level)
    {
        bool isFalling;
        lock (_gate)
        {
            isFalling = !level && !_isInReset;
            _isInReset = !level;
        }

        if (isFalling) ResetRegisters();
    }

    /// <summary>The backlight has gone on or off.</summary>
    public void LightChanged() => SeenChanged?.Invoke();

    /// <inheritdoc/>
    /// <remarks>The memory then holds whatever it holds: a driver has to clear it before it switches the display on.</remarks>
    public void Reset()
    {
        lock (_gate)
        {
            var random = new Random(0x7789);
            for (int i = 0; i < _memory.Length; i++) _memory[i] = (ushort)random.Next(0x10000);
            _isInReset = _hasResetPin;
        }

        ResetRegisters();
    }

    /// <inheritdoc/>
    public bool Lit(int x, int y)
    {
        lock (_gate) return Shows && Light(Seen(x, y)) > Middle();
    }

    /// <inheritdoc/>
    public byte[] Snapshot()
    {
        var seen = new byte[_glass.Width * ((_glass.Height + 7) / 8)];
        lock (_gate)
        {
            if (!Shows) return seen;
            int middle = Middle();
            for (int y = 0; y < _glass.Height; y++)
                for (int x = 0; x < _glass.Width; x++)
                    if (Light(Seen(x, y)) > middle) seen[y / 8 * _glass.Width + x] |= (byte)(1 << (y & 7));
        }

        return seen;
    }

    /// <inheritdoc/>
    public ushort[] Colours()
    {
        var seen = new ushort[_glass.Width * _glass.Height];
        lock (_gate)
        {
            if (!Shows) return seen;
            for (int y = 0, i = 0; y < _glass.Height; y++)
                for (int x = 0; x < _glass.Width; x++) seen[i++] = Seen(x, y);
        }

        return seen;
    }

    // the greatest that the distances of all edges, and what is given, are multiples of; 0 when there are none
    private static int Apart(int apart, int end, Func<int, bool> isEdge)
    {
        int first = 0;
        for (int at = 1; at < end && apart != 1; at++)
        {
            if (!isEdge(at)) continue;
            if (first == 0) first = at;
            apart = (int)System.Numerics.BigInteger.GreatestCommonDivisor(apart, at - first);
        }

        return apart;
    }

    private static int Light(ushort colour) => (colour >> 11) * 2 * 30 + (colour >> 5 & 63) * 59 + (colour & 31) * 2 * 11;

    // between the darkest and the lightest that is seen, so that a picture that was dimmed has its two tones too
    private int Middle()
    {
        (int least, int most) = (int.MaxValue, 0);
        for (int y = 0; y < _glass.Height; y++)
        {
            for (int x = 0; x < _glass.Width; x++)
            {
                int light = Light(Seen(x, y));
                (least, most) = (Math.Min(least, light), Math.Max(most, light));
            }
        }

        return (least + most) / 2;
    }

    private static ushort RedAndBlueSwapped(ushort colour) => (ushort)(colour << 11 | colour & 0x07E0 | colour >> 11);

    private ushort Seen(int x, int y)
    {
        (int column, int row) = _glass.InMemory(x, y);
        ushort colour = _memory[row * _glass.MemoryColumns + column];
        if (_registers.IsInverted != _glass.IsInverting) colour = (ushort)~colour;
        return _registers.IsBlueFirst != _glass.IsBlueFirst ? RedAndBlueSwapped(colour) : colour;
    }

    private void ResetRegisters()
    {
        lock (_gate)
        {
            _registers = new MipiRegisters(_glass);
            _command = 0;
            _count = 0;
        }

        SeenChanged?.Invoke();
    }

    private void Begin(byte command)
    {
        _command = command;
        _count = 0;
        switch (command)
        {
            case 0x00: // NOP, 9.1.1
            case 0x13: // NORON, 9.1.14: what a reset leaves
            case 0x2A or 0x2B or 0x36 or 0x3A or WriteMemoryOn: // their parameters follow
                break;
            case 0x01: // SWRESET, 9.1.2: MADCTL stays (9.1.28, default)
                _registers = new MipiRegisters(_glass) { MemoryAccess = _registers.MemoryAccess };
                _hasChanged = true;
                break;
            case 0x10 or 0x11: // SLPIN, SLPOUT: 9.1.11, 9.1.12
                _registers.IsAwake = command == 0x11;
                _hasChanged = true;
                break;
            case 0x20 or 0x21: // INVOFF, INVON: 9.1.15, 9.1.16
                _registers.IsInverted = command == 0x21;
                _hasChanged = true;
                break;
            case 0x28 or 0x29: // DISPOFF, DISPON: 9.1.18, 9.1.19
                _registers.IsDisplayOn = command == 0x29;
                _hasChanged = true;
                break;
            case WriteMemory: // RAMWR, 9.1.22
                _registers.Home();
                break;
            default:
                UnknownCommands++;
                break;
        }
    }

    private void Take(byte value)
    {
        if (_command is WriteMemory or WriteMemoryOn)
        {
            TakePixel(value);
            return;
        }

        if (_count < _parameters.Length) _parameters[_count++] = value;
        switch (_command)
        {
            case 0x2A when _count == 4: // CASET, 9.1.20
                (_registers.FirstColumn, _registers.LastColumn) = (Number(0), Number(2));
                break;
            case 0x2B when _count == 4: // RASET, 9.1.21
                (_registers.FirstRow, _registers.LastRow) = (Number(0), Number(2));
                break;
            case 0x36 when _count == 1: // MADCTL, 9.1.28
                _registers.MemoryAccess = value;
                _hasChanged = true;
                break;
            case 0x3A when _count == 1: // COLMOD, 9.1.32
                _registers.BitsPerPixel = (value & 7) switch { 3 => 12, 5 => 16, _ => 18 };
                break;
        }
    }

    private int Number(int at) => _parameters[at] << 8 | _parameters[at + 1];

    private void TakePixel(byte value)
    {
        // other formats have other numbers of bytes: nothing of them would be a right picture, so nothing is shown of it
        if (_registers.BitsPerPixel != 16) return;
        _parameters[_count++] = value;
        if (_count < 2) return;
        _count = 0;
        Put((ushort)Number(0));
        _registers.Advance();
    }

    // Section 8.12 with table 9.1.28: with MV the column address counts rows of the memory; MX and MY mirror columns and rows of the memory
    // itself.
    private void Put(ushort colour)
    {
        (int column, int row) = _registers.IsExchanged ? (_registers.Row, _registers.Column) : (_registers.Column, _registers.Row);
        if (column >= _glass.MemoryColumns || row >= _glass.MemoryRows) return;
        if (_registers.IsColumnMirrored) column = _glass.MemoryColumns - 1 - column;
        if (_registers.IsRowMirrored) row = _glass.MemoryRows - 1 - row;
        ref ushort cell = ref _memory[row * _glass.MemoryColumns + column];
        if (cell == colour) return;
        cell = colour;
        if (_registers.IsAwake && _registers.IsDisplayOn) _hasChanged = true;
    }
}

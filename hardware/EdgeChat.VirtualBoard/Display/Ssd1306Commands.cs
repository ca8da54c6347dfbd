namespace EdgeChat.VirtualBoard;

/// <summary>Understands the SSD1306's command bytes (datasheet, table 9-1). A command's parameters may come in later transfers.</summary>
internal sealed class Ssd1306Commands
{
    private readonly byte[] _parameters = new byte[6];
    private byte _command;
    private int _expected;
    private int _count;

    /// <summary>Bytes in command position that are no command.</summary>
    public long Unknown { get; private set; }

    public void Reset() => _expected = _count = 0;

    public void Take(byte value, ref Ssd1306Registers registers)
    {
        if (_count < _expected)
        {
            _parameters[_count++] = value;
            if (_count == _expected) Execute(ref registers);
            return;
        }

        _command = value;
        _count = 0;
        _expected = Parameters(value);
        if (_expected == 0) Execute(ref registers);
    }

    private static int Parameters(byte command) => command switch
    {
        0x20 or 0x81 or 0x8D or 0xA8 or 0xD3 or 0xD5 or 0xD9 or 0xDA or 0xDB => 1,
        0x21 or 0x22 or 0xA3 => 2,
        0x29 or 0x2A => 5, // vertical and horizontal scroll setup, 10.2.2
        0x26 or 0x27 => 6, // horizontal scroll setup, 10.2.1
        _ => 0,
    };

    private void Execute(ref Ssd1306Registers r)
    {
        byte first = _parameters[0];
        switch (_command)
        {
            case <= 0x0F: // lower column start, page mode: 10.1.1
                r.Column = (r.Column & 0x70) | _command;
                break;
            case <= 0x1F: // higher column start, page mode: 10.1.2
                r.Column = (r.Column & 0x0F) | ((_command & 0x07) << 4);
                break;
            case 0x20: // memory addressing mode, 10.1.3; 3 is invalid and changes nothing
                if ((first & 3) != 3) r.Addressing = (Ssd1306Addressing)(first & 3);
                break;
            case 0x21: // column range, 10.1.4; it moves the pointer too
                r.FirstColumn = r.Column = first & 0x7F;
                r.LastColumn = _parameters[1] & 0x7F;
                break;
            case 0x22: // page range, 10.1.5; it moves the pointer too
                r.FirstPage = r.Page = first & 7;
                r.LastPage = _parameters[1] & 7;
                break;
            case 0x26 or 0x27 or 0x29 or 0x2A or 0x2E or 0x2F or 0xA3: // scroll set-up, off, on, area: 10.2; the picture stays
                break;
            case >= 0x40 and <= 0x7F: // display start line, 10.1.6
                r.StartLine = _command & 0x3F;
                break;
            case 0x81: // contrast, 10.1.7
                r.Contrast = first;
                break;
            case 0x8D: // charge pump, application note section 2
                r.HasChargePump = (first & 4) != 0;
                break;
            case 0xA0 or 0xA1: // segment remap, 10.1.8
                r.IsSegmentRemapped = _command == 0xA1;
                break;
            case 0xA4 or 0xA5: // entire display on, 10.1.9
                r.IsEntirelyOn = _command == 0xA5;
                break;
            case 0xA6 or 0xA7: // inverse display, 10.1.10
                r.IsInverted = _command == 0xA7;
                break;
            case 0xA8: // multiplex ratio, 10.1.11; 0 to 14 are invalid
                if ((first & 0x3F) >= 15) r.Multiplex = (first & 0x3F) + 1;
                break;
            case 0xAE or 0xAF: // display off, on: 10.1.12
                r.IsDisplayOn = _command == 0xAF;
                break;
            case >= 0xB0 and <= 0xB7: // page start, page mode: 10.1.13
                r.Page = _command & 7;
                break;
            case >= 0xC0 and <= 0xCF: // COM scan direction, 10.1.14: bit 3
                r.IsScanReversed = (_command & 8) != 0;
                break;
            case 0xD3: // display offset, 10.1.15
                r.Offset = first & 0x3F;
                break;
            case 0xDA: // COM pins, 10.1.18
                r.AlternatesComPins = (first & 0x10) != 0;
                r.SwapsComHalves = (first & 0x20) != 0;
                break;
            case 0xD5 or 0xD9 or 0xDB or 0xE3: // clock, pre-charge, V_COMH, NOP: nothing to see
                break;
            default:
                Unknown++;
                break;
        }
    }
}

using System;
using System.Device.I2c;
using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>An SSD1306 of 128x64 or 128x32 pixels on I2C, which is sent only the runs of columns that changed.</summary>
/// <remarks>
/// <para>References are to the SSD1306 datasheet, revision 1.1, and its application note (charge pump).</para>
/// <para>Bytes on the bus for a run of n columns, in one transfer: address 1, page <c>80 Bp</c> 2, column <c>80 0l 80 1h</c> 4,
/// <c>40</c> 1, data n: <b>8 + n</b>, and 6 + n when the run before it was on the same page, since the page pointer stays in page
/// addressing mode (10.1.3). A window in horizontal addressing mode (<c>21 a b 22 p q</c>) takes six command bytes and so 14 + n. Two
/// transfers, commands and then data, would take 7 + n, but a second start and stop and a second call of the bus driver, which costs more
/// than a byte (22 us at 400 kHz). A whole picture of 128x64 is 1088 bytes, 25 ms at 400 kHz.</para>
/// <para>A picture that moved up by whole pages (<see cref="Frame.Rotate"/>) costs 3 bytes, the display's start line; then only what is new
/// is sent.</para>
/// <para>Two runs of a page are joined when at most six unchanged columns are between them: that is what a second run costs.</para>
/// <para>Speaks page addressing mode only, so a chip that knows no other, such as the SH1106, would understand the runs.</para>
/// </remarks>
public sealed class Ssd1306 : IDisplay
{
    private const byte CommandsFollow = 0x00; // control byte, Co = 0, D/C = 0: commands up to the stop (8.1.5.2)
    private const byte CommandFollows = 0x80; // control byte, Co = 1, D/C = 0: one command byte
    private const byte DataFollow = 0x40;     // control byte, Co = 0, D/C = 1: data up to the stop
    private const byte SetPage = 0xB0;        // 10.1.13
    private const byte SetColumnLow = 0x00;   // 10.1.1
    private const byte SetColumnHigh = 0x10;  // 10.1.2
    private const byte SetStartLine = 0x40;   // 10.1.6
    private const byte SetContrastTo = 0x81;  // 10.1.7
    private const byte DisplayOff = 0xAE;     // 10.1.12
    private const byte DisplayOn = 0xAF;      // 10.1.12

    private const int JoinDistance = 7; // six unchanged columns between two changed ones
    private const int UnknownPage = -1;
    private const int RowsOfMemory = 64;

    private const int Wanted = 1; // it is to be on
    private const int Ready = 2;  // it is set up
    private const int On = 4;

    private readonly I2cDevice _bus;
    private readonly byte[] _buffer;
    private int _page = UnknownPage;
    private int _startPage;
    private byte _contrast = 0xCF; // the application note's value for the charge pump
    private int _power = Wanted; // Wanted, Ready, On

    /// <summary>Takes the bus; nothing is sent before <see cref="Show"/>.</summary>
    /// <param name="bus">The device at the display's address, 0x3C or 0x3D, at 400 kHz.</param>
    /// <param name="width">Columns; 128.</param>
    /// <param name="height">Rows; 64 or 32.</param>
    public Ssd1306(I2cDevice bus, int width, int height)
    {
        if (width != 128 || (height != 64 && height != 32))
            throw new ArgumentException("an SSD1306 of " + width + "x" + height + " is not known; 128x64 and 128x32 are");
        _bus = bus;
        _buffer = new byte[7 + width];
    }

    /// <inheritdoc/>
    /// <remarks>After a transfer that was not acknowledged the chip may have lost its power and with it its registers and its picture. So
    /// it is set up again, all of the picture is sent, and only then it is switched on: its memory is random before.</remarks>
    public bool Show(Frame frame)
    {
        if (!IsPresent)
        {
            if (!SetUp(frame.Height)) return false;
            frame.Invalidate();
        }

        frame.CanRotate = frame.Height == RowsOfMemory; // a start line goes round in all of the memory, which 32 rows do not fill
        if (frame.StartPage != _startPage && !SendStart(frame.StartPage))
        {
            frame.Invalidate();
            return false;
        }

        while (frame.NextChange(JoinDistance))
        {
            if (SendRun(frame)) continue;
            Lose();
            frame.Invalidate();
            return false;
        }

        bool isWanted = (_power & Wanted) != 0;
        return ((_power & On) != 0) == isWanted || SetPower(isWanted);
    }

    /// <inheritdoc/>
    public bool SetPower(bool on)
    {
        _power = on ? _power | Wanted : _power & ~Wanted;
        if (!IsPresent) return false;
        _buffer[0] = CommandsFollow;
        _buffer[1] = on ? DisplayOn : DisplayOff;
        if (!Send(2)) return Lose();
        _power = on ? _power | On : _power & ~On;
        return true;
    }

    /// <inheritdoc/>
    public bool SetContrast(byte level)
    {
        _contrast = level;
        if (!IsPresent) return false;
        _buffer[0] = CommandsFollow;
        _buffer[1] = SetContrastTo;
        _buffer[2] = level;
        return Send(3) || Lose();
    }

    private bool SetUp(int height)
    {
        // one after another: a list of them in the assembly would be on the heap for ever
        int at = Put(0, CommandsFollow, DisplayOff);
        at = Put(at, 0xD5, 0x80);                    // clock: divide ratio 1, frequency 8, the reset value (10.1.16)
        at = Put(at, 0xA8, height - 1);             // multiplex ratio (10.1.11)
        at = Put(at, 0xD3, 0x00);                    // display offset (10.1.15)
        at = Put(at, 0x40);                          // start line 0 (10.1.6)
        at = Put(at, 0x8D, 0x14);                    // charge pump on (application note, 2.1)
        at = Put(at, 0x20, 0x02);                    // page addressing mode (10.1.3)
        at = Put(at, 0xA1);                          // segment remap: column 127 is SEG0 (10.1.8)
        at = Put(at, 0xC8);                          // COM scan from the last row up (10.1.14): with the remap, the connector is on top
        at = Put(at, 0xDA, height == 64 ? 0x12 : 0x02); // COM pins: alternative, or sequential for 32 rows (10.1.18)
        at = Put(at, SetContrastTo, _contrast);
        at = Put(at, 0xD9, 0xF1);                    // pre-charge for the charge pump (10.1.17)
        at = Put(at, 0xDB, 0x20);                    // VCOMH 0.77 VCC, the reset value (10.1.19)
        at = Put(at, 0xA4);                          // show the memory (10.1.9)
        at = Put(at, 0xA6);                          // 1 is light (10.1.10)
        if (!Send(at)) return false;
        _power = (_power & Wanted) | Ready;
        _page = UnknownPage;
        _startPage = 0;
        return true;
    }

    private bool IsPresent { get { return (_power & Ready) != 0; } }

    private int Put(int at, int command)
    {
        _buffer[at] = (byte)command;
        return at + 1;
    }

    private int Put(int at, int command, int argument)
    {
        _buffer[at] = (byte)command;
        _buffer[at + 1] = (byte)argument;
        return at + 2;
    }

    private bool SendStart(int page)
    {
        _buffer[0] = CommandsFollow;
        _buffer[1] = (byte)(SetStartLine | page * 8);
        if (!Send(2)) return Lose();
        _startPage = page;
        return true;
    }

    private bool SendRun(Frame frame)
    {
        byte[] buffer = _buffer;
        int start = frame.ChangeStart;
        int count = frame.ChangeCount;
        int page = frame.ChangePage;
        int at = 0;
        if (page != _page)
        {
            buffer[at++] = CommandFollows;
            buffer[at++] = (byte)(SetPage | page);
        }

        buffer[at++] = CommandFollows;
        buffer[at++] = (byte)(SetColumnLow | (start & 15));
        buffer[at++] = CommandFollows;
        buffer[at++] = (byte)(SetColumnHigh | (start >> 4));
        buffer[at++] = DataFollow;
        Array.Copy(frame.Pixels, page * frame.Width + start, buffer, at, count);
        _page = page;
        return Send(at + count);
    }

    private bool Send(int count)
    {
        return _bus.Write(new SpanByte(_buffer, 0, count)).Status == I2cTransferStatus.FullTransfer;
    }

    private bool Lose()
    {
        _power &= Wanted;
        return false;
    }
}

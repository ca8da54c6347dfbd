using System;
using System.Device.Gpio;
using System.Device.Spi;
using System.Threading;
using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>A colour display on SPI that speaks the MIPI display command set; it shows the messenger's picture in the colours of
/// its plan, each pixel 2x2 large, or 3x3 when the picture is so small.</summary>
/// <remarks>
/// <para>References are to the ST7789V datasheet; the ILI9342C and others of the family understand the same commands.</para>
/// <para>There is no colour picture in RAM, which would take 150 KB: the frame stays one bit a pixel, and what of it has changed is turned
/// into colours a line at a time. A run of n columns of a page of the frame is 16 rows of 2n pixels of two bytes: <b>64 n + 11</b> bytes on
/// the bus (CASET and RASET with four bytes each, RAMWR), and 5 less for each of the two ranges that is the one of the run before, since
/// the chip keeps them (9.1.20, 9.1.21). A whole picture of 240x128 is 61,493 bytes, 13 ms at 40 MHz. Pixels of 3x3 make it 144 n +
/// 11.</para>
/// <para>Two runs of a page are joined when at most three unchanged columns are between them: a run takes six calls of the bus driver more,
/// which cost the board more than 192 bytes.</para>
/// <para>SPI has no acknowledge: a display that is not there cannot be told from one that is.</para>
/// <para>A column whose colours have changed is sent like one whose pixels have. Which colour is sent first, red or blue, is the glass's
/// own: each driver says it in MADCTL.</para>
/// </remarks>
public abstract class MipiDisplay : IDisplay
{
    private const byte SoftwareReset = 0x01; // SWRESET, 9.1.2
    private const byte SleepOut = 0x11;      // SLPOUT, 9.1.12
    private const byte InversionOff = 0x20;  // INVOFF, 9.1.15
    private const byte InversionOn = 0x21;   // INVON, 9.1.16
    private const byte DisplayOff = 0x28;    // DISPOFF, 9.1.18
    private const byte DisplayOn = 0x29;     // DISPON, 9.1.19
    private const byte ColumnRange = 0x2A;   // CASET, 9.1.20
    private const byte RowRange = 0x2B;      // RASET, 9.1.21
    private const byte WriteMemory = 0x2C;   // RAMWR, 9.1.22
    private const byte MemoryAccess = 0x36;  // MADCTL, 9.1.28
    private const byte PixelFormat = 0x3A;   // COLMOD, 9.1.32
    private const byte SixteenBits = 0x55;   // 65K colours, 16 bits a pixel, 9.1.32

    private const int ResetPulseMs = 1;      // at least 10 us, 7.4.5
    private const int WakeMs = 120;          // after a reset and after SLPOUT, 7.4.5 and 9.1.12
    private const int JoinDistance = 4;      // three unchanged columns between two changed ones
    private const int RowsOfPage = 8;
    private const int NormalScale = 2;       // columns and rows of the display for a pixel of the frame
    private const int NoRange = -1;

    private readonly MipiWiring _wiring;
    private readonly byte _memoryAccess;
    private readonly byte[] _command = new byte[1];
    private readonly byte[] _parameters = new byte[4];
    private readonly byte[] _colours;        // of the columns of a line of the frame
    private byte[] _lines;                   // of the display, as many as one of the frame becomes
    private byte[] _palette;                 // pixels by colour and bit, each as often as it is wide
    private int _scale;                      // columns and rows for a pixel of the frame; 0 before anything was shown
    private int _columns = NoRange;
    private int _rows = NoRange;
    private byte _level = 0xCF;              // as bright as the SSD1306 begins
    private bool _isLight;
    private bool _isPaletteOld = true;
    private bool _wanted = true;
    private bool _isReady;
    private bool _isOn;

    /// <summary>Takes the wiring; nothing is sent before <see cref="Show"/>.</summary>
    /// <param name="wiring">What it is connected to.</param>
    /// <param name="memoryAccess">MADCTL for the glass as it is mounted: rows and columns exchanged or mirrored, order of the colours
    /// (9.1.28).</param>
    protected MipiDisplay(MipiWiring wiring, byte memoryAccess)
    {
        _wiring = wiring;
        _memoryAccess = memoryAccess;
        _colours = new byte[FrameWidth(wiring.Width)];
    }

    /// <summary>What switches its backlight, or null.</summary>
    public ILight Backlight { get { return _wiring.Backlight; } }

    /// <summary>Columns of the frame that fits the display, doubled.</summary>
    public static int FrameWidth(int width) { return width / NormalScale; }

    /// <summary>Rows of the frame that fits the display, doubled: whole pages.</summary>
    public static int FrameHeight(int height) { return height / NormalScale / RowsOfPage * RowsOfPage; }

    /// <inheritdoc/>
    public bool Show(Frame frame)
    {
        int scale = _wiring.Width / frame.Width;
        int left = (_wiring.Width - frame.Width * scale) / 2;
        int top = (_wiring.Height - frame.Height * scale) / 2;
        ColourPlan plan = frame.Colours;
        bool isLight = plan != null && plan.IsLight;
        if (!_isReady) SetUp();
        if (_isPaletteOld || isLight != _isLight || scale != _scale)
        {
            MakePalette(isLight, scale);
            ClearMargins(left, top, frame.Width * scale, frame.Height * scale);
            frame.Invalidate();
        }

        if (plan != null && frame.Dirty) plan.TakeChanges(_lines);
        while (frame.NextChange(JoinDistance)) SendRun(frame, left, top);
        return _isOn == _wanted || SetPower(_wanted);
    }

    /// <inheritdoc/>
    public bool SetPower(bool on)
    {
        _wanted = on;
        if (!_isReady) return false;
        if (!on && _wiring.Backlight != null) _wiring.Backlight.Set(false);
        Send(on ? DisplayOn : DisplayOff);
        if (on && _wiring.Backlight != null) _wiring.Backlight.Set(true);
        _isOn = on;
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>By the colours themselves; the next <see cref="Show"/> sends all of the picture.</remarks>
    public bool SetContrast(byte level)
    {
        _level = level;
        _isPaletteOld = true;
        return _isReady;
    }

    private void MakePalette(bool isLight, int scale)
    {
        _palette = Palette.Make(scale, isLight, _level);
        if (scale != _scale) _lines = new byte[_wiring.Width * Palette.PixelBytes * scale];
        _scale = scale;
        _isLight = isLight;
        _isPaletteOld = false;
    }

    private void SetUp()
    {
        _wiring.DataCommand.SetPinMode(PinMode.Output);
        if (_wiring.Backlight != null) _wiring.Backlight.Set(false); // what the memory holds by chance is not to be seen
        Reset();
        Thread.Sleep(WakeMs);
        Send(SleepOut);
        Thread.Sleep(WakeMs);
        Send(PixelFormat, SixteenBits);
        Send(MemoryAccess, _memoryAccess);
        Send(_wiring.IsInverting ? InversionOn : InversionOff);
        _columns = NoRange;
        _rows = NoRange;
        _isOn = false;
        _isReady = true;
    }

    private void Reset()
    {
        if (_wiring.Reset == null)
        {
            Send(SoftwareReset);
            return;
        }

        _wiring.Reset.SetPinMode(PinMode.Output);
        _wiring.Reset.Write(PinValue.Low);
        Thread.Sleep(ResetPulseMs);
        _wiring.Reset.Write(PinValue.High);
    }

    private void ClearMargins(int left, int top, int width, int height)
    {
        int right = _wiring.Width - left - width;
        int bottom = _wiring.Height - top - height;
        int cell = _scale * Palette.PixelBytes;
        for (int i = 0; i < _lines.Length; i += cell) Array.Copy(_palette, 0, _lines, i, cell); // dark on paper
        Clear(0, 0, _wiring.Width, top);
        Clear(0, top + height, _wiring.Width, bottom);
        Clear(0, top, left, height);
        Clear(left + width, top, right, height);
    }

    private void Clear(int x, int y, int width, int height)
    {
        if (width == 0 || height == 0) return;
        OpenWindow(x, y, width, height);
        for (int row = 0; row < height; row++) _wiring.Bus.Write(new SpanByte(_lines, 0, width * Palette.PixelBytes));
    }

    private void SendRun(Frame frame, int left, int top)
    {
        int count = frame.ChangeCount;
        byte[] pixels = frame.Pixels;
        int first = frame.ChangePage * frame.Width + frame.ChangeStart;
        int scale = _scale;
        OpenWindow(left + frame.ChangeStart * scale, top + frame.ChangePage * RowsOfPage * scale, count * scale, RowsOfPage * scale);
        int cell = scale * Palette.PixelBytes; // a pixel of the frame in a row of the display
        int length = count * cell;
        ColourPlan plan = frame.Colours;
        byte[] colours = _colours;
        byte[] palette = _palette;
        byte[] lines = _lines;
        int y = frame.ChangePage * RowsOfPage;
        int next = plan == null ? int.MaxValue : y; // the first row that may have other colours
        if (plan == null) Array.Clear(colours, 0, count);
        for (int row = 0; row < RowsOfPage; row++)
        {
            if (y + row >= next) next = plan.Line(y + row, frame.ChangeStart, count, colours);
            int at = 0;
            for (int i = 0; i < count; i++)
            {
                int pixel = colours[i] * 2 + (pixels[first + i] >> row & 1);
                Array.Copy(palette, pixel * cell, lines, at, cell);
                at += cell;
            }

            for (int copy = 1; copy < scale; copy++) Array.Copy(lines, 0, lines, copy * length, length);
            // the memory takes pixels until the next command, however many transfers they come in (data transfer pause, 8.6)
            _wiring.Bus.Write(new SpanByte(lines, 0, scale * length));
        }
    }

    private void OpenWindow(int x, int y, int width, int height)
    {
        int columns = Range(x + _wiring.ColumnOffset, width);
        int rows = Range(y + _wiring.RowOffset, height);
        if (columns != _columns) Send(ColumnRange, columns);
        if (rows != _rows) Send(RowRange, rows);
        _columns = columns;
        _rows = rows;
        Send(WriteMemory);
        _wiring.DataCommand.Write(PinValue.High);
    }

    // the first and the last address in 16 bits each
    private static int Range(int first, int count) { return first << 16 | (first + count - 1); }

    private void Send(byte command)
    {
        _command[0] = command;
        _wiring.DataCommand.Write(PinValue.Low);
        _wiring.Bus.Write(_command);
    }

    private void Send(byte command, byte parameter)
    {
        Send(command);
        _command[0] = parameter;
        _wiring.DataCommand.Write(PinValue.High);
        _wiring.Bus.Write(_command);
    }

    private void Send(byte command, int range)
    {
        Send(command);
        _parameters[0] = (byte)(range >> 24);
        _parameters[1] = (byte)(range >> 16);
        _parameters[2] = (byte)(range >> 8);
        _parameters[3] = (byte)range;
        _wiring.DataCommand.Write(PinValue.High);
        _wiring.Bus.Write(_parameters);
    }
}

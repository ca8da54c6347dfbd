using System;
using System.Text;
using System.Threading;
using EdgeChat.Core;
using EdgeChat.Drivers;
using EdgeChat.Ui;

namespace EdgeChat.Device;

/// <summary>Tells a person what keeps the board from working, on the display and on the console, without the messenger.</summary>
/// <remarks>Says it again on the console when something is typed there, and on a display that is plugged in later.</remarks>
public sealed class Notice : ISerialListener
{
    private const int LineHeight = 7;
    private const int DisplayAgainMs = 2000;

    private readonly IDisplay _display;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private readonly byte[] _ignored = new byte[64];
    private bool _isStopped;

    /// <summary>Makes a notice on a display.</summary>
    public Notice(IDisplay display)
    {
        _display = display;
    }

    /// <summary>Shows a title and a text until <see cref="Stop"/>, or for <paramref name="forMs"/> milliseconds unless that is
    /// -1.</summary>
    public void Show(BoardConfig board, string title, string text, Clock clock, int forMs)
    {
        var frame = new Frame(board.Display.FrameWidth, board.Display.FrameHeight);
        Draw(frame, title, text);
        _display.Show(frame);
        SerialLine serial = Line(board);
        byte[] line = Encoding.UTF8.GetBytes("\r\n" + title + ": " + text + "\r\n");
        if (serial != null)
        {
            serial.Open(this);
            serial.Write(line, 0, line.Length);
        }

        long untilMs = clock.NowMs + forMs;
        while (!_isStopped && (forMs < 0 || clock.NowMs < untilMs))
        {
            _wake.WaitOne(DisplayAgainMs, false);
            _display.Show(frame);
            if (serial == null || !serial.HasInput) continue;
            while (serial.Read(_ignored, _ignored.Length) > 0) { }
            serial.Write(line, 0, line.Length);
        }

        if (serial != null) serial.Dispose();
    }

    /// <summary>Ends <see cref="Show"/>.</summary>
    public void Stop()
    {
        _isStopped = true;
        _wake.Set();
    }

    /// <inheritdoc/>
    public void OnInput() { _wake.Set(); }

    private static SerialLine Line(BoardConfig board)
    {
        try
        {
            return Wiring.Serial(board);
        }
        catch (ArgumentException)
        {
            return null; // pins that the chip does not have: the display is what is left
        }
    }

    /// <summary>Draws a title, inverted, and below it a text in small letters, broken into lines.</summary>
    public static void Draw(Frame frame, string title, string text)
    {
        var painter = new Painter(frame);
        painter.Clear();
        painter.DrawCut(painter.Text, title, 1, 0, painter.Width);
        painter.Invert(0, 0, painter.Width, 8);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int start = 0;
        for (int y = 10; start < bytes.Length && y + LineHeight <= painter.Height + 1; y += LineHeight)
        {
            int end = TextLayout.LineEnd(painter.Small, bytes, start, bytes.Length, painter.Width);
            bool isLast = y + LineHeight + LineHeight > painter.Height + 1;
            if (isLast) painter.DrawCut(painter.Small, bytes, start, bytes.Length, 0, y, painter.Width);
            else painter.Draw(painter.Small, bytes, start, end, 0, y, painter.Width);
            start = TextLayout.NextLine(bytes, end, bytes.Length);
        }

        frame.Dirty = true;
    }
}

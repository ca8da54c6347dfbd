using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Device;

/// <summary>What the display shows while the board reads its flash: the product's name, the board's, and how far that is.</summary>
public sealed class Splash
{
    private const int Steps = 8; // each that is drawn takes its time from the reading
    private const int BarHeight = 3;
    private const int LineHeight = 8;

    private readonly Painter _painter;
    private int _steps;

    /// <summary>Draws it.</summary>
    /// <param name="frame">Where to.</param>
    /// <param name="name">What the board is called, or null.</param>
    public Splash(Frame frame, string name)
    {
        _painter = new Painter(frame);
        int width = _painter.Width;
        int middle = _painter.Height / 2;
        _painter.Clear();
        _painter.DrawCentred(_painter.Text, "EdgeChat", 0, width, middle - 10);
        if (name != null) _painter.DrawCentred(_painter.Small, name, 0, width, middle + 2);
        _painter.DrawCentred(_painter.Small, "reading messages", 0, width, _painter.Height - BarHeight - LineHeight);
        _painter.Show();
    }

    /// <summary>Makes the bar at the bottom longer when another step is reached.</summary>
    /// <param name="percent">How much of the flash has been read, 0 to 100.</param>
    public void Show(int percent)
    {
        int steps = percent * Steps / 100;
        if (steps == _steps) return;
        int from = _painter.Width * _steps / Steps;
        _steps = steps;
        _painter.Fill(from, _painter.Height - BarHeight, _painter.Width * steps / Steps - from, BarHeight);
        _painter.Show();
    }
}

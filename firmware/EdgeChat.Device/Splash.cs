using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Device;

/// <summary>What the display shows while the board reads its flash.</summary>
public static class Splash
{
    /// <summary>Draws the product's name and the board's.</summary>
    public static void Draw(Frame frame, string name)
    {
        var painter = new Painter(frame);
        painter.Clear();
        int middle = painter.Height / 2;
        painter.DrawCentred(painter.Text, "EdgeChat", 0, painter.Width, middle - 10);
        if (name != null) painter.DrawCentred(painter.Small, name, 0, painter.Width, middle + 2);
        frame.Dirty = true;
    }
}

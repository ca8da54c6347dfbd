using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>The board's label: its device id as a QR code for a phone or another tool to read, and in letters.</summary>
public sealed class LabelScreen : Screen
{
    private const string Scheme = "edgechat:";
    private const int LeastBeside = 32; // columns for the letters beside the code; with fewer the id stands below it
    private const int SmallLine = 6;

    private QrCode _code;

    /// <summary>Makes the screen.</summary>
    public LabelScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        string id = Ui.Me.DeviceId;
        if (id == null) return;
        if (_code == null)
        {
            byte[] text = Encoding.UTF8.GetBytes(Scheme + id);
            _code = QrCode.Encode(text, text.Length);
        }

        int side = painter.Height;
        if (painter.Width - side < LeastBeside)
        {
            side -= SmallLine;
            _code.Draw(painter, (painter.Width - side) / 2, 0, side);
            painter.DrawCentred(painter.Small, id, 0, painter.Width, side);
            return;
        }

        _code.Draw(painter, 0, 0, side);
        int left = side + 2;
        painter.DrawCentred(painter.Text, Ui.Me.DisplayName ?? id, left, painter.Width, 12);
        painter.DrawCentred(painter.Small, "device id", left, painter.Width, 30);
        painter.DrawCentred(painter.Text, id, left, painter.Width, 37);
    }

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        if (key == Key.Ok) Ui.Stack.Back(nowMs);
    }
}

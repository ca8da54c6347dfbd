using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>The board's label: its device id as a QR code for a phone or another tool to read, and in letters.</summary>
public sealed class LabelScreen : Screen
{
    private const string Scheme = "edgechat:";
    private const int Quiet = 4; // modules of light around the code, ISO/IEC 18004, 9.1

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

        // on 64 rows two pixels a module leave 7 of the 8 rows of quiet zone that a code of 25 modules asks for; readers take that
        int scale = painter.Height / (_code.Size + Quiet);
        int side = painter.Height;
        int margin = (side - _code.Size * scale) / 2;
        painter.Fill(0, 0, side, side);
        for (int y = 0; y < _code.Size; y++)
            for (int x = 0; x < _code.Size; x++)
                if (_code.IsDark(x, y)) painter.Erase(margin + x * scale, margin + y * scale, scale, scale);
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

using EdgeChat.Core;

namespace EdgeChat.Ui;

// what the keys do, with their signs as the buttons of the board are
public sealed partial class Chrome
{
    private const int FirstSign = 0x2580; // the first block that signs of keys are in
    private const int UpSign = 0x25B2;
    private const int OkSign = 0x25CF;
    private const int DownSign = 0x25BC;
    private const int WriteSign = 0x270E;
    private const int OkSignBytes = 0xE2978F; // its UTF-8

    /// <summary>Draws what the keys do at the bottom, unless the person has switched that off. ▲ ● ▼ stand for the keys of three.</summary>
    /// <remarks>With two buttons the first one does what ▲ and ▼ do. With one, a dash is a hold, which chooses, a dot is a press, which
    /// goes on, and there is no room for more than these and the way back, which is the same everywhere but on the first screen.</remarks>
    public void DrawHint(string hint, bool hasMore = false)
    {
        if (!_ui.Settings.Is(Settings.Hints)) return;
        bool isHome = _ui.Stack.IsHome;
        Line.Clear().Add(hint);
        if (_ui.Buttons == 1) CutHint();
        if (hasMore) AddHint("▼ more");
        else if (_ui.Buttons == 1 && isHome) AddHint("▼ next");
        if (_ui.Buttons == 1 && !isHome) AddHint("hold 2 s back");
        Painter painter = _ui.Painter;
        DrawSigns(painter.Small, 0, Line.Count, 0, painter.Height - 6, 0);
        painter.Tint(ColourPlan.Grey, 0, BodyBottom, painter.Width, HintHeight);
    }

    /// <summary>Draws a hint that ends before column <paramref name="right"/>, unless the person has switched hints off; gives the column
    /// where it starts.</summary>
    public int DrawHintRight(string hint, int right, int y)
    {
        if (!_ui.Settings.Is(Settings.Hints)) return right;
        Painter painter = _ui.Painter;
        byte[] text = Line.Clear().Add(hint).Bytes;
        for (int i = 0; i < Line.Count;)
        {
            int decoded = Utf8.Decode(text, i, Line.Count);
            int icon = IconOfSign(decoded >> 3);
            right -= icon != 0 ? painter.IconWidth(icon) + 1 : painter.Small.Advance(decoded >> 3);
            i += decoded & 7;
        }

        DrawSigns(painter.Small, 0, Line.Count, right, y, 0);
        return right;
    }

    /// <summary>Draws a hint that begins at a column.</summary>
    public void DrawHintAt(string hint, int x, int y) { DrawSigns(_ui.Painter.Small, 0, Line.Clear().Add(hint).Count, x, y, 0); }

    /// <summary>The sign of the button that chooses a group while writing.</summary>
    public int IconOfGroup(Key key)
    {
        if (_ui.Buttons > 2) return key == Key.Up ? Icon.Up : key == Key.Ok ? Icon.Ok : Icon.Down;
        if (_ui.Buttons == 2) return key == Key.Up ? Icon.Down : Icon.Ok;
        return key == Key.Up ? Icon.Ok : Icon.Hold; // a dot is a press, a dash a hold
    }

    private int IconOfSign(int code)
    {
        if (code < FirstSign) return 0;
        switch (code)
        {
            case UpSign: return _ui.Buttons < 3 ? Icon.Down : Icon.Up;
            case OkSign: return _ui.Buttons == 1 ? Icon.Hold : Icon.Ok;
            case DownSign: return _ui.Buttons == 1 ? Icon.Ok : Icon.Down;
            case WriteSign: return Icon.Pencil;
            default: return 0;
        }
    }

    private void AddHint(string hint)
    {
        if (Line.Count > 0) Line.Add("   ");
        Line.Add(hint);
    }

    /// <summary>Leaves of a hint what choosing does.</summary>
    private void CutHint()
    {
        byte[] text = Line.Bytes;
        if (Line.Count < 3 || (text[0] << 16 | text[1] << 8 | text[2]) != OkSignBytes)
        {
            Line.Clear();
            return;
        }

        for (int i = 0; i + 1 < Line.Count; i++)
        {
            if (text[i] != ' ' || text[i + 1] != ' ') continue;
            Line.Count = i;
            return;
        }
    }

    /// <summary>Draws a part of the line with the icons of the keys in place of their signs, which are so many rows lower than the
    /// letters.</summary>
    private void DrawSigns(PixelFont font, int start, int end, int x, int y, int iconDrop)
    {
        Painter painter = _ui.Painter;
        byte[] bytes = Line.Bytes;
        for (int i = start; i < end;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }

            int decoded = Utf8.Decode(bytes, i, end);
            int icon = IconOfSign(decoded >> 3);
            if (icon != 0)
            {
                x = painter.Draw(font, bytes, start, i, x, y, painter.Width);
                x = painter.DrawIcon(icon, x, y + iconDrop);
                start = i + (decoded & 7);
            }

            i += decoded & 7;
        }

        painter.Draw(font, bytes, start, end, x, y, painter.Width);
    }
}

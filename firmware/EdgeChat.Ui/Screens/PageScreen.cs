using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>A screen of text to read: lines that wrap and scroll, each plain, with a label and a value, or with a sign before it.</summary>
/// <remarks>The text is built in <see cref="LongText"/> once, and again when something changed or another has used that. A tab parts a
/// label from its value, which ends at the right edge, or has lines of its own when there is no room. <see cref="Sign"/> at the start of a
/// line is followed by the number of an <see cref="Icon"/>.</remarks>
public abstract class PageScreen : Screen
{
    private const byte Sign = 2;
    private const int FirstIcon = ' ';
    private const int SignColumns = 16;
    private const int Indent = 6;
    private const int LineHeight = 9;
    private const int Margin = 1;

    private bool _isBuilt;
    private int _topLine;
    private int _lines;
    private int _visible;

    /// <summary>Makes a page.</summary>
    protected PageScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <summary>What is above the text.</summary>
    protected abstract string Title { get; }

    /// <summary>What Ok does, for the bottom line, which also says when there is more below.</summary>
    protected abstract string Hint { get; }

    /// <summary>Writes the text.</summary>
    protected abstract void Write(TextBuffer page, long nowMs);

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        if (!_isBuilt || !Ui.LongText.IsOf(this))
        {
            Write(Ui.LongText.Take(this), nowMs);
            _isBuilt = true;
        }

        _visible = (Ui.Chrome.BodyBottom - Chrome.BodyTop - 1) / LineHeight;
        _lines = Lines(painter, -1);
        if (_topLine > _lines - _visible) _topLine = _lines > _visible ? _lines - _visible : 0;
        Ui.Chrome.DrawHeader(Title, nowMs);
        Lines(painter, _topLine);
        if (_lines > _visible)
        {
            int height = _visible * LineHeight;
            int length = height * _visible / _lines;
            painter.Fill(painter.Width - 1, Chrome.BodyTop + 1 + (height - length) * _topLine / (_lines - _visible), 1, length);
        }

        Ui.Chrome.DrawHint(Hint, _topLine < _lines - _visible);
    }

    /// <summary>Where the text ends, once it was drawn: the first row below it.</summary>
    protected int TextBottom { get { return YOf(_lines, 0); } }

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        if (key == Key.Ok)
        {
            OnOk(nowMs);
            return;
        }

        int step = _visible > 2 ? _visible - 1 : 1;
        int top = key == Key.Down ? _topLine + step : _topLine - step;
        if (Ui.Buttons < 3 && key == Key.Down && _topLine >= _lines - _visible) top = 0;
        if (top > _lines - _visible) top = _lines - _visible;
        if (top < 0) top = 0;
        if (top == _topLine) return;
        _topLine = top;
        Ui.Stack.MustDraw = true;
    }

    /// <inheritdoc/>
    public override void Refresh() { _isBuilt = false; }

    /// <summary>Ok was pressed.</summary>
    protected virtual void OnOk(long nowMs) { }

    /// <summary>Begins a line with a sign before it.</summary>
    protected static TextBuffer AddSign(TextBuffer page, int icon) { return page.Add((char)Sign).Add((char)(FirstIcon + icon)); }

    /// <summary>Counts the lines, and draws those from <paramref name="from"/> on unless that is negative.</summary>
    private int Lines(Painter painter, int from)
    {
        TextBuffer page = Ui.LongText.Text;
        byte[] text = page.Bytes;
        int line = 0;
        int start = 0;
        while (start < page.Count)
        {
            int end = start;
            int tab = -1;
            for (; end < page.Count && text[end] != '\n'; end++)
                if (text[end] == '\t') tab = end;
            line = Line(painter, start, tab, end, line, from);
            start = end + 1;
        }

        return line;
    }

    private int Line(Painter painter, int start, int tab, int end, int line, int from)
    {
        byte[] text = Ui.LongText.Text.Bytes;
        PixelFont font = painter.Text;
        int right = painter.Width - 3;
        int x = Margin;
        if (end - start > 1 && text[start] == Sign)
        {
            if (IsDrawn(line, from)) painter.DrawIcon(text[start + 1] - FirstIcon, x, YOf(line, from));
            x += SignColumns;
            start += 2;
        }

        if (tab < 0) return Wrapped(painter, start, end, x, right, line, from);
        int value = font.Measure(text, tab + 1, end);
        if (x + font.Measure(text, start, tab) + Indent + value > right)
        {
            line = Wrapped(painter, start, tab, x, right, line, from);
            return Wrapped(painter, tab + 1, end, x + Indent, right, line, from);
        }

        if (IsDrawn(line, from))
        {
            painter.Draw(font, text, start, tab, x, YOf(line, from), right);
            painter.Draw(font, text, tab + 1, end, right - value, YOf(line, from), right);
        }

        return line + 1;
    }

    private int Wrapped(Painter painter, int start, int end, int x, int right, int line, int from)
    {
        byte[] text = Ui.LongText.Text.Bytes;
        if (start == end) return line + 1;
        while (start < end)
        {
            int lineEnd = TextLayout.LineEnd(painter.Text, text, start, end, right - x);
            if (IsDrawn(line, from)) painter.Draw(painter.Text, text, start, lineEnd, x, YOf(line, from), right);
            start = TextLayout.NextLine(text, lineEnd, end);
            line++;
        }

        return line;
    }

    private bool IsDrawn(int line, int from) { return from >= 0 && line >= from && line < from + _visible; }

    private static int YOf(int line, int from) { return Chrome.BodyTop + 1 + (line - from) * LineHeight; }
}

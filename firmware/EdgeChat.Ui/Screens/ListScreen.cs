using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>A screen of rows of one height, one of them chosen. Moving the choice inverts two rows; rows are drawn only when the list
/// scrolls or changes.</summary>
public abstract partial class ListScreen : Screen
{
    private const int ThumbColumns = 3; // the track at the right edge and the gap before it

    private int _top;
    private int _drawnRow = -1; // that is inverted in the picture; its complement when the picture may be another

    /// <summary>Makes a list.</summary>
    protected ListScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <summary>The chosen row.</summary>
    public int Selected { get; protected set; }

    /// <summary>Pixels from one row to the next.</summary>
    protected virtual int RowHeight { get { return 9; } }

    /// <summary>How many rows there are.</summary>
    protected abstract int Count { get; }

    /// <summary>What is above the rows.</summary>
    protected abstract string Title { get; }

    /// <summary>What the keys do, for the bottom line.</summary>
    protected abstract string Hint { get; }

    /// <summary>What stands in place of rows when there are none; may have several lines.</summary>
    protected virtual string EmptyText { get { return ""; } }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        int count = Count;
        int visible = Visible;
        Arrange(count, visible);
        Ui.Chrome.DrawHeader(Title, nowMs);
        int right = count > visible ? painter.Width - ThumbColumns : painter.Width;
        for (int i = 0; i < visible && _top + i < count; i++) DrawRow(painter, _top + i, RowY(i), right, nowMs);
        if (count == 0) Ui.Chrome.DrawParagraph(EmptyText, Chrome.BodyTop + 6);
        if (count > visible) DrawThumb(painter, count, visible);
        Ui.Chrome.DrawHint(Hint);
        _drawnRow = -1;
        Highlight(painter, visible);
        if (HasLooks) Drawn(count, visible, nowMs);
    }

    /// <inheritdoc/>
    public override bool DrawMinute(Painter painter, long nowMs)
    {
        painter.Erase(0, 0, painter.Width, Chrome.BodyTop);
        Ui.Chrome.DrawHeader(Title, nowMs);
        if (_drawn != null) _drawn[CornerCell] = Ui.Chrome.CornerLook(nowMs);
        return true;
    }

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        int count = Count;
        if (key == Key.Ok)
        {
            if (count > 0) Choose(Selected, nowMs);
            return;
        }

        if (count == 0) return;
        string hint = Hint;
        Selected += key == Key.Down ? 1 : count - 1;
        if (Selected >= count) Selected -= count;
        Move(hint);
    }

    /// <inheritdoc/>
    public override void Refresh()
    {
        if (_drawnRow >= 0) _drawnRow = ~_drawnRow;
    }

    /// <summary>Draws a row between y and the row's height, up to column <paramref name="right"/>.</summary>
    protected abstract void DrawRow(Painter painter, int row, int y, int right, long nowMs);

    /// <summary>Ok was pressed on a row.</summary>
    protected abstract void Choose(int row, long nowMs);

    /// <summary>Goes to the first row.</summary>
    protected void Restart()
    {
        Selected = 0;
        _top = 0;
        Refresh();
    }

    /// <summary>Shows that another row is chosen, with as little drawing as that takes.</summary>
    private void Move(string drawnHint)
    {
        Painter painter = Ui.Painter;
        int visible = Visible;
        bool fits = Selected >= _top && Selected < _top + visible;
        if (_drawnRow < 0 || !fits || Ui.Stack.MustDraw || Ui.Chrome.IsNotifying)
        {
            Ui.Stack.MustDraw = true;
            return;
        }

        Highlight(painter, visible);
        if (Hint != drawnHint) DrawHintAnew(painter);
        painter.Show();
    }

    private void DrawHintAnew(Painter painter)
    {
        painter.Erase(0, Ui.Chrome.BodyBottom, painter.Width, painter.Height);
        Ui.Chrome.DrawHint(Hint);
        if (_drawn != null) _drawn[HintCell] = HintOf(Count);
    }

    /// <summary>Lets the chosen row be one that there is, and one of those that are to be seen.</summary>
    private void Arrange(int count, int visible)
    {
        if (Selected >= count) Selected = count > 0 ? count - 1 : 0;
        if (_top > Selected) _top = Selected;
        if (_top + visible <= Selected) _top = Selected - visible + 1;
        if (_top + visible > count) _top = count > visible ? count - visible : 0;
    }

    private int RowY(int place) { return Chrome.BodyTop + place * RowHeight; }

    private int Visible { get { return (Ui.Chrome.BodyBottom - Chrome.BodyTop) / RowHeight; } }

    /// <summary>Takes the inversion from the row that has it and gives it to the chosen one.</summary>
    private void Highlight(Painter painter, int visible)
    {
        int count = Count;
        int right = count > visible ? painter.Width - ThumbColumns : painter.Width;
        if (_drawnRow >= 0) painter.Invert(0, RowY(_drawnRow - _top), right, RowHeight);
        _drawnRow = Selected;
        if (count > 0) painter.Invert(0, RowY(_drawnRow - _top), right, RowHeight);
    }

    private void DrawThumb(Painter painter, int count, int visible)
    {
        int height = visible * RowHeight;
        int length = height * visible / count;
        if (length < 4) length = 4;
        int y = Chrome.BodyTop + (height - length) * _top / (count - visible);
        painter.Fill(painter.Width - 1, y, 1, length);
    }
}

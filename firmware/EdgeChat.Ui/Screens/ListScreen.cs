using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>A screen of rows of one height, one of them chosen. Moving the choice inverts two rows; rows are drawn only when the list scrolls or changes.</summary>
public abstract class ListScreen : Screen
{
    private const int ThumbColumns = 3; // the track at the right edge and the gap before it

    private readonly int _rowHeight;
    private int _top;
    private int _drawnRow = -1;
    private int _drawnTop;
    private string _drawnHint;

    /// <summary>Makes a list.</summary>
    protected ListScreen(Screens ui, int rowHeight)
        : base(ui)
    {
        _rowHeight = rowHeight;
    }

    /// <summary>The chosen row.</summary>
    public int Selected { get; protected set; }

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
        int visible = Visible(painter);
        if (Selected >= count) Selected = count > 0 ? count - 1 : 0;
        if (_top > Selected) _top = Selected;
        if (_top + visible <= Selected) _top = Selected - visible + 1;
        if (_top + visible > count) _top = count > visible ? count - visible : 0;
        Ui.DrawHeader(painter, Title, nowMs);
        int right = count > visible ? painter.Width - ThumbColumns : painter.Width;
        for (int i = 0; i < visible && _top + i < count; i++) DrawRow(painter, _top + i, RowY(i), right, nowMs);
        if (count == 0) Ui.DrawParagraph(painter, EmptyText, Screens.BodyTop + 6);
        if (count > visible) DrawThumb(painter, count, visible);
        _drawnHint = Hint;
        Ui.DrawHint(painter, _drawnHint);
        _drawnRow = -1;
        _drawnTop = _top;
        Highlight(painter);
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
        Selected += key == Key.Down ? 1 : count - 1;
        if (Selected >= count) Selected -= count;
        Move();
    }

    /// <inheritdoc/>
    public override void Refresh() { _drawnRow = -1; }

    /// <summary>Draws a row between y and the row's height, up to column <paramref name="right"/>.</summary>
    protected abstract void DrawRow(Painter painter, int row, int y, int right, long nowMs);

    /// <summary>Ok was pressed on a row.</summary>
    protected abstract void Choose(int row, long nowMs);

    /// <summary>Goes to the first row.</summary>
    protected void Restart()
    {
        Selected = 0;
        _top = 0;
        _drawnRow = -1;
    }

    /// <summary>Shows that another row is chosen, with as little drawing as that takes.</summary>
    protected void Move()
    {
        Painter painter = Ui.Painter;
        bool fits = Selected >= _top && Selected < _top + Visible(painter);
        if (_drawnRow < 0 || _drawnTop != _top || !fits || !Ui.CanPatch)
        {
            Ui.Redraw();
            return;
        }

        Highlight(painter);
        string hint = Hint;
        if (hint != _drawnHint)
        {
            painter.Erase(0, Ui.BodyBottom(painter), painter.Width, painter.Height);
            Ui.DrawHint(painter, hint);
            _drawnHint = hint;
        }

        Ui.Patched();
    }

    private int RowY(int place) { return Screens.BodyTop + place * _rowHeight; }

    private int Visible(Painter painter) { return (Ui.BodyBottom(painter) - Screens.BodyTop) / _rowHeight; }

    /// <summary>Takes the inversion from the row that has it and gives it to the chosen one.</summary>
    private void Highlight(Painter painter)
    {
        int count = Count;
        int right = count > Visible(painter) ? painter.Width - ThumbColumns : painter.Width;
        if (_drawnRow >= 0) painter.Invert(0, RowY(_drawnRow - _top), right, _rowHeight);
        _drawnRow = Selected;
        if (count > 0) painter.Invert(0, RowY(_drawnRow - _top), right, _rowHeight);
    }

    private void DrawThumb(Painter painter, int count, int visible)
    {
        int height = visible * _rowHeight;
        int length = height * visible / count;
        if (length < 4) length = 4;
        int y = Screens.BodyTop + (height - length) * _top / (count - visible);
        painter.Fill(painter.Width - 1, y, 1, length);
    }
}

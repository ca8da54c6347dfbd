using EdgeChat.Core;

namespace EdgeChat.Ui;

// draws of a list that is on the screen already only the rows that are others now; what has merely moved by a row is moved
public abstract partial class ListScreen
{
    // cells of _drawn
    private const int FirstCell = 0;
    private const int CountCell = 1;
    private const int ShapeCell = 2;
    private const int OffsetCell = 3;
    private const int HintCell = 4; // whether the last row was chosen, which may have another hint
    private const int CornerCell = 5;
    private const int LooksCell = 6; // of the rows in the picture, and behind them room for those that are to be

    private int[] _drawn; // what the picture shows, or null

    /// <summary>Whether <see cref="LookOf"/> tells what stands in a row.</summary>
    protected virtual bool HasLooks { get { return false; } }

    /// <summary>A number that is another one when a row has something else to show, as long as nothing but ticks and what was added at ends
    /// has changed (<see cref="Delivery.Messenger.Shape"/>).</summary>
    protected virtual int LookOf(int row) { return 0; }

    /// <inheritdoc/>
    /// <remarks>Rows do not lie on pages, so what is drawn on light comes out dark: the chosen row is drawn at once as it is to
    /// be.</remarks>
    public override bool Update(Painter painter, long nowMs)
    {
        int count = Count;
        int visible = Visible;
        int[] drawn = _drawn;
        if (drawn == null || drawn[CountCell] != count || drawn[ShapeCell] != Ui.Messenger.Shape) return false;
        if (drawn[OffsetCell] != OffsetOf(nowMs) || drawn.Length != LooksCell + 2 * visible) return false;
        Arrange(count, visible);
        int rows = count < visible ? count : visible;
        int now = LooksCell + visible;
        for (int i = 0; i < rows; i++) drawn[now + i] = LookOf(_top + i);
        int from = 0;
        while (from < rows && drawn[now + from] == drawn[LooksCell + from]) from++;
        int last = rows - 1;
        while (last > from && drawn[now + last] == drawn[LooksCell + last]) last--;

        int right = count > visible ? painter.Width - ThumbColumns : painter.Width;
        DrawRows(painter, from, last, right, nowMs);
        _drawnRow = Selected;
        if (drawn[FirstCell] != _top && count > visible)
        {
            painter.Erase(right, Chrome.BodyTop, ThumbColumns, visible * RowHeight);
            DrawThumb(painter, count, visible);
        }

        if (drawn[HintCell] != HintOf(count)) DrawHintAnew(painter);
        if (drawn[CornerCell] != Ui.Chrome.CornerLook(nowMs)) DrawMinute(painter, nowMs);
        drawn[FirstCell] = _top;
        System.Array.Copy(drawn, now, drawn, LooksCell, rows);
        return true;
    }

    // the rows between two places, both of which show something else, if any do; and the chosen one
    private void DrawRows(Painter painter, int from, int last, int right, long nowMs)
    {
        int lit = (_drawnRow < 0 ? ~_drawnRow : _drawnRow) - _drawn[FirstCell];
        int chosen = Selected - _top;
        int move = from < last ? MoveOf(from, last) : 0;
        int lost = move == 0 ? -1 : move > 0 ? last : from; // the row that has left the picture
        bool isLitKept = lit == chosen && (lit < from || lit > last);
        bool isLitGone = move == 0 ? lit >= from && lit <= last : lit == lost;
        if (!isLitKept && !isLitGone) painter.Invert(0, RowY(lit), right, RowHeight);
        if (move != 0) painter.Move(RowY(move > 0 ? from : from + 1), (last - from) * RowHeight, move * RowHeight, right);
        if (move > 0) last = from;
        else if (move < 0) from = last;
        for (int i = from; i <= last; i++)
        {
            if (i == chosen) painter.Fill(0, RowY(i), right, RowHeight);
            else painter.Erase(0, RowY(i), right, RowHeight);
            if (i == chosen) painter.Tint(ColourPlan.Plate, 0, RowY(i), right, RowHeight);
            DrawRow(painter, _top + i, RowY(i), right, nowMs);
        }

        if (!isLitKept && (chosen < from || chosen > last)) painter.Invert(0, RowY(chosen), right, RowHeight);
    }

    // 1 when all rows but the first stood a row higher, -1 when all but the last stood a row lower, else 0
    private int MoveOf(int from, int last)
    {
        int[] drawn = _drawn;
        int now = LooksCell + (drawn.Length - LooksCell) / 2;
        int down = 0;
        int up = 0;
        for (int i = from; i < last; i++)
        {
            if (drawn[now + i + 1] == drawn[LooksCell + i]) down++;
            if (drawn[now + i] == drawn[LooksCell + i + 1]) up++;
        }

        return down == last - from ? 1 : up == last - from ? -1 : 0;
    }

    private void Drawn(int count, int visible, long nowMs)
    {
        if (_drawn == null || _drawn.Length != LooksCell + 2 * visible) _drawn = new int[LooksCell + 2 * visible];
        _drawn[FirstCell] = _top;
        _drawn[CountCell] = count;
        _drawn[ShapeCell] = Ui.Messenger.Shape;
        _drawn[OffsetCell] = OffsetOf(nowMs);
        _drawn[HintCell] = HintOf(count);
        _drawn[CornerCell] = Ui.Chrome.CornerLook(nowMs);
        for (int i = 0; i < visible && _top + i < count; i++) _drawn[LooksCell + i] = LookOf(_top + i);
    }

    private int HintOf(int count) { return Selected == count - 1 ? 1 : 0; }

    // the clock and the time zone, by which all times on the screen change
    private int OffsetOf(long nowMs) { return (int)Ui.Messenger.UnixAt(0) + Ui.Me.UtcOffsetMinutes * 60; }
}

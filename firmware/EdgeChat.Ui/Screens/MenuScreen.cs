namespace EdgeChat.Ui;

/// <summary>Choices about something, for the screen that opened it, which has the words for them and is told which was chosen.</summary>
public sealed class MenuScreen : ListScreen
{
    private const int BitsOfAction = 5;

    private readonly Screen _owner;
    private readonly string _title;
    private long _actions; // five bits each, the first one in the lowest
    private int _count;

    /// <summary>Makes a menu without items.</summary>
    public MenuScreen(ScreenContext ui, Screen owner, string title)
        : base(ui)
    {
        _owner = owner;
        _title = title;
    }

    /// <inheritdoc/>
    protected override int Count { get { return _count; } }

    /// <inheritdoc/>
    protected override string Title { get { return _title; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● choose   hold ▲ back"; } }

    /// <summary>Adds an item, at most 12: <see cref="Screen.ItemOf"/> of the owner says its words, and <see cref="Screen.OnMenu"/> is
    /// called when it is chosen.</summary>
    /// <param name="action">What it is to the owner, 0 to 31.</param>
    public MenuScreen Add(int action)
    {
        _actions |= (long)action << (BitsOfAction * _count++);
        return this;
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, _owner.ItemOf(ActionAt(row)), 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        Ui.Stack.Back(nowMs);
        _owner.OnMenu(ActionAt(row), nowMs);
    }

    private int ActionAt(int row) { return (int)(_actions >> (BitsOfAction * row)) & 31; }
}

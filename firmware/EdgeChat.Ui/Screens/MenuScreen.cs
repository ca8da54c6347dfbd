using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Choices about something, for the screen that opened it.</summary>
public sealed class MenuScreen : ListScreen
{
    /// <summary>Most items of a menu.</summary>
    public const int Most = 12;

    private readonly string[] _items = Column.Strings(Most);
    private readonly int[] _actions = new int[Most];
    private int _count;
    private string _title;
    private Screen _owner;

    /// <summary>Makes the menu of a board; it serves all screens, one after another.</summary>
    public MenuScreen(Screens ui)
        : base(ui, 9)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return _count; } }

    /// <inheritdoc/>
    protected override string Title { get { return _title; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● choose   hold ▲ back"; } }

    /// <summary>Makes it empty for a screen; <see cref="Add"/> fills it.</summary>
    public MenuScreen Begin(Screen owner, string title)
    {
        _owner = owner;
        _title = title;
        _count = 0;
        Restart();
        return this;
    }

    /// <summary>Adds an item; the owner is told <paramref name="action"/> when it is chosen.</summary>
    public MenuScreen Add(string item, int action)
    {
        _items[_count] = item;
        _actions[_count++] = action;
        return this;
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, _items[row], 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        int action = _actions[row];
        Ui.Back(nowMs);
        _owner.OnMenu(action, nowMs);
    }
}

using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The settings, a row each; Ok goes to the next choice.</summary>
public sealed class SettingsScreen : ListScreen
{
    /// <summary>Makes the screen.</summary>
    public SettingsScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Settings.Count; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Settings"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● change   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        string word = Settings.ChoiceOf(row, Ui.Settings.Chosen(row));
        int x = painter.DrawRight(painter.Text, word, right - 3, y);
        painter.DrawCut(painter.Text, Settings.TitleOf(row), 3, y, x - 3);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        int next = Ui.Settings.Chosen(row) + 1;
        Ui.Settings.Choose(row, Settings.ChoiceOf(row, next) != null ? next : 0);
        Ui.Stack.MustDraw = true;
    }
}

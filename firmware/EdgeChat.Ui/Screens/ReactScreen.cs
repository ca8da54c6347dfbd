namespace EdgeChat.Ui;

/// <summary>The reactions to the message that a thread has chosen; the last row takes an earlier one back.</summary>
public sealed class ReactScreen : ListScreen
{
    private const int Reactions = 6;

    private readonly ThreadScreen _thread;

    /// <summary>Makes the screen.</summary>
    public ReactScreen(ScreenContext ui, ThreadScreen thread)
        : base(ui)
    {
        _thread = thread;
    }

    /// <inheritdoc/>
    protected override int Count { get { return Reactions + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return "React"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● choose   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, row == Reactions ? "Take reaction back" : Of(row), 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        Ui.Stack.Back(nowMs);
        int message = _thread.Selected;
        if (message >= 0) Ui.Stack.Check("Not sent", Ui.Messenger.SendReaction(message, Of(row), nowMs), nowMs);
    }

    /// <summary>The emoji of a row, or an empty text, which takes a reaction back.</summary>
    private static string Of(int row)
    {
        switch (row)
        {
            case 0: return "👍";
            case 1: return "❤";
            case 2: return "😂";
            case 3: return "😮";
            case 4: return "😢";
            case 5: return "🙏";
            default: return "";
        }
    }
}

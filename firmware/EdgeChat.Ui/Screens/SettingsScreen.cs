using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The settings, a row each; Ok goes to the next choice, or asks for what is not chosen from a few.</summary>
public sealed class SettingsScreen : ListScreen
{
    private const int Name = Settings.Count;
    private const int Zone = Settings.Count + 1;
    private const int Gap = 6; // columns between a title and its value

    /// <summary>Makes the screen.</summary>
    public SettingsScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Zone + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Settings"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● change   hold ▲ back"; } }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        if (count > Limits.ShortTextBytes)
        {
            Ui.Stack.Check("Not changed", SendError.BadName, nowMs);
            return;
        }

        Ui.Stack.Back(nowMs);
        Ui.Own.SetName(count == 0 ? null : Encoding.UTF8.GetString(text, 0, count));
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        string title = row == Name ? "Name" : row == Zone ? "Time zone" : Settings.TitleOf(row);
        TextBuffer word = Ui.Chrome.Line.Clear();
        if (row == Name) word.Add(Ui.Me.DisplayName ?? Ui.Me.DeviceId);
        else if (row == Zone) word.Add(Zones.OffsetText(Ui.Me.OffsetAt(Ui.Messenger.UnixAt(nowMs))));
        else word.Add(Settings.ChoiceOf(row, Ui.Settings.Chosen(row)));
        int room = right - 3;
        int x = room - painter.Text.Measure(word.Bytes, 0, word.Count);
        int after = painter.DrawCut(painter.Text, title, 3, y, room) + Gap;
        painter.DrawCut(painter.Text, word.Bytes, 0, word.Count, x > after ? x : after, y, room);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row == Zone)
        {
            Ui.Stack.Open(new ZoneScreen(Ui), nowMs);
            return;
        }

        if (row == Name)
        {
            TextBuffer name = Ui.LongText.Take(null).Add(Ui.Me.DisplayName);
            Ui.Stack.Ask(this, "name", name.Bytes, name.Count, nowMs);
            return;
        }

        int next = Ui.Settings.Chosen(row) + 1;
        Ui.Settings.Choose(row, Settings.ChoiceOf(row, next) != null ? next : 0);
        Ui.Stack.MustDraw = true;
    }
}

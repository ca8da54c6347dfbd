using System.Text;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The way to everything that is no conversation; what it opens leads back to it.</summary>
public sealed class MainMenuScreen : ListScreen
{
    private const int Contacts = 0;
    private const int NewGroup = 1;
    private const int Search = 2;
    private const int Starred = 3;
    private const int Replies = 4;
    private const int Settings = 5;
    private const int Device = 6;
    private const int Label = 7;

    /// <summary>Makes the screen.</summary>
    public MainMenuScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Label + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Menu"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● open   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, WordsFor(row), 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row == NewGroup) Ui.Stack.Ask(this, "group name", Ui.LongText.Take(null).Bytes, 0, nowMs);
        else if (row == Search) SearchScreen.Ask(Ui, this, nowMs);
        else Ui.Stack.Open(Make(row), nowMs);
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        if (Selected == Search)
        {
            SearchScreen.Begin(Ui, text, count, -1, nowMs);
            return;
        }

        string name = Encoding.UTF8.GetString(text, 0, count);
        if (!Messenger.IsGroupName(name))
        {
            Ui.Stack.Check("Not made", SendError.BadName, nowMs);
            return;
        }

        Ui.Stack.Back(nowMs);
        Ui.Stack.Open(new PickScreen(Ui, name), nowMs);
    }

    private static string WordsFor(int row)
    {
        switch (row)
        {
            case Contacts: return "New chat";
            case NewGroup: return "New group";
            case Search: return "Search";
            case Starred: return "Starred";
            case Replies: return "Quick replies";
            case Settings: return "Settings";
            case Device: return "Device";
            default: return "Label";
        }
    }

    private Screen Make(int row)
    {
        switch (row)
        {
            case Contacts: return new ContactsScreen(Ui);
            case Starred: return new SearchScreen(Ui, null);
            case Replies: return new RepliesScreen(Ui);
            case Settings: return new SettingsScreen(Ui);
            case Device: return new DeviceScreen(Ui);
            default: return new LabelScreen(Ui);
        }
    }
}

namespace EdgeChat.Ui;

/// <summary>The way to everything that is no conversation; what it opens leads back to it.</summary>
public sealed class MainMenuScreen : ListScreen
{
    private const int Contacts = 0;
    private const int Replies = 1;
    private const int SettingsRow = 2;
    private const int Device = 3;

    private static readonly string[] Rows = { "Contacts", "Quick replies", "Settings", "Device", "Label" };

    /// <summary>Makes the screen.</summary>
    public MainMenuScreen(Screens ui)
        : base(ui, 9)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Rows.Length; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Menu"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● open   hold ▲ back"; } }

    /// <summary>Opens it at its first row.</summary>
    public void Show(long nowMs)
    {
        Restart();
        Ui.Open(this, nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, Rows[row], 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        switch (row)
        {
            case Contacts:
                Ui.Open(Ui.Contacts, nowMs);
                break;
            case Replies:
                Ui.RepliesList.Edit();
                Ui.Open(Ui.RepliesList, nowMs);
                break;
            case SettingsRow:
                Ui.Open(Ui.SettingsList, nowMs);
                break;
            case Device:
                Ui.Open(Ui.Device, nowMs);
                break;
            default:
                Ui.Open(Ui.Label, nowMs);
                break;
        }
    }
}

using System.Text;

namespace EdgeChat.Ui;

/// <summary>The Wi-Fi networks in range, the strongest first, and one by its name; Ok asks for the password of one, and the board tries
/// it.</summary>
public sealed class NetworkScreen : ListScreen
{
    private string _name; // whose password is written, or null while the name is

    /// <summary>Makes the screen.</summary>
    public NetworkScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Found + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return Ui.Requests.IsMeasuring ? "Wi-Fi: looking…" : "Wi-Fi"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● choose   hold ▲ back"; } }

    private int Found { get { return Ui.Status.Networks == null ? 0 : Ui.Status.Networks.Length; } }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        if (!Ui.Status.WantsNetworks)
        {
            Ui.Status.WantsNetworks = true;
            Ui.Requests.Scan(nowMs);
        }

        base.Draw(painter, nowMs);
    }

    /// <inheritdoc/>
    public override void Keep(long nowMs)
    {
        Ui.Status.WantsNetworks = false;
        Ui.Status.Networks = null;
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        string written = Encoding.UTF8.GetString(text, 0, count);
        Ui.Stack.Back(nowMs);
        if (_name != null) Ui.Requests.Configure("wifi\n" + _name + "\n" + written);
        else if (count > 0) AskPassword(written, nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, NameAt(row) ?? "Another name…", 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        _name = NameAt(row);
        if (_name == null) Ui.Stack.AskExactly(this, "Wi-Fi name", Ui.LongText.Take(null), nowMs);
        else AskPassword(_name, nowMs);
    }

    // the list may have become another since it was drawn
    private string NameAt(int row)
    {
        string[] names = Ui.Status.Networks;
        return names != null && row < names.Length ? names[row] : null;
    }

    private void AskPassword(string name, long nowMs)
    {
        _name = name;
        Ui.Stack.AskExactly(this, "password", Ui.LongText.Take(null), nowMs);
    }
}

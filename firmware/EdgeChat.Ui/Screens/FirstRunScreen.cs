using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>What a board shows that nobody has provisioned: what is missing and how to give it. With the keys alone it can be given an id,
/// a broker and a Wi-Fi, which the board then tries.</summary>
public sealed class FirstRunScreen : PageScreen
{
    private const int ActionSetUp = 0;
    private const int ActionDevice = 1;
    private const int Wifi = 2; // steps of the writing; the id and the broker come before
    private const int Password = 3;

    private string _order; // what was written so far, a line each
    private int _step;

    /// <summary>Makes the screen.</summary>
    public FirstRunScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override string Title { get { return "Not provisioned"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● set up"; } }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs) { return true; }

    /// <inheritdoc/>
    public override string ItemOf(int action) { return action == ActionSetUp ? "Set up…" : "Device"; }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        if (action == ActionDevice)
        {
            Ui.Stack.Open(new DeviceScreen(Ui), nowMs);
            return;
        }

        _order = "first";
        _step = 0;
        Ask(nowMs);
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        Ui.Stack.Back(nowMs);
        bool isLast = _step == Password || (_step == Wifi && count == 0);
        if (count > 0 || _step != Wifi) _order += "\n" + Encoding.UTF8.GetString(text, 0, count);
        _step++;
        if (isLast) Ui.Requests.Configure(_order);
        else Ask(nowMs);
    }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        if (Ui.Status.Mac != null) page.Add("MAC\t").Add(Ui.Status.Mac).Add('\n');
        page.Add("Plug it into a PC and run: edgechat provision\n");
        page.Add("By hand: edgechat.json on drive I: over USB, then restart; docs/building-for-the-board.md, step 3.");
    }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs)
    {
        Ui.Stack.Open(new MenuScreen(Ui, this, Title).Add(ActionSetUp).Add(ActionDevice), nowMs);
    }

    private void Ask(long nowMs)
    {
        string what = _step == 0 ? "its id" : _step == Wifi ? "Wi-Fi name" : _step == Password ? "password" : "broker";
        Ui.Stack.AskExactly(this, what, Ui.LongText.Take(null), nowMs);
    }
}

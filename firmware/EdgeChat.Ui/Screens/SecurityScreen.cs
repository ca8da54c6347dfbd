using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The security code that this board and another show when nobody stands between them. Ok says that the two were compared, or
/// takes that back. Where the display has room below the text they stand there as a QR code too, for one phone to read both.</summary>
public sealed class SecurityScreen : PageScreen
{
    private const int LeastSide = 58; // two pixels for each of the 25 modules, and four of light on each side

    private readonly string _device;

    /// <summary>Makes the screen for a device with a key.</summary>
    public SecurityScreen(ScreenContext ui, string device)
        : base(ui)
    {
        _device = device;
    }

    /// <inheritdoc/>
    protected override string Title { get { return "Security code"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return Ui.Messenger.IsVerified(_device) ? "● not compared" : "● it is the same"; } }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        base.Draw(painter, nowMs);
        int side = Ui.Chrome.BodyBottom - TextBottom - 1;
        if (side < LeastSide || !Ui.Messenger.IsSealed(_device)) return;
        byte[] text = Encoding.UTF8.GetBytes(Ui.Messenger.SecurityCodeOf(_device));
        QrCode.Encode(text, text.Length).Draw(painter, (painter.Width - side) / 2, TextBottom, side);
    }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        string code = Ui.Messenger.SecurityCodeOf(_device);
        if (code == null)
        {
            page.Add("There is no key any more.");
            return;
        }

        string name = Ui.Messenger.DisplayNameOf(_device);
        bool isVerified = Ui.Messenger.IsVerified(_device);
        AddSign(page, isVerified ? Icon.Verified : Icon.Lock).Add(code).Add('\n');
        page.Add(isVerified ? "You have compared it with " : "Compare it with ").Add(name).Add("'s board");
        page.Add(isVerified ? ".\n" : ": the same code there means that only you two can read.\n");
    }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs)
    {
        Messenger messenger = Ui.Messenger;
        Ui.Stack.Check("Not kept", messenger.SetVerified(_device, !messenger.IsVerified(_device)), nowMs);
        Refresh();
        Ui.Stack.MustDraw = true;
    }
}

using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The security code that this board and another show when nobody stands between them. Ok says that the two were compared, or
/// takes that back.</summary>
public sealed class SecurityScreen : PageScreen
{
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

using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>What a board shows that nobody has provisioned: what is missing and how to give it.</summary>
public sealed class FirstRunScreen : PageScreen
{
    /// <summary>Makes the screen.</summary>
    public FirstRunScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override string Title { get { return "Not provisioned"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● device"; } }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs) { return true; }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        page.Add("This board has no device id and no broker yet.\nPut edgechat.json on its drive I: over USB, then restart it.\n");
        page.Add("How: docs/building-for-the-board.md, step 3.");
    }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs) { Ui.Stack.Open(new DeviceScreen(Ui), nowMs); }
}

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
    public override bool IsOkHarmless { get { return true; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Not provisioned"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● device"; } }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs) { return true; }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        if (Ui.Status.Mac != null) page.Add("MAC\t").Add(Ui.Status.Mac).Add('\n');
        page.Add("Plug it into a PC and run: edgechat provision\n");
        page.Add("By hand: edgechat.json on drive I: over USB, then restart; docs/building-for-the-board.md, step 3.");
    }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs) { Ui.Stack.Open(new DeviceScreen(Ui), nowMs); }
}

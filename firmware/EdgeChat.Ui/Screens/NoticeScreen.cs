using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Says what went wrong and what to do about it; any key leads back.</summary>
public sealed class NoticeScreen : PageScreen
{
    private readonly string _title;
    private readonly string _text;

    /// <summary>Makes a notice.</summary>
    public NoticeScreen(ScreenContext ui, string title, string text)
        : base(ui)
    {
        _title = title;
        _text = text;
    }

    /// <inheritdoc/>
    protected override string Title { get { return _title; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● back"; } }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs) { page.Add(_text); }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs) { Ui.Stack.Back(nowMs); }
}

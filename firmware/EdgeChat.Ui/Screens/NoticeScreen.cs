using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Says what went wrong and what to do about it; any key leads back.</summary>
public sealed class NoticeScreen : PageScreen
{
    private string _title;
    private string _text;

    /// <summary>Makes the notice of a board.</summary>
    public NoticeScreen(Screens ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override string Title { get { return _title; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● back"; } }

    /// <summary>Says what it shows.</summary>
    public void Set(string title, string text)
    {
        _title = title;
        _text = text;
        Restart();
    }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs) { page.Add(_text); }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs) { Ui.Back(nowMs); }
}

using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Says what went wrong and what to do about it; any key leads back.</summary>
public sealed class NoticeScreen : PageScreen
{
    private readonly string _title;
    private readonly string _text;
    private readonly bool _isGood;

    /// <summary>Makes a notice.</summary>
    /// <param name="ui">What the screens work with.</param>
    /// <param name="title">What has happened.</param>
    /// <param name="text">More about it, and what to do.</param>
    /// <param name="isGood">Whether nothing went wrong.</param>
    public NoticeScreen(ScreenContext ui, string title, string text, bool isGood)
        : base(ui)
    {
        _title = title;
        _text = text;
        _isGood = isGood;
    }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        base.Draw(painter, nowMs);
        painter.Tint(_isGood ? ColourPlan.Green : ColourPlan.Red, 0, 0, painter.Measure(painter.Text, _title) + 2, Chrome.HeaderHeight);
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

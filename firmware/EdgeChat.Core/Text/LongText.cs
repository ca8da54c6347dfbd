namespace EdgeChat.Core;

/// <summary>The one long buffer of a board, made when it is needed first: for the page that is open, or the message that is drawn or
/// printed at the moment.</summary>
/// <remarks>Whoever writes takes it first. What another had in it is gone then, as <see cref="IsOf"/> tells that one.</remarks>
public sealed class LongText
{
    private object _owner;

    /// <summary>The text as its owner left it; null before the first one.</summary>
    public TextBuffer Text { get; private set; }

    /// <summary>Gives the buffer, empty, to a new owner; null for one that is done with it before anybody else can come.</summary>
    public TextBuffer Take(object owner)
    {
        if (Text == null) Text = new TextBuffer(Limits.LongTextBytes);
        _owner = owner;
        return Text.Clear();
    }

    /// <summary>Whether it still holds what this owner wrote.</summary>
    public bool IsOf(object owner) { return _owner == owner; }
}

namespace EdgeChat.Core;

/// <summary>The one long buffer of a board: for the page that is open, or the message that is drawn or printed at the moment.</summary>
/// <remarks>Whoever writes takes it first. What another had in it is gone then, as <see cref="IsOf"/> tells that one.</remarks>
public sealed class LongText
{
    private const int Capacity = 1400; // a content of 1,024 bytes and words around it; or the details of a message to 31 members

    private object _owner;

    /// <summary>The text as its owner left it.</summary>
    public TextBuffer Text { get; } = new TextBuffer(Capacity);

    /// <summary>Gives the buffer, empty, to a new owner; null for one that is done with it before anybody else can come.</summary>
    public TextBuffer Take(object owner)
    {
        _owner = owner;
        return Text.Clear();
    }

    /// <summary>Whether it still holds what this owner wrote.</summary>
    public bool IsOf(object owner) { return _owner == owner; }
}

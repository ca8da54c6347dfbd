namespace EdgeChat.Core;

/// <summary>What an entry of the message table is; the number is also what stands in its record on flash, so it never changes.</summary>
public static class EntryKind
{
    /// <summary>A text.</summary>
    public const byte Text = 0;

    /// <summary>A value with its unit.</summary>
    public const byte Value = 1;

    /// <summary>A place on earth.</summary>
    public const byte Location = 2;

    /// <summary>A content of a type that this board does not know.</summary>
    public const byte Unsupported = 3;

    /// <summary>Something that happened in a group.</summary>
    public const byte Event = 4;

    /// <summary>A range of a stream that is lost for good.</summary>
    public const byte Lost = 5;

    /// <summary>A reaction; it stands at the message that it is for.</summary>
    public const byte Reaction = 6;

    /// <summary>A range that its sender took back, or, of this board, a number whose message was taken back.</summary>
    public const byte Withdrawn = 7;

    /// <summary>A range that is missing as yet; on no flash, it follows from the numbers around it.</summary>
    public const byte Gap = 8;

    /// <summary>A message that is not for people: an invitation, a leave, a key.</summary>
    public const byte Control = 9;

    /// <summary>A message that was deleted on this board: its number and digest, and nothing of what it said.</summary>
    public const byte Deleted = 10;

    /// <summary>Its sender takes an earlier message back; it stands on no screen itself.</summary>
    public const byte TakeBack = 11;

    /// <summary>A message that its sender took back after it was shown, or, of this board, after it was sent: nothing of what it
    /// said.</summary>
    public const byte TakenBack = 12;

    /// <summary>Its sender gives an earlier text of its own another wording; it stands on no screen itself.</summary>
    public const byte Edit = 13;

    /// <summary>Whether an entry of this kind ever stands on a screen.</summary>
    public static bool IsVisible(byte kind) { return kind <= Lost || kind == Gap || kind == TakenBack; }

    /// <summary>Whether it stands for a range of numbers.</summary>
    public static bool IsRange(byte kind) { return kind == Lost || kind == Withdrawn || kind == Gap; }

    /// <summary>Whether it has a content that can be sent.</summary>
    public static bool HasContent(byte kind)
    {
        return kind < Lost || kind == Reaction || kind == Control || kind == TakeBack || kind == Edit;
    }

    /// <summary>Whether it is a message that nothing is left of but its place.</summary>
    public static bool IsEmptied(byte kind) { return kind == Deleted || kind == TakenBack; }

    /// <summary>Whether it is a message that says something: it can be taken back.</summary>
    public static bool IsMessage(byte kind) { return kind < Event; }

    /// <summary>Whether it stands for what came under its number, so that something else there is another message.</summary>
    public static bool HasCome(byte kind) { return HasContent(kind) || IsEmptied(kind); }
}

namespace EdgeChat.Core;

/// <summary>Why a body was refused.</summary>
public enum BodyError
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The body is over 1,536 bytes.</summary>
    TooLong,

    /// <summary>The bytes are not UTF-8, or an escape is half of a surrogate pair.</summary>
    NotUtf8,

    /// <summary>There is a NUL in a text; the board's strings would end there.</summary>
    HasNul,

    /// <summary>The bytes are not one JSON object and nothing else.</summary>
    NotJson,

    /// <summary>Arrays or objects lie deeper inside one another than 16 levels.</summary>
    TooDeep,

    /// <summary>A field has another JSON type than the protocol gives it.</summary>
    WrongType,

    /// <summary>A number is too large or too small, or a short text too long.</summary>
    OutOfRange,

    /// <summary>The content is over 1,024 bytes.</summary>
    ContentTooLong,

    /// <summary>A field is missing without which this type means nothing.</summary>
    MissingField,

    /// <summary>The body names another sender than the topic does.</summary>
    WrongSender,

    /// <summary>The body is sealed, and there is no key for its sender.</summary>
    NoKey,

    /// <summary>The body is not sealed, and there is a key for its sender.</summary>
    NotSealed,

    /// <summary>The seal is not that of its sender, of this topic and of what it encloses.</summary>
    WrongSeal,

    /// <summary>The body is sealed with a key that was used and is gone: it came before.</summary>
    Replayed,
}

/// <summary>Words for a <see cref="BodyError"/>, since the name of an enum value does not exist on a board.</summary>
public static class BodyErrors
{
    /// <summary>How many values there are, for a table of counters.</summary>
    public const int Count = 15;

    /// <summary>What a status line says.</summary>
    public static string WordsFor(BodyError error)
    {
        switch (error)
        {
            case BodyError.TooLong: return "too long";
            case BodyError.NotUtf8: return "not UTF-8";
            case BodyError.HasNul: return "has a NUL";
            case BodyError.NotJson: return "not JSON";
            case BodyError.TooDeep: return "nested too deep";
            case BodyError.WrongType: return "wrong type";
            case BodyError.OutOfRange: return "out of range";
            case BodyError.ContentTooLong: return "content too long";
            case BodyError.MissingField: return "field missing";
            case BodyError.WrongSender: return "wrong sender";
            case BodyError.NoKey: return "no key";
            case BodyError.NotSealed: return "not sealed";
            case BodyError.WrongSeal: return "wrong seal";
            case BodyError.Replayed: return "sealed, came before";
            default: return "accepted";
        }
    }
}

namespace EdgeChat.Core;

/// <summary>The values of <see cref="Body.Type"/> that this version knows.</summary>
public static class BodyTypes
{
    /// <summary>A text; not written.</summary>
    public const string Text = "";

    /// <summary>A receipt.</summary>
    public const string Receipt = "r";

    /// <summary>A request to send again.</summary>
    public const string Resend = "q";

    /// <summary>A notice that messages are lost for good.</summary>
    public const string Lost = "l";

    /// <summary>A location or other sensor value.</summary>
    public const string Value = "v";

    /// <summary>A reaction to a message.</summary>
    public const string Reaction = "b";

    /// <summary>Its sender takes the message <c>re</c> back.</summary>
    public const string TakeBack = "u";

    /// <summary>Its sender gives the message <c>re</c> another text.</summary>
    public const string Edit = "e";

    /// <summary>An invitation to the group <c>g</c>.</summary>
    public const string Invite = "j";

    /// <summary>Its sender leaves the group <c>g</c>.</summary>
    public const string Leave = "w";

    /// <summary>"Say again what you keep on the broker for others": presence and profile, or the roster of the group <c>g</c>.</summary>
    public const string Ask = "p";

    /// <summary>A configuration from the operator.</summary>
    public const string Configure = "c";

    /// <summary>What became of a configuration.</summary>
    public const string Outcome = "o";

    /// <summary>A group key.</summary>
    public const string GroupKey = "k";

    private const string Services = Receipt + Resend + Lost + Ask + Configure + Outcome;
    private const string Controls = Invite + Leave + GroupKey;

    /// <summary>Whether what has this type never has a number: it does no harm when it comes twice.</summary>
    public static bool IsService(string type) { return IsIn(Services, type); }

    /// <summary>Whether what has this type is a message that is not for people: it keeps groups right.</summary>
    public static bool IsControl(string type) { return IsIn(Controls, type); }

    private static bool IsIn(string letters, string type) { return type.Length == 1 && letters.IndexOf(type[0]) >= 0; }
}

namespace EdgeChat.Cli;

/// <summary>What a piece of console output is, for those terminals that show colours.</summary>
public enum TextStyle
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>Of less weight: times, references.</summary>
    Faint,

    /// <summary>A name of somebody.</summary>
    Name,

    /// <summary>Something new or well.</summary>
    Good,

    /// <summary>An error.</summary>
    Bad,

    /// <summary>The prompt and headings.</summary>
    Strong,
}

namespace EdgeChat.Cli;

/// <summary>What a key on the console means to the line editor.</summary>
public enum EditKey
{
    /// <summary>A byte in the middle of something, or a key without meaning here.</summary>
    None,

    /// <summary>The byte belongs to the text.</summary>
    Text,

    /// <summary>End of line.</summary>
    Enter,

    /// <summary>A line break inside the text (Alt-Enter).</summary>
    Break,

    /// <summary>Complete the word, or a tab.</summary>
    Tab,

    /// <summary>One character left.</summary>
    Left,

    /// <summary>One character right.</summary>
    Right,

    /// <summary>One word left.</summary>
    WordLeft,

    /// <summary>One word right.</summary>
    WordRight,

    /// <summary>To the start.</summary>
    Home,

    /// <summary>To the end.</summary>
    End,

    /// <summary>The line before in the history.</summary>
    Up,

    /// <summary>The line after in the history.</summary>
    Down,

    /// <summary>Erase the character before the cursor.</summary>
    Backspace,

    /// <summary>Erase the character at the cursor.</summary>
    Delete,

    /// <summary>Erase the word before the cursor.</summary>
    KillWord,

    /// <summary>Erase up to the start.</summary>
    KillStart,

    /// <summary>Erase up to the end.</summary>
    KillEnd,

    /// <summary>Clear the screen.</summary>
    ClearScreen,

    /// <summary>Forget the line.</summary>
    Interrupt,
}

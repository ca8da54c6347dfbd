using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>The line that a person types: changed at its end, one character as a person sees it at a time.</summary>
public sealed class ChatInput
{
    /// <summary>What stands there.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether the half of a character has come: its other half follows, and until then it is not shown.</summary>
    public bool IsHalf => Text.Length > 0 && char.IsHighSurrogate(Text[^1]);

    /// <summary>Takes a key; gives the line when it is complete, and empties it.</summary>
    public string? Type(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                string line = Text;
                Text = "";
                return line;
            case ConsoleKey.Backspace:
                Text = TextColumns.WithoutLast(Text);
                break;
            case ConsoleKey.U when key.Modifiers == ConsoleModifiers.Control:
                Text = "";
                break;
            case ConsoleKey.W when key.Modifiers == ConsoleModifiers.Control:
                string words = Text.TrimEnd();
                Text = words[..(words.LastIndexOf(' ') + 1)];
                break;
            default:
                if (!char.IsControl(key.KeyChar)) Text += key.KeyChar;
                break;
        }

        return null;
    }

    /// <summary>Puts a line there, as if it had been typed.</summary>
    public void Fill(string line) => Text = line;
}

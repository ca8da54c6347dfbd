using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Breaks UTF-8 text into lines by pixel width: at spaces, after a hyphen or slash, and inside a word only when it is wider than a line.</summary>
/// <remarks>Keeps nothing: a line is found from where the one before it ended, so a text of any length needs no table.</remarks>
public static class TextLayout
{
    /// <summary>Where the characters from <paramref name="start"/> that fit into <paramref name="width"/> columns end; at least one character is taken.</summary>
    public static int Fit(PixelFont font, byte[] text, int start, int end, int width)
    {
        int x = 0;
        int i = start;
        while (i < end)
        {
            int decoded = Utf8.Decode(text, i, end);
            x += font.Advance(decoded >> 3);
            if (x - 1 > width && i > start) return i;
            i += decoded & 7;
        }

        return i;
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends; <see cref="NextLine"/> tells where the next one begins.</summary>
    public static int LineEnd(PixelFont font, byte[] text, int start, int end, int width)
    {
        int x = 0;
        int i = start;
        int canBreak = -1;
        while (i < end)
        {
            if (text[i] == '\n') return i;
            int decoded = Utf8.Decode(text, i, end);
            int code = decoded >> 3;
            if (code == ' ') canBreak = i;
            x += font.Advance(code);
            if (x - 1 > width && i > start && code != ' ') return canBreak > start ? canBreak : i;
            i += decoded & 7;
            if ((code == '-' || code == '/') && i < end) canBreak = i;
        }

        return end;
    }

    /// <summary>Where the next line begins: spaces at a break are dropped, and so is the line feed that made it.</summary>
    public static int NextLine(byte[] text, int lineEnd, int end)
    {
        int i = lineEnd;
        while (i < end && text[i] == ' ') i++;
        if (i < end && text[i] == '\n') i++;
        return i;
    }

    /// <summary>Lines that a text takes, counted up to <paramref name="most"/>.</summary>
    public static int CountLines(PixelFont font, byte[] text, int end, int width, int most)
    {
        int lines = 0;
        int start = 0;
        while (start < end && lines < most)
        {
            start = NextLine(text, LineEnd(font, text, start, end, width), end);
            lines++;
        }

        return lines;
    }
}

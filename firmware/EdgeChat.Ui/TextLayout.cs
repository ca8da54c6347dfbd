using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Breaks UTF-8 text into lines by pixel width: at spaces, after a hyphen or slash, and inside a word only when it is wider than a
/// line.</summary>
/// <remarks>Keeps nothing: a line is found from where the one before it ended, so a text of any length needs no table. What a person
/// sees as one character is not divided.</remarks>
public static class TextLayout
{
    /// <summary>Where the characters from <paramref name="start"/> that fit into <paramref name="width"/> columns end; at least one is
    /// taken.</summary>
    public static int Fit(PixelFont font, byte[] text, int start, int end, int width)
    {
        int x = 0;
        int i = start;
        while (i < end)
        {
            int decoded = Utf8.Decode(text, i, end);
            int advance = font.Advance(decoded >> 3);
            x += advance;
            if (x - 1 > width && i > start && advance > 0) return i;
            i = Cluster.After(text, i, end, decoded);
        }

        return i;
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends, with its columns in <see cref="PixelFont.LineWidth"/>;
    /// <see cref="NextLine"/> tells where the next one begins.</summary>
    public static int LineEnd(PixelFont font, byte[] text, int start, int end, int width)
    {
        byte[] cells = font.Cells;
        int most = width + 1; // with the gap after the last character
        int x = 0;
        int i = start;
        int canBreak = start; // no break there
        int widthToBreak = 0;
        while (i < end)
        {
            int code = text[i];
            int length = 1;
            int advance = code > ' ' && code < PixelFont.AsciiEnd ? cells[(code - ' ') * PixelFont.CellSize] : 0;
            if (advance == 0)
            {
                if (code == ' ')
                {
                    if (x <= most) // else a space before this one has ended the line
                    {
                        canBreak = i;
                        widthToBreak = x;
                    }

                    x += cells[PixelFont.Space];
                    i++;
                    continue;
                }

                if (code == '\n') break;
                int decoded = Utf8.Decode(text, i, end);
                length = decoded & 7;
                int at = font.Find(decoded >> 3);
                cells = font.Cells;
                advance = cells[at];
                if (advance == 0)
                {
                    int next = Cluster.After(text, i, end, decoded);
                    if (canBreak == i) canBreak = next; // a mark stays with the sign that it is on
                    i = next;
                    continue;
                }

                if (at == PixelFont.WideAt && decoded >= Cluster.FirstFlag) length = Cluster.After(text, i, end, decoded) - i;
            }

            x += advance;
            if (x > most && i > start)
            {
                font.LineAdvance = canBreak > start ? widthToBreak : x - advance;
                return canBreak > start ? canBreak : i;
            }

            i += length;
            if (code <= '/' && (code == '-' || code == '/') && i < end)
            {
                canBreak = i;
                widthToBreak = x;
            }
        }

        bool hangs = x > most && canBreak > start; // with spaces at its end, which NextLine drops
        font.LineAdvance = hangs ? widthToBreak : x;
        return hangs ? canBreak : i;
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

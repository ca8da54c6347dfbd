using EdgeChat.Core;

namespace EdgeChat.Ui;

// marks that are code points of their own
public sealed partial class Painter
{
    private const int EndOfAccents = 0x370 << 3; // as Utf8.Decode gives it

    /// <summary>Draws a mark on the letter before it, as the font has the two together, else above what the letter is; a second mark on a
    /// letter, and one that no letter of the font has, is left out.</summary>
    /// <param name="font">The font that the letter was drawn with.</param>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the mark begins in it.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="x">The column after the letter and its gap.</param>
    /// <param name="y">The row that the letter was drawn at.</param>
    private void DrawAccent(PixelFont font, byte[] text, int start, int mark, int x, int y)
    {
        string pairs = Glyphs.Accented(mark);
        if (pairs == null) return;
        int letter = Utf8.Decode(text, Utf8.Previous(text, start), start) >> 3;
        int advance = font.Advance(letter);
        if (advance == 0 || advance > PixelFont.CellSize) return;
        int pair = pairs.IndexOf((char)letter);
        if (pair >= 0 && font.Advance(pairs[pair + 1]) <= advance) font.Overlay(letter, letter, pairs[pair + 1]);
        else font.Overlay(letter, pairs[0], pairs[1]);
        Columns(font.Cells, PixelFont.OverlayAt, PixelFont.OverlayAt + advance - 1, x - advance, y);
    }
}

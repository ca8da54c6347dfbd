using System.Text;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Fleet;

/// <summary>A display as text: a Braille letter shows two by four pixels.</summary>
internal static class Picture
{
    // dots 1, 2, 3, 7 on the left and 4, 5, 6, 8 on the right, as bits of U+2800 (Unicode, Braille Patterns)
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    public static string Of(VirtualDisplay display)
    {
        var text = new StringBuilder();
        for (int y = 0; y + 4 <= display.Height; y += 4)
        {
            text.Append("    ");
            for (int x = 0; x + 2 <= display.Width; x += 2)
            {
                int dots = 0;
                for (int row = 0; row < 4; row++)
                    for (int column = 0; column < 2; column++)
                        if (display.Pixel(x + column, y + row)) dots |= Dots[row, column];
                text.Append((char)(0x2800 + dots));
            }

            text.AppendLine();
        }

        return text.ToString();
    }
}

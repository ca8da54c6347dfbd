using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>What a <see cref="ColourPlan"/> is on a glass of 65,536 colours: RGB565, five bits red, six green, five blue.</summary>
/// <remarks>Marks and what they are on have a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3) unless the display is dimmed. A plate is
/// light in the dark theme and dark in the light one, and what is drawn on it is paper or a mark of the other theme.</remarks>
public static class Palette
{
    /// <summary>Bytes of a pixel.</summary>
    public const int PixelBytes = 2;

    /// <summary>Number of pixels that there are: for each colour the dark one and the light one.</summary>
    public const int Pixels = 2 * ColourPlan.Colours;

    private const ushort White = 0xFFFF;
    private const ushort Black = 0;

    private const ushort DarkPaper = 0x08A1;  // a green that is nearly black
    private const ushort DarkRaised = 0x2166; // a bluish grey
    private const ushort DarkPlate = 0xDFFA;  // a pale green
    private const ushort LightPaper = 0xEF9D; // a grey that is nearly white
    private const ushort LightInk = 0x10C4;
    private const ushort LightPlate = 0x01E6; // a deep green

    // marks on what is dark
    private const ushort BrightBlue = 0x55FD;
    private const ushort BrightRed = 0xFCD2;
    private const ushort BrightGrey = 0xAE39;
    private const ushort BrightGreen = 0x268C;
    private const ushort BrightAmber = 0xFE00;

    // marks on what is light
    private const ushort DeepBlue = 0x0318;
    private const ushort DeepRed = 0xB004;
    private const ushort DeepGrey = 0x530B;
    private const ushort DeepGreen = 0x0385;
    private const ushort DeepAmber = 0x8A80;

    private const int Most = 31; // of red and blue

    /// <summary>All pixels of a theme, the high byte of each first.</summary>
    /// <param name="copies">How often each comes.</param>
    /// <param name="isLight">Whether it is the light theme.</param>
    /// <param name="level">How bright, 0 to 255: 40 to 100 %.</param>
    public static byte[] Make(int copies, bool isLight, byte level)
    {
        var pixels = new byte[Pixels * copies * PixelBytes];
        int at = 0;
        int share = 12 + 19 * level / 255;
        for (int colour = 0; colour < ColourPlan.Colours; colour++)
        {
            int surface = colour & ColourPlan.Printed;
            bool isPlate = surface == ColourPlan.Plate;
            ushort mark = surface == ColourPlan.Printed ? White : MarkOf(colour - surface, isPlate == isLight, isLight);
            ushort ground = GroundOf(surface, isLight);
            for (int bit = 0; bit < 2; bit++)
            {
                int pixel = Dimmed((bit == 1) == isPlate ? ground : mark, share);
                for (int copy = 0; copy < copies; copy++)
                {
                    pixels[at++] = (byte)(pixel >> 8);
                    pixels[at++] = (byte)pixel;
                }
            }
        }

        return pixels;
    }

    private static ushort GroundOf(int surface, bool isLight)
    {
        switch (surface)
        {
            case ColourPlan.Printed: return Black;
            case ColourPlan.Plate: return isLight ? LightPlate : DarkPlate;
            case ColourPlan.Raised: return isLight ? White : DarkRaised;
            default: return isLight ? LightPaper : DarkPaper;
        }
    }

    private static ushort MarkOf(int mark, bool isOnDark, bool isLight)
    {
        switch (mark)
        {
            case ColourPlan.Blue: return isOnDark ? BrightBlue : DeepBlue;
            case ColourPlan.Red: return isOnDark ? BrightRed : DeepRed;
            case ColourPlan.Grey: return isOnDark ? BrightGrey : DeepGrey;
            case ColourPlan.Green: return isOnDark ? BrightGreen : DeepGreen;
            case ColourPlan.Amber: return isOnDark ? BrightAmber : DeepAmber;
        }

        if (isOnDark) return isLight ? LightPaper : White;
        return isLight ? LightInk : DarkPaper;
    }

    // what is left of a colour is rounded up, so that nothing but black becomes black
    private static int Dimmed(ushort colour, int share)
    {
        int red = ((colour >> 11) * share + Most - 1) / Most;
        int green = ((colour >> 5 & 63) * share + Most - 1) / Most;
        int blue = ((colour & 31) * share + Most - 1) / Most;
        return red << 11 | green << 5 | blue;
    }
}

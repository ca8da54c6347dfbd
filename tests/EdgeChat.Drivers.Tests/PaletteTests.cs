using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Drivers.Tests;

/// <summary>The pixels that colours become on a display.</summary>
[TestClass]
public class PaletteTests
{
    [TestMethod]
    public void Dark_paper_and_what_is_drawn_on_it_are_as_bright_as_asked_for()
    {
        Assert.AreEqual(0x08A1, Pixel(Palette.Make(1, false, 255), ColourPlan.Paper, 0));
        Assert.AreEqual(0xFFFF, Pixel(Palette.Make(1, false, 255), ColourPlan.Paper, 1));
        Assert.AreEqual(0x632C, Pixel(Palette.Make(1, false, 0), ColourPlan.Paper, 1), "40 %");
    }

    [TestMethod]
    public void What_is_turned_over_on_a_plate_is_paper()
    {
        for (int theme = 0; theme < 2; theme++)
        {
            byte[] palette = Palette.Make(1, theme == 1, 255);
            Assert.AreEqual(Pixel(palette, ColourPlan.Paper, 0), Pixel(palette, ColourPlan.Plate, 0), "theme " + theme);
        }
    }

    [TestMethod]
    public void A_code_is_dark_on_light_in_both_themes()
    {
        for (int theme = 0; theme < 2; theme++)
        {
            byte[] palette = Palette.Make(1, theme == 1, 255);
            Assert.AreEqual(0, Pixel(palette, ColourPlan.Printed, 0), "theme " + theme);
            Assert.AreEqual(0xFFFF, Pixel(palette, ColourPlan.Printed, 1), "theme " + theme);
        }
    }

    [TestMethod]
    public void No_two_marks_on_a_surface_are_the_same()
    {
        byte[] palette = Palette.Make(1, false, 207);
        for (int surface = ColourPlan.Paper; surface < ColourPlan.Printed; surface++)
        {
            int bit = surface == ColourPlan.Plate ? 0 : 1;
            for (int a = 0; a < ColourPlan.Colours; a += ColourPlan.Blue)
                for (int b = 0; b < a; b += ColourPlan.Blue)
                    Assert.AreNotEqual(Pixel(palette, a | surface, bit), Pixel(palette, b | surface, bit), a + " and " + b);
        }
    }

    [TestMethod]
    public void Each_pixel_comes_as_often_as_it_is_wide()
    {
        byte[] once = Palette.Make(1, true, 80);
        byte[] thrice = Palette.Make(3, true, 80);
        Assert.AreEqual(3 * once.Length, thrice.Length);
        for (int i = 0; i < thrice.Length; i++) Assert.AreEqual(once[i / 6 * 2 + i % 2], thrice[i]);
    }

    private static int Pixel(byte[] palette, int colour, int bit)
    {
        int at = (2 * colour + bit) * Palette.PixelBytes;
        return palette[at] << 8 | palette[at + 1];
    }
}

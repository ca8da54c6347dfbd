using EdgeChat.Core;
using EdgeChat.Drivers;
using EdgeChat.Tests.Screens;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Boards;

/// <summary>The light and the dark theme: that they are chosen and kept, and can be read.</summary>
[TestClass]
public class ThemeTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void The_theme_that_a_person_chooses_is_shown_at_once_and_after_a_restart()
    {
        ScreenBoard board = ScreenBoard.Shaped((160, 120, 3), Scenes.Busy, true);
        board.Ui.Stack.Open(new SettingsScreen(board.Ui), board.Now);
        board.Press("dddddo");
        board.App.NextBoardRequest();
        Assert.IsTrue(board.App.Frame.Colours.IsLight);

        board = ScreenBoard.Shaped((160, 120, 3), () => new ScreenBoard(flash: board.Flash), true);
        board.App.NextBoardRequest();
        Assert.IsTrue(board.App.Frame.Colours.IsLight, "after a restart");
        Assert.IsTrue(board.Ui.Settings.Choose(board.Ui.Settings.Find("theme"), "dark"));
        board.App.NextBoardRequest();
        Assert.IsFalse(board.App.Frame.Colours.IsLight);

        board = new ScreenBoard(flash: board.Flash);
        Assert.AreEqual(-1, board.Ui.Settings.Find("theme"), "without colours there is none");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Every_mark_has_the_contrast_of_WCAG_on_its_surface(bool isLight)
    {
        foreach (byte level in new byte[] { Settings.DefaultContrast, 255 })
        {
            byte[] palette = Palette.Make(1, isLight, level);
            for (int colour = 0; colour < ColourPlan.Colours; colour++)
            {
                double dark = Luminance(ColourDisplayTests.Pixel(palette, colour, 0));
                double light = Luminance(ColourDisplayTests.Pixel(palette, colour, 1));
                double contrast = (Math.Max(dark, light) + 0.05) / (Math.Min(dark, light) + 0.05);
                TestContext.WriteLine($"level {level}, colour {colour}: {contrast:F1}");
                Assert.IsGreaterThanOrEqualTo(4.5, contrast, $"level {level}, colour {colour}");
            }
        }
    }

    // WCAG 2.2, relative luminance
    private static double Luminance(ushort colour)
    {
        static double Linear(double share) => share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        return 0.2126 * Linear((colour >> 11) / 31.0) + 0.7152 * Linear((colour >> 5 & 63) / 63.0) + 0.0722 * Linear((colour & 31) / 31.0);
    }
}

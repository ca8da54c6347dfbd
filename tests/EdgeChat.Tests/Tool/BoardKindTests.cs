using EdgeChat.Tool.Demo;
using EdgeChat.Tool.Demo.Terminal;
using EdgeChat.Tool.Demo.Web;
using EdgeChat.VirtualBoard;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary>The demo with each kind of board.</summary>
[TestClass]
public class BoardKindTests
{
    [TestMethod]
    [DataRow("esp32-devkit", "up ▲, ok OK, down ▼")]
    [DataRow("heltec-wifi-kit-32", "ok ●")]
    [DataRow("m5stack-core", "up ▲, ok OK, down ▼")]
    [DataRow("lilygo-t-display", "down ▼, ok ●")]
    [DataRow("m5stickc-plus", "down ▼, ok ●")]
    public async Task The_page_draws_a_board_in_its_size_with_the_buttons_that_it_has(string model, string buttons)
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 1, model);
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() =>
            demo.Fleet.Presence.Of("alice")?.State == "on" && demo.Alice.Display.Snapshot().Any(b => b != 0), "alice is online and draws");
        await PageUnderTest.ShowsAsync(page, demo.Alice);
        var drawn = await page.Locator("[data-button]")
            .EvaluateAllAsync<string[]>("all => all.map(b => `${b.dataset.button} ${b.textContent}`)");
        Assert.AreEqual(buttons, string.Join(", ", drawn));

        var before = demo.Alice.Display.Snapshot();
        bool IsChanged() => !demo.Alice.Display.Snapshot().AsSpan().SequenceEqual(before);
        await page.Locator("[data-button=ok]").HoverAsync();
        // the only button of a board tells a hold when it is let go; on a busy PC it may be held so long that it is another key
        for (int attempt = 0; attempt < 10 && !IsChanged(); attempt++)
        {
            await page.Mouse.DownAsync();
            await Task.Delay(900);
            await page.Mouse.UpAsync();
            await Task.WhenAny(demo.UntilAsync(IsChanged, "a menu"), Task.Delay(3000));
        }

        await demo.UntilAsync(IsChanged, "a menu");
        await PageUnderTest.ShowsAsync(page, demo.Alice);
        if (Environment.GetEnvironmentVariable("EDGECHAT_PAGE_PICTURES") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, model + ".png") });
        Assert.AreEqual(0, demo.PageErrors.Count, string.Join("\n", demo.PageErrors));
    }

    [TestMethod]
    public async Task A_change_of_colours_costs_the_page_little()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 1, "m5stack-core");
        await demo.UntilAsync(() => demo.Alice.Display.IsOn, "alice draws");
        SeenColours? seen = null;
        var all = ColourDiff.Encode(0, demo.Alice.Display, ref seen)!;
        CollectionAssert.AreEqual(new byte[] { 3, 0, 1, 0, 64, 1, 240, 0 }, all[..8], "320 and 240, little-endian");
        var spans = Enumerable.Range(1, all.Length / 8 - 1)
            .Select(i => (Row: BitConverter.ToUInt16(all, i * 8 + 2), Length: BitConverter.ToUInt16(all, i * 8 + 4)));
        foreach (var row in spans.GroupBy(s => s.Row))
            Assert.AreEqual(320, row.Sum(s => s.Length), $"row {row.Key}");
        // while the board still draws there is more than the one pixel to send
        await demo.UntilAsync(() => CostOfOnePixel(demo.Alice.Display) == 16, "one pixel costs a head and a span");
    }

    [TestMethod]
    public async Task A_terminal_shows_a_large_board_with_a_character_for_each_pixel_of_the_messengers_picture()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 1, "lilygo-t-display");
        await demo.UntilAsync(() => demo.Alice.Display.IsOn && demo.Alice.Display.Snapshot().Any(b => b != 0), "alice draws");
        var lines = ScreenText.HalfBlocks(demo.Alice.Display);
        Assert.AreEqual((34, 120), (lines.Length, lines[0].Length));
        Assert.IsTrue(lines.Any(l => l.Trim().Length > 0));
    }

    [TestMethod]
    public async Task Large_text_is_on_the_page_in_the_terminal_and_read_off_the_screen()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 1, "m5stack-core");
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => ScreenReader.Read(demo.Alice.Display).Contains("Menu"), "the list");
        var before = ScreenText.HalfBlocks(demo.Alice.Display);
        Assert.AreEqual((60, 160), (before.Length, before[0].Length));
        PlainView.Type(demo.Alice, "set text large\r"u8.ToArray(), CancellationToken.None);
        await demo.UntilAsync(
            () => demo.Alice.Display.PixelSize == 3 && ScreenReader.Read(demo.Alice.Display).Contains("Menu"), "the list, large");
        await PageUnderTest.ShowsAsync(page, demo.Alice);
        var lines = ScreenText.HalfBlocks(demo.Alice.Display);
        Assert.AreEqual((40, 106), (lines.Length, lines[0].Length));
    }

    [TestMethod]
    public async Task The_text_is_read_off_a_display_whose_rows_are_no_multiple_of_two()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 1, "lilygo-t-display");
        await demo.UntilAsync(() => ScreenReader.Read(demo.Alice.Display).Contains("Menu"), "the list");
    }

    [TestMethod]
    public async Task Characters_in_colours_have_those_of_the_glass()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 1, "m5stack-core");
        await demo.UntilAsync(() => ScreenReader.Read(demo.Alice.Display).Contains("Menu"), "the list");
        ushort[] glass;
        PictureLine[] half, braille;
        do
        {
            glass = demo.Alice.Display.Colours();
            half = ScreenText.HalfBlocks(demo.Alice.Display, true);
            braille = ScreenText.Braille(demo.Alice.Display, true);
        }
        while (!glass.AsSpan().SequenceEqual(demo.Alice.Display.Colours()));
        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 160; x++)
            {
                var colour = glass[2 * y * 320 + 2 * x];
                var cell = half[y / 2].ColoursAt(x)!.Value;
                Assert.AreEqual(colour, y % 2 == 0 ? cell.Ink : cell.Ground, $"half blocks at {x}, {y}");
                cell = braille[y / 4].ColoursAt(x / 2)!.Value;
                var dot = y % 4 == 3 ? 6 + x % 2 : y % 4 + 3 * (x % 2);
                var isDot = ((braille[y / 4].Text[x / 2] - 0x2800) >> dot & 1) != 0;
                Assert.AreEqual(isDot, colour != cell.Ground, $"Braille at {x}, {y}");
            }
        }

        Assert.IsGreaterThan(3, glass.Distinct().Count());
    }

    [TestMethod]
    public async Task The_page_tells_that_a_board_was_heard()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 2, "m5stickc-plus");
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "both are online");
        PlainView.Type(demo.Alice, "send bob Hello\r"u8.ToArray(), CancellationToken.None);
        await demo.UntilAsync(() => demo.Bob.Tones > 0, "bob is heard");
        await page.Locator("[data-board=bob] .tones[role=status]", new() { HasText = "♪ 1 tone" }).WaitForAsync();
        Assert.AreEqual("", await page.Locator("[data-board=alice] .tones").TextContentAsync(), "who sends is not heard");
        Assert.AreEqual(0, demo.PageErrors.Count, string.Join("\n", demo.PageErrors));
    }

    private static int CostOfOnePixel(VirtualDisplay display)
    {
        SeenColours? seen = null;
        ColourDiff.Encode(0, display, ref seen);
        var pixels = (ushort[])seen!.Pixels.Clone();
        pixels[5 * 320 + 7] ^= 0xFFFF;
        seen = seen with { Pixels = pixels };
        return ColourDiff.Encode(0, display, ref seen)!.Length;
    }
}

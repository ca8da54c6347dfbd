using System.Globalization;
using System.Text.RegularExpressions;
using EdgeChat.Tests.Fleet;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary>The demo's page at every width, by keys alone, and for who does not see it.</summary>
[TestClass]
public partial class PageLayoutTests
{
    // a scroll bar is about so wide
    private const int Step = 16;

    [TestMethod]
    [DataRow(2, "esp32-devkit", Step)]
    [DataRow(5, "m5stack-core", Step)]
    [DataRow(20, "esp32-devkit", 5 * Step)]
    [DataRow(64, "esp32-devkit", 10 * Step)]
    public async Task Nothing_changes_its_size_by_itself_or_scrolls_sideways_at_any_width(int count, string model, int step)
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run, count, model);
        var page = await PageUnderTest.OpenAsync(demo);
        // around 1280 pixels the screens once took turns between two scales; and where the style sheet has another layout
        var widths = new SortedSet<int>(Enumerable.Range(0, (2560 - 320) / step + 1).Select(i => 320 + step * i)
            .Concat(Enumerable.Range(1274, 13)).Concat(Breakpoints().SelectMany(at => Enumerable.Range(at - 2, 5))));
        (int Width, string Layout)? last = null;
        foreach (int width in widths)
        {
            string layout = await StillAsync(page, width);
            if (step == Step && last is { } before && before.Layout != layout) await NarrowAsync(page, before, (width, layout));
            last = (width, layout);
        }
    }

    // between two widths with two layouts: the last pixel of the one and the first of the other
    private static async Task NarrowAsync(IPage page, (int Width, string Layout) narrow, (int Width, string Layout) wide)
    {
        while (wide.Width - narrow.Width > 1)
        {
            int width = (narrow.Width + wide.Width) / 2;
            string layout = await StillAsync(page, width);
            if (layout == narrow.Layout) narrow = (width, layout);
            else wide = (width, layout);
        }
    }

    // how many boards stand beside one another, and the size of a screen; fails when that is another after some frames
    private static async Task<string> StillAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 700);
        var seen = await page.EvaluateAsync<string[]>("""
            async () => {
              const frame = () => new Promise(requestAnimationFrame);
              const sizes = () => [...document.querySelectorAll('.board, .device, canvas, .terminal')]
                .map(e => `${e.clientWidth}x${e.clientHeight}`).join(' ');
              await frame(); await frame();
              const all = new Set();
              for (let i = 0; i < 4; i++) { all.add(sizes()); await frame(); }
              const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
              const columns = getComputedStyle(document.querySelector('main')).gridTemplateColumns.split(' ').length;
              const screen = document.querySelector('canvas');
              return [`${columns} columns, ${screen.clientWidth}x${screen.clientHeight}`, ...all,
                ...(wide > 0 ? [`${wide} pixels too wide`] : [])];
            }
            """);
        Assert.HasCount(2, seen, $"at {width} pixels: {string.Join(" | ", seen)}");
        return seen[0];
    }

    private static IEnumerable<int> Breakpoints()
    {
        string[] styles = Directory.GetFiles(Repository.File("tools/EdgeChat.Tool/wwwroot"), "*.css", SearchOption.AllDirectories);
        int[] found = [.. styles.SelectMany(file => Breakpoint().Matches(File.ReadAllText(file)))
            .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.IsNotEmpty(found);
        return found;
    }

    [TestMethod]
    [DataRow(20)]
    [DataRow(64)]
    public async Task Axe_finds_nothing_of_many_boards(int count)
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run, count);
        var page = await PageUnderTest.OpenAsync(demo);
        Assert.AreEqual(count, await page.Locator("[data-board]").CountAsync());
        await page.Locator("[data-board=carol] .open").ClickAsync();
        await Accessibility.CheckAsync(page, demo.PageErrors, "one board open");
    }

    [TestMethod]
    [DataRow(2, 1280, ColorScheme.Light)]
    [DataRow(2, 360, ColorScheme.Dark)]
    [DataRow(5, 1280, ColorScheme.Dark)]
    public async Task Axe_finds_nothing(int count, int width, ColorScheme scheme)
    {
        await using var demo = await DemoUnderTest.StartAsync(EdgeChat.Device.Program.Main, count);
        var page = await PageUnderTest.OpenAsync(
            demo, new BrowserNewPageOptions { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "all boards are online");
        demo.Alice.Type("help\rsend bob Hello\r"u8);
        await demo.UntilAsync(() => DemoUnderTest.Sent(demo.Alice).Count > 0, "a message is sent");
        demo.Bob.HasWifi = false;
        await Accessibility.CheckAsync(page, demo.PageErrors, "running");
        if (count > 4) await page.Locator("[data-board=bob] .open").ClickAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Broker" }).ClickAsync();
        await page.Locator("#broker.stopped").WaitForAsync();
        await Accessibility.CheckAsync(page, demo.PageErrors, "broker stopped");
    }

    [TestMethod]
    public async Task Everything_is_reached_forwards_by_keys()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await PageUnderTest.OpenAsync(demo);
        var stops = new List<string>();
        int most = await page.EvaluateAsync<int>("document.querySelectorAll('button, input, [tabindex]').length + 2");
        for (int i = 0; i < most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement.matches('.terminal')"))
            {
                stops.Add("terminal");
                await page.Keyboard.PressAsync("Tab");
                Assert.IsTrue(await page.EvaluateAsync<bool>("document.activeElement.matches('.terminal')"), "Tab completes");
                await page.Keyboard.PressAsync("Escape");
                continue;
            }

            stops.Add(await page.EvaluateAsync<string>(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"));
        }

        foreach (string name in new[]
        {
            "Overview", "Record scenario", "Broker", "Alice's power", "Bob's power", "Bob's Wi-Fi", "Bob: OK", "A line for Bob's console",
            "Save picture of Bob's screen", "Bob's packets",
        })
            CollectionAssert.Contains(stops, name, string.Join(", ", stops));
        Assert.AreEqual(2, stops.Count(s => s == "terminal"));
    }

    [TestMethod]
    public async Task A_new_message_and_the_screen_of_the_board_that_has_the_focus_are_told_in_words()
    {
        await using var demo = await DemoUnderTest.StartAsync(EdgeChat.Device.Program.Main);
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "both boards are online");
        await page.Locator("[data-board=bob] .device").FocusAsync();
        await page.GetByLabel("A line for Alice's console").EvaluateAsync(
            "input => { input.value = 'send bob Good morning'; input.form.requestSubmit(); }");
        await page.Locator("#news", new() { HasText = "Bob has a message from alice: Good morning" })
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("[data-board=bob] .shown", new() { HasText = "Good morning" })
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    [TestMethod]
    public async Task Many_boards_are_screens_alone_and_one_that_is_opened_is_whole()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run, 20);
        var page = await PageUnderTest.OpenAsync(demo);
        Assert.AreEqual(0, await page.Locator(".terminal:visible, .packets:visible").CountAsync());
        Assert.AreEqual(20, await page.Locator("canvas:visible").CountAsync());
        await page.Locator("[data-board=carol] .open").ClickAsync();
        Assert.AreEqual(1, await page.Locator(".terminal:visible").CountAsync());
        await page.Locator("[data-board=carol] [data-button=ok]").ClickAsync();
        await demo.UntilAsync(
            () => DemoUnderTest.ConsoleOf(demo.Fleet.Find("carol")!).EndsWith("[ok up]", StringComparison.Ordinal), "a press");
        await page.GetByRole(AriaRole.Button, new() { Name = "Overview" }).ClickAsync();
        Assert.AreEqual(20, await page.Locator(".terminal:visible").CountAsync());
    }

    [TestMethod]
    public async Task Packets_are_filtered_and_a_picture_and_a_video_are_saved()
    {
        await using var demo = await DemoUnderTest.StartAsync(EdgeChat.Device.Program.Main);
        var page = await PageUnderTest.OpenAsync(demo);
        await page.Locator("[data-board=alice] .packets tr.connect").First.WaitForAsync();
        await page.GetByLabel("Filter of Alice's packets").FillAsync("publish -ec1/p");
        await page.GetByLabel("A line for Alice's console").FillAsync("send bob Hello");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-board=alice] .packets tr.publish").First.WaitForAsync();
        Assert.AreEqual(0, await page.Locator("[data-board=alice] .packets tbody tr:not(.publish)").CountAsync());
        await page.GetByLabel("Filter of Alice's packets").FillAsync("");
        await page.Locator("[data-board=alice] .packets tr.connect").First.WaitForAsync();

        IDownload picture = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel("Save picture of Bob's screen").ClickAsync());
        StringAssert.Matches(picture.SuggestedFilename, new("^bob-[0-9]{6}\\.png$"));
        byte[] png = await File.ReadAllBytesAsync((await picture.PathAsync())!);
        CollectionAssert.AreEqual(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, png[..4]);
        await page.GetByLabel("Record video of Bob's screen").ClickAsync();
        await page.Locator("[data-board=bob] [data-button=down]").ClickAsync();
        IDownload video = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel("Save video of Bob's screen").ClickAsync());
        StringAssert.EndsWith(video.SuggestedFilename, ".webm");
    }

    [GeneratedRegex(@"(?:min|max)-width:\s*(\d+)px\)")]
    private static partial Regex Breakpoint();
}

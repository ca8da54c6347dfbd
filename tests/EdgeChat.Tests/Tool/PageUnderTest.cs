using EdgeChat.Tool.Demo;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary>Chromium, once for all tests, and what tests do with a page of the demo.</summary>
[TestClass]
public static class PageUnderTest
{
    private static readonly Lazy<Task<IPlaywright>> Driver = new(Playwright.CreateAsync);

    private static readonly Lazy<Task<IBrowser>> Browser =
        new(async () => await (await Driver.Value).Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            // a person's browser has scroll bars that take room
            IgnoreDefaultArgs = ["--hide-scrollbars"],
            Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
        }));

    [AssemblyCleanup]
    public static async Task CloseBrowserAsync()
    {
        if (Browser.IsValueCreated)
            await (await Browser.Value).CloseAsync();
        if (Driver.IsValueCreated)
            (await Driver.Value).Dispose();
    }

    /// <summary>An empty page; what goes wrong in its scripts is added to <paramref name="errors"/>.</summary>
    internal static async Task<IPage> NewAsync(BrowserNewPageOptions? options, List<string> errors)
    {
        var page = await (await Browser.Value).NewPageAsync(options);
        page.SetDefaultTimeout((float)DemoUnderTest.Limit.TotalMilliseconds);
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        return page;
    }

    internal static async Task<IPage> OpenAsync(DemoUnderTest demo, BrowserNewPageOptions? options = null)
    {
        var page = await NewAsync(options, demo.PageErrors);
        demo.Pages.Add(page);
        await page.GotoAsync(demo.Server.Url);
        await page.Locator("[data-board]").First.WaitForAsync();
        return page;
    }

    /// <summary>The canvas of a board as it is, in the order of the display RAM.</summary>
    internal static async Task<byte[]> PixelsAsync(IPage page, string board)
        => [.. (await page.EvaluateAsync<int[]>("board => window.edgechat.pixels(board)", board)).Select(b => (byte)b)];

    /// <summary>Returns when the canvas shows what the board's display shows; fails when that does not come.</summary>
    internal static async Task ShowsAsync(IPage page, DemoBoard board)
    {
        var end = DateTime.UtcNow + DemoUnderTest.Limit;
        byte[] seen;
        byte[] display;
        do
        {
            seen = await PixelsAsync(page, board.Id);
            display = board.Display.Snapshot();
            if (seen.AsSpan().SequenceEqual(display))
                return;
        }
        while (DateTime.UtcNow < end);
        Assert.Fail(
            $"{board.Id}'s canvas differs from the display in "
            + $"{seen.Zip(display).Count(p => p.First != p.Second)} of {display.Length} bytes");
    }
}

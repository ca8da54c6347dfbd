using EdgeChat.Fleet;
using EdgeChat.Tool.Fleets.Web;
using EdgeChat.Tool.Web;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary>The page of <c>provision --web</c> in Chromium.</summary>
[TestClass]
public class ProvisionPageTests
{
    [TestMethod]
    [DataRow(360, ColorScheme.Light)]
    [DataRow(1280, ColorScheme.Dark)]
    public async Task Boards_are_shown_with_step_failure_and_label(int width, ColorScheme scheme)
    {
        ProvisionNews news = News();
        await using LocalServer server = await ProvisionPage.ServeAsync(news);
        var errors = new List<string>();
        IPage page = await OpenAsync(server, width, scheme, errors);
        await using IBrowserContext context = page.Context; // it is closed: without its server it looks for that for ever
        await page.GetByText("Plug a board in").WaitForAsync();
        await Accessibility.CheckAsync(page, errors, "no board");
        Assert.IsFalse(page.Url.Contains('#', StringComparison.Ordinal), "the key leaves the address bar");

        Begin(news, "/dev/ttyUSB0", "alice", "24:6f:28:00:00:01");
        news.Add(new StepEvent("/dev/ttyUSB0", "alice", "24:6f:28:00:00:01", Step.Flash, StepState.Running, null, 0.4));
        Begin(news, "/dev/ttyUSB1", "bob", "24:6f:28:00:00:02");
        const string Cure = "bob: the board was unplugged; plug it in again, then run the command again";
        news.Add(new StepEvent("/dev/ttyUSB1", "bob", "24:6f:28:00:00:02", Step.Flash, StepState.Failed, Cure));
        news.Add(new BoardOutcome("/dev/ttyUSB1", "bob", Step.Flash, Cure, TimeSpan.FromSeconds(4)));
        ILocator alice = page.Locator("[data-port='/dev/ttyUSB0']"), bob = page.Locator("[data-port='/dev/ttyUSB1']");
        await alice.GetByText("Flash 40 % …").WaitForAsync();
        await bob.Locator(".fault", new() { HasText = Cure }).WaitForAsync();
        await bob.GetByText("Failed at: flash").WaitForAsync();
        await page.Locator("#news", new() { HasText = "bob: failed at flash" })
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });

        news.Add(new BoardOutcome("/dev/ttyUSB0", "alice", null, "provisioned", TimeSpan.FromSeconds(21)));
        await alice.GetByText("provisioned, in 21 s").WaitForAsync();
        Assert.AreEqual("1 of 2 boards are provisioned.", await page.Locator("#sum").InnerTextAsync());
        Assert.IsTrue(await alice.Locator("img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 0)"));
        await alice.GetByText("Steps").ClickAsync();
        await Accessibility.CheckAsync(page, errors, "one provisioned, one failed");
        Assert.IsTrue(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways");

        // what would be printed: the labels, and nothing else
        await page.EvaluateAsync("window.print = () => window.printed = true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Print all labels" }).ClickAsync();
        await page.WaitForFunctionAsync("window.printed");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        string visible = await page.EvaluateAsync<string>(
            "[...document.body.children].filter(e => e.checkVisibility()).map(e => e.id).join()");
        Assert.AreEqual("labels", visible);
        Assert.AreEqual("", string.Join('\n', errors));
    }

    [TestMethod]
    public async Task A_reload_keeps_the_key_and_a_page_without_it_says_so()
    {
        LocalServer server = await ProvisionPage.ServeAsync(News());
        var errors = new List<string>();
        IPage page = await OpenAsync(server, 1280, ColorScheme.Light, errors);
        await using IBrowserContext context = page.Context;
        await page.GetByText("0 of 2 boards").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByText("0 of 2 boards").WaitForAsync();
        IPage other = await page.Context.Browser!.NewPageAsync();
        await using IBrowserContext others = other.Context;
        await other.GotoAsync(server.Url.Split('#')[0]);
        await other.GetByText("This address has no key").WaitForAsync();
        await server.DisposeAsync();
        await page.GetByText("The command has ended.").WaitForAsync();
        Assert.AreEqual("", string.Join('\n', errors));
    }

    private static ProvisionNews News()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("edgechat-page-").FullName, FleetFile.DefaultName);
        File.WriteAllText(file, """
            fleet: home
            bundle: edgechat.bundle
            broker: { host: broker.home }
            boards:
              alice: { name: Alice }
              bob: { name: Bob }
            """);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, "edgechat.bundle"), "");
        FleetFile fleet = FleetReader.Load(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return new ProvisionNews(fleet, _ => false);
    }

    private static void Begin(ProvisionNews news, string port, string board, string mac)
    {
        news.Add(new StepEvent(port, null, null, Step.Identify, StepState.Begun));
        news.Add(new StepEvent(port, null, null, Step.Identify, StepState.Done, $"esp32, 4 MiB, {mac}"));
        news.Add(new StepEvent(port, null, mac, Step.Identity, StepState.Begun));
        news.Add(new StepEvent(port, board, mac, Step.Identity, StepState.Done, $"{board}, incarnation 1"));
        news.Add(new StepEvent(port, board, mac, Step.Flash, StepState.Begun));
    }

    private static async Task<IPage> OpenAsync(LocalServer server, int width, ColorScheme scheme, List<string> errors)
    {
        IPage page = await PageUnderTest.NewAsync(
            new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme }, errors);
        await page.GotoAsync(server.Url);
        return page;
    }
}

using System.Diagnostics;
using EdgeChat.Bundle;
using EdgeChat.Bundle.Web;
using EdgeChat.ImageKit;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using Microsoft.Playwright;

namespace EdgeChat.Usb.Tests;

/// <summary>The page of <c>edgechat bundle web</c> with the real ESP Web Tools in Chromium, and a virtual board behind its serial
/// port.</summary>
[TestClass]
public class InstallPageTests
{
    private const float Limit = 60_000;
    private const string Url = "http://localhost/";

    [TestMethod]
    [TestCategory("EsptoolJs")]
    [DataRow("esp32", "ESP32_REV3")]
    [DataRow("s3", "ESP32_S3")]
    [DataRow("c3", "ESP32_C3")]
    public async Task The_real_ESP_Web_Tools_installs_a_bundle_from_the_page(string key, string target)
    {
        LoaderChip chip = LoaderChip.Find(key)!;
        string folder = Directory.CreateTempSubdirectory("edgechat-install-").FullName;
        BundleFile bundle = BundleFile.Load(Samples.WriteBundle(
            folder,
            runtime: new RuntimeWriter { Chip = chip.Image.Id, Target = target, DeploymentSize = chip.IsFirst ? 0x1C0000 : 0x1F0000 },
            board: System.Text.Encoding.UTF8.GetBytes($$"""{ "name": "board-{{key}}", "title": "Board", "target": "{{target}}" }""")));
        string site = Path.Combine(folder, "site");
        InstallSite.Write(site, [bundle], Path.Combine(Peer, "node_modules", "esp-web-tools"));
        using var test = new BoardUnderTest(chip);
        // an earlier program lies where the new one does not reach
        int behind = bundle.Part(PartKind.Deployment).Address!.Value + 0x20000;
        test.Board.Flash.Program(behind, Samples.Mscorlib.AsSpan(0, 4096));

        using IPlaywright driver = await Playwright.CreateAsync();
        await using IBrowser browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        });
        IPage page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Limit);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        await WireAsync(page, test.Board);
        await ServeAsync(page, site);
        await page.GotoAsync(Url);

        await page.GetByRole(AriaRole.Button, new() { Name = "Install on this board" }).ClickAsync();
        await page.GetByText("Install EdgeChat for Board").First.ClickAsync();
        ILocator dialog = page.Locator("ewt-install-dialog");
        await dialog.GetByText("Next").ClickAsync();
        await dialog.GetByText("Install", new() { Exact = true }).Last.ClickAsync();
        ILocator end = page.Locator("ewt-page-message");
        await end.WaitForAsync();

        Assert.AreEqual("Installation complete!", await end.GetAttributeAsync("label"), string.Join('\n', errors));
        foreach (BundlePart part in InstallManifest.PartsOf(bundle))
        {
            byte[] bytes = InstallManifest.BytesOf(bundle, part);
            Assert.IsTrue(test.Board.Flash.Bytes.Slice(part.Address!.Value, bytes.Length).SequenceEqual(bytes), $"{part.Kind} is in flash");
        }

        Assert.AreEqual("", string.Join('\n', errors));
        Directory.Delete(folder, recursive: true);
    }

    private static string Peer
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "EdgeChat.sln"))) folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "tests", "EdgeChat.Usb.Tests", "Peer");
        }
    }

    private static async Task WireAsync(IPage page, VirtualUsbBoard board)
    {
        long began = Stopwatch.GetTimestamp();
        (bool Dtr, bool Rts) lines = default;
        await page.ExposeFunctionAsync("lineRead", async (int baud) =>
        {
            for (int i = 0; i < 20; i++)
            {
                if (board.TrySend(baud, Stopwatch.GetElapsedTime(began), out byte[] message)) return Convert.ToBase64String(message);
                await Task.Delay(1);
            }

            return "";
        });
        await page.ExposeFunctionAsync("lineWrite", (int baud, string bytes) =>
        {
            board.Receive(Convert.FromBase64String(bytes), baud, Stopwatch.GetElapsedTime(began));
            return true;
        });
        await page.ExposeFunctionAsync("lineSignals", (bool dtr, bool rts) =>
        {
            // the reset pin is let go: what the boot pin is then, decides
            if (lines.Rts && !lines.Dtr && !(rts && !dtr)) board.Reset(dtr && !rts, Stopwatch.GetElapsedTime(began));
            lines = (dtr, rts);
            return true;
        });
        await page.AddInitScriptAsync(scriptPath: Path.Combine(Peer, "web-serial.js"));
    }

    // as any web server would: a secure page, for its host is this one
    private static Task ServeAsync(IPage page, string folder) => page.RouteAsync(Url + "**", route =>
    {
        string name = new Uri(route.Request.Url).AbsolutePath[1..];
        string path = Path.Combine(folder, name.Length == 0 ? "index.html" : name);
        return route.FulfillAsync(File.Exists(path) ? new() { Path = path } : new() { Status = name == "favicon.ico" ? 204 : 404 });
    });
}

using EdgeChat.Core;
using EdgeChat.Tool.Demo;
using Microsoft.Playwright;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary>The demo's page in Chromium, with the real firmware on both boards.</summary>
[TestClass]
public class DemoPageTests
{
    [TestMethod]
    public async Task A_text_typed_on_alices_console_is_ink_on_bobs_screen_and_comes_back_as_a_filled_tick()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "both boards are online");
        await PageUnderTest.ShowsAsync(page, demo.Bob);
        var before = demo.Bob.Display.Snapshot();

        await page.GetByLabel("A line for Alice's console").FillAsync("send bob Hello");
        await page.Keyboard.PressAsync("Enter");
        await demo.UntilAsync(() => DemoUnderTest.Sent(demo.Alice) is [{ Tick: >= Tick.Two }], "two ticks on alice's message");
        await demo.UntilAsync(() => !demo.Bob.Display.Snapshot().AsSpan().SequenceEqual(before), "bob's screen changes");
        await PageUnderTest.ShowsAsync(page, demo.Bob);

        // bob opens the conversation
        await page.Locator("[data-board=bob] [data-button=ok]").ClickAsync();
        await demo.UntilAsync(() => DemoUnderTest.Sent(demo.Alice)[0].Tick == Tick.Shown, "filled ticks on alice's message");
        await page.Locator("[data-board=alice] .packets .mark.read").WaitForAsync();
        await PageUnderTest.ShowsAsync(page, demo.Bob);
        await PageUnderTest.ShowsAsync(page, demo.Alice);
    }

    [TestMethod]
    public async Task Messages_get_a_clock_while_the_broker_is_stopped_and_their_ticks_afterwards()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "both boards are online");
        await page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Broker" }).ClickAsync();
        await demo.UntilAsync(() => !demo.Broker.IsRunning, "the broker is stopped");
        foreach (var text in new[] { "one", "two", "three" })
        {
            await page.GetByLabel("A line for Alice's console").FillAsync("send bob " + text);
            await page.Keyboard.PressAsync("Enter");
        }

        await page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Broker" }).ClickAsync();
        await demo.UntilAsync(
            () => DemoUnderTest.Sent(demo.Alice) is { Count: >= 3 } rows && rows.All(r => r.Tick >= Tick.Two), "two ticks on all three");
        var texts = DemoUnderTest.Sent(demo.Alice).Select(r => r.Note!.Split("\"c\":\"")[1].TrimEnd('}', '"')).Distinct();
        CollectionAssert.AreEqual(new[] { "one", "two", "three" }, texts.ToArray());
    }

    [TestMethod]
    public async Task The_page_shows_each_board_with_its_pixels_and_its_name()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main, boards: 3);
        var page = await PageUnderTest.OpenAsync(demo);
        Assert.AreEqual(3, await page.Locator("[data-board]").CountAsync());
        foreach (var board in demo.Fleet.Boards)
        {
            await demo.UntilAsync(() => board.Display.Snapshot().Any(b => b != 0), $"{board.Id} draws");
            await PageUnderTest.ShowsAsync(page, board);
            Assert.AreEqual(BoardNames.Display(board.Id), await page.Locator($"[data-board={board.Id}] h2").InnerTextAsync());
        }

        StringAssert.Contains(await page.Locator("#hint").InnerTextAsync(), "send bob Hello");
    }

    [TestMethod]
    public async Task What_is_typed_into_the_console_pane_goes_to_the_board_key_by_key()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        var page = await PageUnderTest.OpenAsync(demo);
        await page.Locator("[data-board=bob] .terminal").ClickAsync();
        await page.Keyboard.TypeAsync("hel");
        await page.Keyboard.TypeAsync("p\n");
        await page.WaitForFunctionAsync("() => /help[^]*send/.test(window.edgechat.console('bob'))");
        StringAssert.Contains(DemoUnderTest.ConsoleOf(demo.Bob), "send");
    }

    [TestMethod]
    public async Task The_power_switch_cuts_and_gives_power()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => demo.Fleet.Presence.Of("bob")?.State == "on", "bob is online");
        var power = page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Bob's power" });
        await power.ClickAsync();
        await page.Locator("[data-board=bob] .presence[data-state=lost]").WaitForAsync();
        Assert.IsFalse(demo.Bob.IsOn);
        Assert.IsTrue((await PageUnderTest.PixelsAsync(page, "bob")).All(b => b == 0), "a screen without power is dark");
        await power.ClickAsync();
        await page.Locator("[data-board=bob] .presence[data-state=online]").WaitForAsync();
        Assert.AreEqual(2, demo.Bob.Boots);
    }

    [TestMethod]
    public async Task Another_sites_page_gets_nothing()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        using var http = new HttpClient();
        var foreign = new HttpRequestMessage(HttpMethod.Get, demo.Server.Url + "/");
        foreign.Headers.Add("Origin", "http://example.com");
        Assert.AreEqual(403, (int)(await http.SendAsync(foreign)).StatusCode);
        var rebound = new HttpRequestMessage(HttpMethod.Get, demo.Server.Url + "/");
        rebound.Headers.Host = "example.com";
        Assert.AreEqual(403, (int)(await http.SendAsync(rebound)).StatusCode);
        Assert.AreEqual(404, (int)(await http.GetAsync(demo.Server.Url + "/nothing.html")).StatusCode);
        Assert.AreEqual(200, (int)(await http.GetAsync(demo.Server.Url + "/")).StatusCode);
    }
}

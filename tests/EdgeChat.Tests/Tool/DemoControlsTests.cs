using System.Text;
using EdgeChat.Tool.Demo;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary>What a person does on the page reaches the board's pins and its serial line as they did it.</summary>
[TestClass]
public class DemoControlsTests
{
    [TestMethod]
    public async Task A_button_is_down_as_long_as_the_mouse_holds_it()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        await page.Locator("[data-board=bob] [data-button=ok]").HoverAsync();
        await page.Mouse.DownAsync();
        await SaysAsync(demo, demo.Bob, "[ok down]");
        await page.Mouse.MoveAsync(5, 5);
        Assert.IsFalse(DemoUnderTest.ConsoleOf(demo.Bob).Contains("[ok up]"), "the mouse left the button while it was down");
        await page.Mouse.UpAsync();
        await SaysAsync(demo, demo.Bob, "[ok down][ok up]");
        Assert.AreEqual("ready\r\n", DemoUnderTest.ConsoleOf(demo.Alice));
    }

    [TestMethod]
    public async Task Arrow_keys_and_Enter_are_the_buttons_of_the_board_that_has_the_focus()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        await page.Locator("[data-board=alice] .device").FocusAsync();
        foreach (var key in new[] { "ArrowUp", "Enter", "ArrowDown" })
            await page.Keyboard.PressAsync(key);
        await SaysAsync(demo, demo.Alice, "[up down][up up][ok down][ok up][down down][down up]");
        await page.Keyboard.DownAsync("ArrowDown");
        await page.Locator("[data-board=bob] .device").FocusAsync();
        await SaysAsync(demo, demo.Alice, "[down down][down up][down down][down up]");
        Assert.AreEqual("ready\r\n", DemoUnderTest.ConsoleOf(demo.Bob));
    }

    [TestMethod]
    public async Task A_click_without_a_mouse_is_a_press_that_the_firmware_notices()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        await page.EvaluateAsync("document.querySelector('[data-board=bob] [data-button=up]').click()");
        await SaysAsync(demo, demo.Bob, "[up down][up up]");
        await page.Locator("[data-board=bob] [data-button=up]").PressAsync("Enter");
        await SaysAsync(demo, demo.Bob, "[up down][up up][up down][up up]");
        await page.Locator("[data-board=bob] [data-button=up]").ClickAsync();
        await SaysAsync(demo, demo.Bob, "[up down][up up][up down][up up][up down][up up]");
    }

    [TestMethod]
    public async Task A_button_is_released_when_its_page_is_closed()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        await page.Locator("[data-board=alice] [data-button=up]").HoverAsync();
        await page.Mouse.DownAsync();
        await SaysAsync(demo, demo.Alice, "[up down]");
        await page.CloseAsync();
        await SaysAsync(demo, demo.Alice, "[up down][up up]");
    }

    [TestMethod]
    public async Task A_finger_works_on_a_phone_and_nothing_is_wider_than_its_screen()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await PageUnderTest.OpenAsync(demo, new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 },
            HasTouch = true,
            IsMobile = true,
            DeviceScaleFactor = 2,
        });
        await demo.UntilAsync(() => DemoUnderTest.ConsoleOf(demo.Bob) == "ready\r\n", "the firmware is ready");
        await page.Locator("[data-board=bob] [data-button=down]").TapAsync();
        await SaysAsync(demo, demo.Bob, "[down down][down up]");
        Assert.IsTrue(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways");
    }

    [TestMethod]
    public async Task A_line_and_keys_and_a_paste_arrive_as_typed()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        await page.GetByLabel("A line for Alice's console").FillAsync("Grüße");
        await page.Keyboard.PressAsync("Enter");
        await SaysAsync(demo, demo.Alice, "ready\r\nGrüße\r\n");
        await page.Locator("[data-board=alice] .terminal").ClickAsync();
        await page.Keyboard.TypeAsync("a ");
        foreach (var key in new[] { "Backspace", "ArrowLeft", "Control+a", "Escape" })
            await page.Keyboard.PressAsync(key);
        await SaysAsync(demo, demo.Alice, "Grüße\r\na \x7f\x1b[D\x01\x1b");
    }

    [TestMethod]
    public async Task All_keys_of_the_line_editor_reach_the_board_from_the_console_pane_and_Shift_Tab_leaves_it()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        await page.Locator("[data-board=alice] .terminal").ClickAsync();
        foreach (var key in new[] { "Tab", "Control+ArrowLeft", "Control+ArrowRight", "Alt+b", "Alt+f", "Alt+@", "x" })
            await page.Keyboard.PressAsync(key);
        await SaysAsync(demo, demo.Alice, "ready\r\n\t\u001b[1;5D\u001b[1;5C\u001bb\u001bf@x");
        await page.Keyboard.PressAsync("Alt+Enter");
        await SaysAsync(demo, demo.Alice, "x\u001b\r\n");
        await page.Keyboard.PressAsync("Shift+Tab");
        Assert.IsFalse(await page.EvaluateAsync<bool>("document.activeElement.classList.contains('terminal')"));
    }

    [TestMethod]
    public async Task The_console_pane_counts_columns_as_the_board_does()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        demo.Alice.Console.Append(Encoding.UTF8.GetBytes("\r\n1 漢字\b\bx\r\n2 👍a\b\b\bb \r\n3 e\u0301f\b\bg\r\n4 漢字\b\b\b\bab c"));
        await page.WaitForFunctionAsync("() => window.edgechat.console('alice').endsWith('\\n1 漢x\\n2 b a\\n3 gf\\n4 ab c')");
    }

    [TestMethod]
    public async Task The_console_pane_shows_colours_and_what_a_line_editor_does()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        demo.Alice.Console.Append("\r\n\x1b[1;32mok\x1b[0m\r\n> helo\b\b\x1b[Klo world\r\x1b[2Cg"u8);
        await page.WaitForFunctionAsync("() => window.edgechat.console('alice').endsWith('ok\\n> gelo world')");
        Assert.AreEqual("ok", await page.Locator("[data-board=alice] .terminal .c32.bold").InnerTextAsync());
    }

    [TestMethod]
    public async Task The_power_and_the_Wi_Fi_switch_work_and_a_second_page_sees_it()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var page = await OpenAsync(demo);
        var second = await OpenAsync(demo);
        await page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Bob's Wi-Fi" }).ClickAsync();
        await demo.UntilAsync(() => !demo.Bob.HasWifi, "no Wi-Fi");
        await page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Bob's power" }).ClickAsync();
        await second.Locator("[data-board=bob] .power [aria-checked=false]").WaitForAsync();
        await second.Locator("[data-board=bob] .wifi [aria-checked=false]").WaitForAsync();
        Assert.IsFalse(demo.Bob.IsOn);
        await second.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = "Bob's power" }).ClickAsync();
        await page.Locator("[data-board=bob] .power [aria-checked=true]").WaitForAsync();
        await SaysAsync(demo, demo.Bob, "ready\r\nready\r\n");
        Assert.AreEqual(2, demo.Bob.Boots);
    }

    // The page with the firmware of both boards ready for what comes.
    private static async Task<IPage> OpenAsync(DemoUnderTest demo)
    {
        var page = await PageUnderTest.OpenAsync(demo);
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b =>
            DemoUnderTest.ConsoleOf(b).StartsWith("ready\r\n", StringComparison.Ordinal)), "the firmware is ready");
        return page;
    }

    private static Task SaysAsync(DemoUnderTest demo, DemoBoard board, string text)
        => demo.UntilAsync(() => DemoUnderTest.ConsoleOf(board).EndsWith(text, StringComparison.Ordinal), $"{board.Id} says {text}");
}

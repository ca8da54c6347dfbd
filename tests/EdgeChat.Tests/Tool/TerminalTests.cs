using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo.Terminal;
using EdgeChat.VirtualBoard;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary><c>edgechat demo --headless</c> in a terminal: what is drawn, and what keys do.</summary>
[TestClass]
public class TerminalTests
{
    private static readonly TimeSpan Limit = Waiting.Longest;

    [TestMethod]
    public async Task Keys_choose_a_board_press_its_buttons_and_type_on_its_console()
    {
        using var tool = new ToolUnderTest((140, 50));
        var run = tool.StartAsync(EchoFirmware.Run, "demo", "--headless");
        await tool.PrintsAsync("ready", Limit);
        tool.Press(ConsoleKey.UpArrow);
        tool.Press(ConsoleKey.Enter, '\r');
        tool.Press(ConsoleKey.PageDown);
        await tool.PrintsAsync("[up down][up up][ok down][ok up][down down][down up]", Limit);
        tool.Press(ConsoleKey.Tab, '\t');
        await tool.PrintsAsync("bob> ", Limit);
        tool.TypeKeys("hej\r");
        await tool.PrintsAsync("hej", Limit);
        tool.Press(ConsoleKey.F2);
        await tool.PrintsAsync("bob · no power", Limit);
        tool.Press(ConsoleKey.F4);
        await tool.PrintsAsync("broker stopped", Limit);
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run.WaitAsync(Limit));
        StringAssert.EndsWith(tool.Out, "\x1b[?25h\x1b[?1049l", "the terminal is as it was before");
    }

    [TestMethod]
    public async Task A_picture_of_characters_has_the_pixels_of_the_display()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        await demo.UntilAsync(() => demo.Fleet.Presence.Of("alice")?.State == "on", "alice is online");
        // Nothing writes to a display whose board has no power, and nothing is left on it: so take it while it runs, until two looks agree.
        string[] half;
        string[] braille;
        byte[] before;
        do
        {
            before = demo.Alice.Display.Snapshot();
            half = ScreenText.HalfBlocks(demo.Alice.Display);
            braille = ScreenText.Braille(demo.Alice.Display);
        }
        while (!before.AsSpan().SequenceEqual(demo.Alice.Display.Snapshot()));
        var lit = 0;
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 128; x++)
            {
                var pixel = (before[y / 8 * 128 + x] >> (y % 8) & 1) != 0;
                var inHalf = half[y / 2][x] is '█' || half[y / 2][x] == (y % 2 == 0 ? '▀' : '▄');
                var dot = y % 4 == 3 ? 6 + x % 2 : y % 4 + 3 * (x % 2);
                var inBraille = ((braille[y / 4][x / 2] - 0x2800) >> dot & 1) != 0;
                Assert.AreEqual(pixel, inHalf, $"half blocks at {x}, {y}");
                Assert.AreEqual(pixel, inBraille, $"Braille at {x}, {y}");
                lit += pixel ? 1 : 0;
            }
        }

        Assert.AreNotEqual(0, lit, "the display shows something");
    }

    [TestMethod]
    [DataRow(300, 60, 260, true, DisplayName = "two boards with half blocks")]
    [DataRow(140, 50, 133, true, DisplayName = "two boards in Braille")]
    [DataRow(80, 50, 66, true, DisplayName = "two boards in Braille, one below the other")]
    [DataRow(80, 40, 66, true, DisplayName = "the chosen board in Braille")]
    [DataRow(80, 23, 66, false, DisplayName = "the chosen board in Braille, without a hint")]
    public async Task The_screens_take_the_room_that_there_is(int width, int height, int widest, bool hasHint)
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var boards = demo.Fleet.Boards.Select(b => (b.Id, b.Display)).ToArray<(string, VirtualDisplay)>();
        var layout = ScreenGrid.Draw(boards, 1, width, height)!;
        var lines = layout.Lines;
        Assert.IsTrue(lines.Count <= height - (hasHint ? 10 : 5), $"{lines.Count} lines for {height}");
        Assert.IsTrue(lines.Max(l => l.Length) <= width && lines.Max(l => l.Length) >= widest,
            $"{lines.Max(l => l.Length)} columns for {width}");
        Assert.IsTrue(lines.Any(l => l.Text.Contains("╔ bob ═", StringComparison.Ordinal)), "the chosen board has a double frame");
        Assert.AreEqual(hasHint, layout.HasHint);
    }

    [TestMethod]
    [DataRow(65, 24)]
    [DataRow(80, 22)]
    [DataRow(40, 15)]
    public async Task A_terminal_that_is_too_small_for_a_screen_shows_none(int width, int height)
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        var boards = demo.Fleet.Boards.Select(b => (b.Id, b.Display)).ToArray<(string, VirtualDisplay)>();
        Assert.IsNull(ScreenGrid.Draw(boards, 0, width, height));
        Assert.AreEqual((66, 23), ScreenGrid.SizeOf(demo.Alice.Display));
    }
}

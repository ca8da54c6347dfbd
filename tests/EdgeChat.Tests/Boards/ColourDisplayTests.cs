using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.TestKit;
using EdgeChat.Tests.OnBoard;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Boards;

/// <summary>What the drivers of colour displays send, and what the chips make of it.</summary>
[TestClass]
public class ColourDisplayTests
{
    private const string Small = "lilygo-t-display", Large = "m5stack-core", Stick = "m5stickc-plus";
    private const int SetUpBytes = 1 + 2 + 2 + 1; // SLPOUT, COLMOD, MADCTL, INVON; these boards have a reset pin
    private const int OnBytes = 1;
    private const ushort Paper = 0x08A1;

    [TestMethod]
    [DataRow(Small)]
    [DataRow(Large)]
    [DataRow(Stick)]
    public void The_first_picture_is_sent_whole_each_pixel_2x2_and_only_then_lit(string name) => With(name, (board, display, frame) =>
    {
        Fill(frame, 1);
        bool wasLitEarly = false;
        board.Display.Changed += () => wasLitEarly |= board.Display.IsOn && !IsAsDrawn(board.Display, frame);
        Assert.IsTrue(display.Show(frame));
        Assert.IsTrue(board.Display.IsOn);
        Assert.IsFalse(wasLitEarly, "what the memory holds by chance was seen");
        Assert.IsTrue(IsAsDrawn(board.Display, frame));
        Assert.AreEqual(0, board.Display.UnknownCommands);
    });

    [TestMethod]
    public void A_whole_picture_and_its_margins_cost_what_the_driver_says() => With(Small, (board, display, frame) =>
    {
        Fill(frame, 2);
        display.Show(frame);
        const int margins = 5 + 5 + 1 + 3 * 240 * 2 + 5 + 1 + 4 * 240 * 2; // columns once, rows twice
        const int picture = 8 * (5 + 1 + 64 * 120); // the columns are those of the margins
        Assert.AreEqual(SetUpBytes + margins + picture + OnBytes, board.Display.BytesReceived);
    });

    [TestMethod]
    public void A_change_costs_64_bytes_a_column_and_11_for_its_window_and_less_where_that_stays() => With(Large, (board, display, frame) =>
    {
        display.Show(frame);
        Assert.AreEqual(11 + 64, Cost(board, display, frame, (3, 50)), "one column");
        Assert.AreEqual(6 + 64, Cost(board, display, frame, (3, 60)), "another on the same page");
        Assert.AreEqual(6 + 64, Cost(board, display, frame, (4, 60)), "the same on another page");
        Assert.AreEqual(1 + 64, Cost(board, display, frame, (4, 60)), "the same once more");
        Assert.AreEqual(11 + 5 * 64, Cost(board, display, frame, (5, 10), (5, 14)), "three unchanged columns between are sent");
        Assert.AreEqual(11 + 64 + 6 + 64, Cost(board, display, frame, (6, 10), (6, 15)), "four are not");
        Assert.AreEqual(0, Cost(board, display, frame), "nothing changed, nothing sent");
        Assert.IsTrue(IsAsDrawn(board.Display, frame));
    });

    [TestMethod]
    [DataRow(Small)]
    [DataRow(Large)]
    public void Random_changes_always_leave_what_was_drawn(string name) => With(name, (board, display, frame) =>
    {
        Seeds.Play("ColourDisplayTests", 7789, seed =>
        {
            var random = new Random(seed);
            for (int round = 0; round < 30; round++)
            {
                int changes = random.Next(60);
                for (int i = 0; i < changes; i++) frame.Pixels[random.Next(frame.Pixels.Length)] = (byte)random.Next(256);
                frame.Dirty = true;
                Assert.IsTrue(display.Show(frame));
                Assert.IsTrue(IsAsDrawn(board.Display, frame), $"round {round}");
            }
        });
    });

    [TestMethod]
    [DataRow(Small)]
    [DataRow(Stick)]
    public void Off_and_on_switch_the_light_too_and_the_picture_stays(string name) => With(name, (board, display, frame) =>
    {
        Fill(frame, 3);
        display.Show(frame);
        Assert.IsTrue(display.SetPower(false));
        Assert.IsFalse(board.Display.IsOn);
        int backlight = board.Hardware.Display!.Backlight;
        if (backlight >= 0) Assert.IsFalse(board.Pins.Level(backlight));
        Fill(frame, 4);
        display.Show(frame);
        Assert.IsFalse(board.Display.IsOn, "drawing does not wake it");
        Assert.IsTrue(display.SetPower(true));
        Assert.IsTrue(IsAsDrawn(board.Display, frame));
    });

    [TestMethod]
    public void Brightness_is_the_colour_of_what_is_lit() => With(Small, (board, display, frame) =>
    {
        frame.Pixels[0] = 1;
        frame.Dirty = true;
        foreach ((byte level, ushort ink) in new[] { ((byte)255, (ushort)0xFFFF), ((byte)0, (ushort)0x632C) })
        {
            display.SetContrast(level);
            display.Show(frame);
            Assert.AreEqual(ink, board.Display.Colours()[3 * 240], $"level {level}");
        }
    });

    [TestMethod]
    public void The_power_chip_of_the_stick_keeps_its_other_outputs() => With(Stick, (board, display, frame) =>
    {
        display.Show(frame);
        display.SetPower(false);
        // the chip's REG 12H at its start is 43h: DC-DC1 feeds the ESP32 itself
        System.Device.I2c.I2cDevice bus = System.Device.I2c.I2cDevice.Create(new System.Device.I2c.I2cConnectionSettings(1, 0x34));
        var value = new byte[1];
        bus.WriteRead(new byte[] { 0x12 }, value);
        Assert.AreEqual(0x43 | 0x08, value[0]);
    });

    private static void With(string name, Action<Board, IDisplay, Frame> body)
    {
        using TestBoard board = Shelf.Take(name, () =>
        {
            DisplayConfig display = BoardConfig.Load().Display;
            body(Board.Current!, Displays.Make(display), new Frame(display.FrameWidth, display.FrameHeight));
        });
        board.RunToEnd();
    }

    private static void Fill(Frame frame, int seed)
    {
        new Random(seed).NextBytes(frame.Pixels);
        frame.Dirty = true;
    }

    private static bool IsAsDrawn(VirtualDisplay display, Frame frame)
    {
        int left = (display.Width - 2 * frame.Width) / 2, top = (display.Height - 2 * frame.Height) / 2;
        ushort[] seen = display.Colours();
        for (int y = 0; y < display.Height; y++)
            for (int x = 0; x < display.Width; x++)
            {
                int column = (x - left) >> 1, row = (y - top) >> 1;
                bool isInk = column >= 0 && column < frame.Width && row >= 0 && row < frame.Height &&
                    (frame.Pixels[row / 8 * frame.Width + column] >> (row & 7) & 1) != 0;
                ushort colour = seen[y * display.Width + x];
                if (isInk ? colour is Paper or < 0x8000 : colour != Paper) return false;
            }

        return true;
    }

    private static long Cost(Board board, IDisplay display, Frame frame, params (int Page, int Column)[] changes)
    {
        foreach ((int page, int column) in changes) frame.Pixels[(page * frame.Width) + column] ^= 0xFF;
        frame.Dirty = true;
        long before = board.Display.BytesReceived;
        Assert.IsTrue(display.Show(frame));
        return board.Display.BytesReceived - before;
    }
}

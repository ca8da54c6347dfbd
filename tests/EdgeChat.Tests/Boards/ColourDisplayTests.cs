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
    private const int JoinedColumns = 3; // unchanged ones between two changed ones

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
    [DataRow(Large)]
    public void Random_colours_are_what_is_seen_and_nothing_is_sent_that_is_as_before(string name) => With(name, (board, display, frame) =>
    {
        Seeds.Play("ColourDisplayTests", 565, seed =>
        {
            var random = new Random(seed);
            display.Show(frame);
            for (int round = 0; round < 60; round++)
            {
                (byte Pixels, ulong Colours)[] before = ColumnsOf(frame);
                for (int i = random.Next(4); i > 0; i--) frame.Pixels[random.Next(frame.Pixels.Length)] ^= 0x81;
                for (int i = random.Next(4); i > 0; i--) Change(frame, random);
                frame.Dirty = true;
                long start = board.Display.BytesReceived;
                Assert.IsTrue(display.Show(frame));
                Assert.IsTrue(IsAsDrawn(board.Display, frame), $"round {round}");
                (int columns, int runs) = Sent(before, ColumnsOf(frame), frame.Width);
                long over = board.Display.BytesReceived - start - 64 * columns;
                Assert.IsTrue(over >= runs && over <= 11 * runs, $"round {round}: {over} bytes more than {columns} columns in {runs} runs");
            }
        });
    });

    [TestMethod]
    public void Another_theme_is_another_glass_with_its_margins() => With(Small, (board, display, frame) =>
    {
        Fill(frame, 5);
        frame.Colours.Set(ColourPlan.Raised, 0, 0, 120, 8);
        frame.Colours.Set(ColourPlan.Blue, 10, 20, 30, 12);
        display.Show(frame);
        frame.Colours.IsLight = true;
        Assert.IsTrue(display.Show(frame));
        Assert.IsTrue(IsAsDrawn(board.Display, frame));
        long before = board.Display.BytesReceived;
        Assert.IsTrue(display.Show(frame));
        Assert.AreEqual(before, board.Display.BytesReceived, "nothing changed, nothing sent");
    });

    [TestMethod]
    public void A_smaller_picture_is_drawn_3x3_with_its_margins_and_a_larger_one_2x2_again() => With(Large, (board, display, frame) =>
    {
        (int Width, int Height, int Size)[] sizes = [(104, 80, 3), (160, 120, 2), (104, 80, 3)];
        Fill(frame, 6);
        display.Show(frame);
        Assert.AreEqual(2, board.Display.PixelSize);
        foreach (var (width, height, size) in sizes)
        {
            frame.Resize(width, height);
            Fill(frame, 7);
            frame.Colours.Set(ColourPlan.Raised, 0, 0, width, 8);
            frame.Colours.Set(ColourPlan.Blue, 10, 20, 30, 12);
            Assert.IsTrue(display.Show(frame));
            Assert.IsTrue(IsAsDrawn(board.Display, frame), $"{width}x{height}");
            Assert.AreEqual(size, board.Display.PixelSize);
            if (size == 3) Assert.AreEqual(11 + 144, Cost(board, display, frame, (3, 50)), "one column");
            Assert.AreEqual(0, Cost(board, display, frame), "nothing changed, nothing sent");
            frame.Colours.IsLight = size == 3;
            Assert.IsTrue(display.Show(frame));
            Assert.IsTrue(IsAsDrawn(board.Display, frame), $"{width}x{height}, another theme");
        }

        Assert.AreEqual(0, board.Display.UnknownCommands);
    });

    [TestMethod]
    [DataRow(Small)]
    [DataRow(Large)]
    [DataRow(Stick)]
    public void Red_is_red_and_blue_is_blue(string name) => With(name, (board, display, frame) =>
    {
        frame.Colours.Set(ColourPlan.Red, 0, 0, 8, 8);
        frame.Colours.Set(ColourPlan.Blue, 8, 0, 8, 8);
        for (int x = 0; x < 16; x++) frame.Pixels[x] = 0xFF;
        frame.Dirty = true;
        display.Show(frame);
        int top = (board.Display.Height - 2 * frame.Height) / 2 * board.Display.Width;
        ushort red = board.Display.Colours()[top], blue = board.Display.Colours()[top + 16];
        Assert.IsGreaterThan(red & 31, red >> 11, "red");
        Assert.IsGreaterThan(blue >> 11, blue & 31, "blue");
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
            body(Board.Current!, Displays.Make(display), new Frame(display.FrameWidth, display.FrameHeight, display.HasColours));
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
        int size = display.Width / frame.Width;
        int left = (display.Width - size * frame.Width) / 2, top = (display.Height - size * frame.Height) / 2;
        byte[] palette = Palette.Make(1, frame.Colours.IsLight, Settings.DefaultContrast);
        ushort[] seen = display.Colours();
        var colours = new byte[frame.Width];
        for (int y = 0; y < display.Height; y++)
        {
            int row = (y - top) / size;
            bool isRow = y >= top && row < frame.Height;
            if (isRow) frame.Colours.Line(row, 0, frame.Width, colours);
            for (int x = 0; x < display.Width; x++)
            {
                int column = (x - left) / size;
                bool isInside = isRow && x >= left && column < frame.Width;
                int bit = isInside ? frame.Pixels[row / 8 * frame.Width + column] >> (row & 7) & 1 : 0;
                if (seen[y * display.Width + x] != Pixel(palette, isInside ? colours[column] : ColourPlan.Paper, bit)) return false;
            }
        }

        return true;
    }

    /// <summary>What a palette makes of a colour's pixel that is off or on, 565 bits.</summary>
    internal static ushort Pixel(byte[] palette, int colour, int bit) =>
        (ushort)(palette[2 * (2 * colour + bit)] << 8 | palette[2 * (2 * colour + bit) + 1]);

    private static void Change(Frame frame, Random random)
    {
        int x = random.Next(frame.Width), y = random.Next(frame.Height), width = 1 + random.Next(40), height = 1 + random.Next(20);
        switch (random.Next(6))
        {
            case 0:
                frame.Colours.Turn(x, y, width, height);
                break;
            case 1:
                frame.Colours.Move(y, height, 8 * (random.Next(5) - 2), frame.Width);
                break;
            default:
                int colour = random.Next(8);
                frame.Colours.Set(colour < 3 ? colour : 4 * (colour - 2), x, y, width, height);
                break;
        }
    }

    private static (byte Pixels, ulong Colours)[] ColumnsOf(Frame frame)
    {
        var all = new (byte Pixels, ulong Colours)[frame.Pixels.Length];
        var row = new byte[frame.Width];
        for (int y = 0; y < frame.Height; y++)
        {
            frame.Colours.Line(y, 0, frame.Width, row);
            for (int x = 0; x < row.Length; x++)
            {
                int at = y / 8 * frame.Width + x;
                all[at] = (frame.Pixels[at], all[at].Colours << 8 | row[x]);
            }
        }

        return all;
    }

    // the columns that a driver has to send, with those between two of them that cost less than another run
    private static (int Columns, int Runs) Sent((byte Pixels, ulong Colours)[] before, (byte Pixels, ulong Colours)[] after, int width)
    {
        int columns = 0, runs = 0, last = int.MinValue / 2;
        for (int i = 0; i < after.Length; i++)
        {
            if (before[i] == after[i]) continue;
            bool isJoined = i - last <= JoinedColumns + 1 && last / width == i / width;
            columns += isJoined ? i - last : 1;
            if (!isJoined) runs++;
            last = i;
        }

        return (columns, runs);
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

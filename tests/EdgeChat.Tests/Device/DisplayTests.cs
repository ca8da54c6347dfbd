using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.TestKit;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>What the SSD1306 driver sends, byte by byte, and what the chip makes of it.</summary>
[TestClass]
public class DisplayTests
{
    private const int SetUpBytes = 1 + 1 + 24;
    private const int OnBytes = 1 + 2;
    private const int WholePicture = 8 * (8 + 128);

    [TestMethod]
    public void The_first_picture_is_sent_whole_and_only_then_shown() => WithDisplay((board, display, frame) =>
    {
        Fill(frame, seed: 1);
        Assert.IsFalse(board.Display.IsOn);
        Assert.IsTrue(display.Show(frame));
        Assert.IsTrue(board.Display.IsOn);
        CollectionAssert.AreEqual(frame.Pixels, board.Display.Snapshot());
        Assert.AreEqual(SetUpBytes + WholePicture + OnBytes, board.Display.BytesReceived);
        Assert.AreEqual(0, board.Display.UnknownCommands);
    });

    [TestMethod]
    public void A_change_costs_its_columns_and_eight_bytes_and_less_on_the_same_page() => WithDisplay((board, display, frame) =>
    {
        display.Show(frame);
        Assert.AreEqual(8 + 1, Cost(board, display, frame, (3, 50)), "one column on another page");
        Assert.AreEqual(6 + 1, Cost(board, display, frame, (3, 51)), "one column on the page of the run before");
        Assert.AreEqual(8 + 8, Cost(board, display, frame, (4, 10), (4, 17)), "six unchanged columns between are cheaper sent");
        Assert.AreEqual(6 + 1 + 6 + 1, Cost(board, display, frame, (4, 100), (4, 108)), "seven are not");
        Assert.AreEqual(8 + 1 + 8 + 1, Cost(board, display, frame, (0, 127), (7, 0)), "pages are runs of their own");
        Assert.AreEqual(0, Cost(board, display, frame), "nothing changed, nothing sent");
        CollectionAssert.AreEqual(frame.Pixels, board.Display.Snapshot());
    });

    [TestMethod]
    public void A_picture_that_moves_up_by_pages_costs_three_bytes_and_what_is_new() => WithDisplay((board, display, frame) =>
    {
        Fill(frame, seed: 7);
        display.Show(frame);
        byte[] before = board.Display.Snapshot();
        long bytes = board.Display.BytesReceived;
        frame.Rotate(3);
        Assert.IsTrue(display.Show(frame));
        Assert.AreEqual(3, board.Display.BytesReceived - bytes);
        byte[] after = board.Display.Snapshot();
        CollectionAssert.AreEqual(before[(3 * 128)..], after[..(5 * 128)], "five pages moved up");
        CollectionAssert.AreEqual(before[..(3 * 128)], after[(5 * 128)..], "three came round");
        Assert.AreEqual(0, board.Display.UnknownCommands);
    });

    [TestMethod]
    public void A_display_that_lost_its_power_gets_its_start_line_again() => WithDisplay((board, display, frame) =>
    {
        Fill(frame, seed: 8);
        display.Show(frame);
        frame.Rotate(2);
        display.Show(frame);
        var chip = new RecordingChip();
        board.I2c.Detach(1, 0x3C);
        frame.Pixels[0] ^= 1;
        frame.Dirty = true;
        Assert.IsFalse(display.Show(frame));
        board.I2c.Attach(1, 0x3C, chip);
        Assert.IsTrue(display.Show(frame));
        Assert.AreEqual(SetUpBytes + 3 + WholePicture + OnBytes, chip.Bytes);
    });

    [TestMethod]
    public void Random_changes_always_leave_what_was_drawn() => WithDisplay((board, display, frame) =>
    {
        Seeds.Play("OnBoard.DisplayTests", 20240, seed =>
        {
            var random = new Random(seed);
            for (int round = 0; round < 300; round++)
            {
                int changes = random.Next(40);
                for (int i = 0; i < changes; i++) frame.Pixels[random.Next(frame.Pixels.Length)] = (byte)random.Next(256);
                frame.Dirty = true;
                Assert.IsTrue(display.Show(frame));
                CollectionAssert.AreEqual(frame.Pixels, board.Display.Snapshot(), $"round {round}");
            }
        });
    });

    [TestMethod]
    public void A_display_that_is_not_there_is_reported_and_shows_all_when_it_comes() => WithDisplay((board, display, frame) =>
    {
        var chip = new RecordingChip();
        board.I2c.Detach(1, 0x3C);
        Fill(frame, seed: 2);
        Assert.IsFalse(display.Show(frame));
        Assert.IsFalse(display.SetContrast(10), "and says so for each request");

        board.I2c.Attach(1, 0x3C, chip);
        Assert.IsTrue(display.Show(frame));
        Assert.AreEqual(SetUpBytes + WholePicture + OnBytes, chip.Bytes);
    });

    [TestMethod]
    public void A_display_that_goes_and_returns_is_set_up_again_and_sent_everything() => WithDisplay((board, display, frame) =>
    {
        var chip = new RecordingChip();
        display.Show(frame);
        board.I2c.Detach(1, 0x3C);
        Fill(frame, seed: 3);
        Assert.IsFalse(display.Show(frame));

        board.I2c.Attach(1, 0x3C, chip);
        Assert.IsTrue(display.Show(frame));
        Assert.AreEqual(SetUpBytes + WholePicture + OnBytes, chip.Bytes);
    });

    [TestMethod]
    public void Off_and_on_and_brightness_reach_the_chip() => WithDisplay((board, display, frame) =>
    {
        display.Show(frame);
        Assert.IsTrue(display.SetPower(false));
        Assert.IsFalse(board.Display.IsOn);
        Fill(frame, seed: 4);
        display.Show(frame);
        Assert.IsFalse(board.Display.IsOn, "drawing does not wake it");
        Assert.IsTrue(display.SetPower(true));
        Assert.IsTrue(board.Display.IsOn);
        CollectionAssert.AreEqual(frame.Pixels, board.Display.Snapshot());
        Assert.IsTrue(display.SetContrast(7));
        Assert.AreEqual(7, board.Display.Contrast);
    });

    private static void WithDisplay(Action<Board, IDisplay, Frame> body) =>
        TestBoard.Run(() => body(Board.Current!, Displays.Make(new DisplayConfig()), new Frame(128, 64)));

    private static void Fill(Frame frame, int seed)
    {
        new Random(seed).NextBytes(frame.Pixels);
        frame.Dirty = true;
    }

    private static long Cost(Board board, IDisplay display, Frame frame, params (int Page, int Column)[] changes)
    {
        foreach ((int page, int column) in changes) frame.Pixels[(page * 128) + column] ^= 0xFF;
        frame.Dirty = true;
        long before = board.Display.BytesReceived;
        Assert.IsTrue(display.Show(frame));
        return board.Display.BytesReceived - before;
    }

    private sealed class RecordingChip : II2cChip
    {
        public long Bytes { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes) => Bytes += 1 + bytes.Length;

        public void Read(Span<byte> bytes) => bytes.Clear();
    }
}

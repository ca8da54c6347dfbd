using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class Ssd1306Tests
{
    private const byte Commands = 0x00, Data = 0x40;

    [TestMethod]
    public void Horizontal_addressing_runs_along_the_columns_of_a_window_and_then_to_the_next_page()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x20, 0x00, 0x21, 10, 12, 0x22, 2, 3);
        Write(chip, 1, 2, 3, 4, 5, 6, 7); // the seventh is over the window's end and lands at its start
        CollectionAssert.AreEqual(new byte[] { 7, 2, 3 }, Page(chip, 2, 10, 3));
        CollectionAssert.AreEqual(new byte[] { 4, 5, 6 }, Page(chip, 3, 10, 3));
        Assert.AreEqual(6, Inked(chip));
    }

    [TestMethod]
    public void Vertical_addressing_runs_along_the_pages_of_a_window_and_then_to_the_next_column()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x20, 0x01, 0x21, 10, 12, 0x22, 2, 3);
        Write(chip, 1, 2, 3, 4, 5, 6, 7);
        CollectionAssert.AreEqual(new byte[] { 7, 3, 5 }, Page(chip, 2, 10, 3));
        CollectionAssert.AreEqual(new byte[] { 2, 4, 6 }, Page(chip, 3, 10, 3));
    }

    [TestMethod]
    public void Page_addressing_wraps_within_its_page()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x20, 0x02, 0xB5, 0x0E, 0x17); // page 5, column 0x7E
        Write(chip, 1, 2, 3);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, Page(chip, 5, 126, 2));
        CollectionAssert.AreEqual(new byte[] { 3 }, Page(chip, 5, 0, 1));
    }

    [TestMethod]
    public void Page_addressing_is_what_a_reset_leaves()
    {
        var chip = new Ssd1306();
        Command(chip, 0x8D, 0x14, 0xA1, 0xC8, 0xAF, 0xB0, 0x00, 0x10);
        Write(chip, new byte[129]);
        Write(chip, 0xFF);
        Assert.AreEqual(0xFF, Page(chip, 0, 1, 1)[0]);
    }

    [TestMethod]
    public void A_window_moves_the_pointer_to_its_start()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x20, 0x00, 0x21, 0, 127, 0x22, 0, 7);
        Write(chip, new byte[300]);
        Command(chip, 0x21, 5, 9, 0x22, 6, 6);
        Write(chip, 0xAA);
        Assert.AreEqual(0xAA, Page(chip, 6, 5, 1)[0]);
    }

    [TestMethod]
    public void Nothing_shows_without_the_charge_pump()
    {
        var chip = new Ssd1306();
        Command(chip, 0xA1, 0xC8, 0xAF);
        Assert.IsFalse(chip.IsLit);
        Assert.AreEqual(0, Inked(chip));
        Command(chip, 0x8D, 0x14);
        Assert.IsTrue(chip.IsLit);
        Assert.AreNotEqual(0, Inked(chip), "RAM holds noise after power on");
        Command(chip, 0x8D, 0x10);
        Assert.AreEqual(0, Inked(chip));
    }

    [TestMethod]
    public void Display_off_shows_nothing_and_keeps_the_RAM()
    {
        Ssd1306 chip = Lit();
        Put(chip, 0, 0, 0x81);
        Command(chip, 0xAE);
        Assert.AreEqual(0, Inked(chip));
        Command(chip, 0xAF);
        Assert.AreEqual(0x81, Page(chip, 0, 0, 1)[0]);
    }

    [TestMethod]
    public void Inversion_turns_every_pixel_over()
    {
        Ssd1306 chip = Lit();
        Put(chip, 0, 0, 0x0F);
        Command(chip, 0xA7);
        Assert.AreEqual(0xF0, Page(chip, 0, 0, 1)[0]);
        Assert.AreEqual(0xFF, Page(chip, 7, 127, 1)[0]);
        Assert.IsTrue(chip.IsInverted);
        Command(chip, 0xA6);
        Assert.AreEqual(0x0F, Page(chip, 0, 0, 1)[0]);
    }

    [TestMethod]
    public void Entire_display_on_does_not_look_at_the_RAM()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0xA5);
        Assert.AreEqual(1024, Inked(chip));
        Command(chip, 0xA4);
        Assert.AreEqual(0, Inked(chip));
    }

    [TestMethod]
    public void Segment_remap_acts_on_what_is_written_after_it()
    {
        Ssd1306 chip = Lit();
        Put(chip, 0, 3, 0x11);
        Command(chip, 0xA0);
        Assert.AreEqual(0x11, Page(chip, 0, 3, 1)[0], "what is in RAM stays where it is");
        Put(chip, 0, 3, 0x22);
        Assert.AreEqual(0x22, Page(chip, 0, 124, 1)[0]);
    }

    [TestMethod]
    public void The_scan_direction_turns_the_picture_over_at_once()
    {
        Ssd1306 chip = Lit();
        Put(chip, 0, 0, 0x03);
        Command(chip, 0xC0);
        Assert.AreEqual(0xC0, Page(chip, 7, 0, 1)[0]);
    }

    [TestMethod]
    public void Start_line_and_offset_roll_the_picture()
    {
        Ssd1306 chip = Lit();
        Put(chip, 1, 0, 0x01); // RAM row 8
        Command(chip, 0x48);   // start line 8
        Assert.IsTrue(chip.Lit(0, 0));
        Command(chip, 0x40, 0xD3, 8);
        Assert.IsTrue(chip.Lit(0, 0));
        Command(chip, 0x44, 0xD3, 2);
        Assert.IsTrue(chip.Lit(0, 2));
    }

    [TestMethod]
    public void Rows_beyond_the_multiplex_ratio_stay_dark()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0xA5, 0xA8, 31);
        Assert.AreEqual(512, Inked(chip));
        Command(chip, 0xA8, 3); // invalid: changes nothing
        Assert.AreEqual(512, Inked(chip));
    }

    [TestMethod]
    public void Sequential_COM_pins_tear_the_lines_of_a_64_line_panel_apart()
    {
        Ssd1306 chip = Lit();
        Put(chip, 0, 0, 0x03); // two lines, one below the other
        Command(chip, 0xDA, 0x02);
        Assert.IsFalse(chip.Lit(0, 0) && chip.Lit(0, 1));
        Assert.AreEqual(2, chip.Snapshot().Sum(b => int.PopCount(b)));
        Command(chip, 0xDA, 0x12);
        Assert.IsTrue(chip.Lit(0, 0) && chip.Lit(0, 1));
    }

    [TestMethod]
    public void A_32_line_panel_is_right_with_sequential_COM_pins()
    {
        var chip = new Ssd1306(128, 32);
        Command(chip, 0xA8, 31, 0xDA, 0x02, 0x8D, 0x14, 0xA1, 0xC8, 0xAF, 0x20, 0x00);
        Write(chip, new byte[1024]);
        Put(chip, 1, 7, 0x42);
        Assert.AreEqual(0x42, chip.Snapshot()[128 + 7]);
        Assert.HasCount(512, chip.Snapshot());
    }

    [TestMethod]
    public void Single_commands_and_data_may_follow_each_other_in_one_transfer()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x20, 0x02);
        chip.Write([0x80, 0xB3, 0x80, 0x04, 0x80, 0x10, 0xC0, 0x5A, 0x40, 0x66, 0x77]);
        CollectionAssert.AreEqual(new byte[] { 0x5A, 0x66, 0x77 }, Page(chip, 3, 4, 3));
    }

    [TestMethod]
    public void A_parameter_may_come_in_a_later_transfer()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x81);
        Command(chip, 0x12);
        Assert.AreEqual(0x12, chip.Contrast);
        Assert.AreEqual(0, chip.UnknownCommands);
    }

    [TestMethod]
    public void A_byte_that_is_no_command_is_counted()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0xF1);
        Assert.AreEqual(1, chip.UnknownCommands);
    }

    [TestMethod]
    public void Scroll_setup_takes_its_parameters_and_changes_no_setting()
    {
        Ssd1306 chip = Lit();
        Command(chip, 0x26, 0, 0xAE, 0, 7, 0, 0xFF, 0x29, 0, 0, 0, 7, 1, 0xA3, 0, 64, 0x2E);
        Assert.IsTrue(chip.IsLit);
        Assert.AreEqual(0, chip.UnknownCommands);
    }

    [TestMethod]
    public void Changed_is_raised_once_a_transfer_and_only_when_something_looks_different()
    {
        Ssd1306 chip = Lit();
        int changes = 0;
        chip.SeenChanged += () => changes++;
        Command(chip, 0x20, 0x00, 0x21, 0, 127, 0x22, 0, 7);
        Assert.AreEqual(0, changes);
        Write(chip, 1, 2, 3);
        Assert.AreEqual(1, changes);
        Command(chip, 0x21, 0, 127, 0x22, 0, 7);
        Write(chip, 1, 2, 3);
        Assert.AreEqual(1, changes, "the same bytes again look the same");
        Command(chip, 0xAE);
        Assert.AreEqual(2, changes);
        Write(chip, 9);
        Assert.AreEqual(2, changes, "nobody sees RAM while the display is off");
    }

    [TestMethod]
    public void A_reset_forgets_the_settings()
    {
        Ssd1306 chip = Lit();
        chip.Reset();
        Assert.IsFalse(chip.IsLit);
        Assert.AreEqual(0x7F, chip.Contrast);
    }

    private static Ssd1306 Lit()
    {
        var chip = new Ssd1306();
        Command(chip, 0xAE, 0xD5, 0x80, 0xA8, 0x3F, 0xD3, 0, 0x40, 0x8D, 0x14, 0x20, 0, 0xA1, 0xC8, 0xDA, 0x12, 0x81, 0xCF, 0xD9, 0xF1,
            0xDB, 0x40, 0xA4, 0xA6, 0xAF);
        Command(chip, 0x21, 0, 127, 0x22, 0, 7);
        Write(chip, new byte[1024]);
        Assert.AreEqual(0, Inked(chip));
        return chip;
    }

    private static void Command(Ssd1306 chip, params byte[] bytes) => chip.Write([Commands, .. bytes]);

    private static void Write(Ssd1306 chip, params byte[] bytes) => chip.Write([Data, .. bytes]);

    private static void Put(Ssd1306 chip, byte page, byte column, byte value)
    {
        Command(chip, 0x20, 0x00, 0x21, column, 127, 0x22, page, 7);
        Write(chip, value);
    }

    private static byte[] Page(Ssd1306 chip, int page, int column, int count) =>
        chip.Snapshot().AsSpan(page * 128 + column, count).ToArray();

    private static int Inked(Ssd1306 chip) => chip.Snapshot().Count(b => b != 0);
}

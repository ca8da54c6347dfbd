using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Platform;

/// <summary>What a colour display makes of the bytes on its bus.</summary>
[TestClass]
public class MipiPanelTests
{
    private const ushort Red = 0xF800, Green = 0x07E0, Blue = 0x001F, White = 0xFFFF;

    [TestMethod]
    public void Pixels_fill_a_window_along_its_rows_and_begin_again_at_its_start()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Window(10, 12, 5, 6).Pixels(1, 2, 3, 4, 5, 6, 7);
        CollectionAssert.AreEqual(new ushort[] { 7, 2, 3 }, chip.Row(5, 10, 3));
        CollectionAssert.AreEqual(new ushort[] { 4, 5, 6 }, chip.Row(6, 10, 3));
    }

    [TestMethod]
    public void A_window_and_its_pixels_may_come_in_any_number_of_transfers()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Command(0x2A).Data(0).Data(10, 0).Data(12);
        chip.Command(0x2B).Data(0, 5, 0, 6);
        chip.Command(0x2C).Data(0x12).Data(0x34, 0x56).Data(0x78);
        CollectionAssert.AreEqual(new ushort[] { 0x1234, 0x5678 }, chip.Row(5, 10, 2));
    }

    [TestMethod]
    public void A_command_ends_the_pixels_and_3Ch_goes_on_with_them()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Window(0, 3, 0, 0).Pixels(1, 2);
        chip.Command(0x00).Data(0xFF, 0xFF);
        chip.Command(0x3C).Data(0, 3);
        CollectionAssert.AreEqual(new ushort[] { 1, 2, 3 }, chip.Row(0, 0, 3));
    }

    [TestMethod]
    [DataRow(0x00, 0, 0)]
    [DataRow(0x40, 239, 0)]
    [DataRow(0x80, 0, 319)]
    [DataRow(0xC0, 239, 319)]
    public void MADCTL_mirrors_columns_and_rows(int access, int x, int y)
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Command(0x36).Data((byte)access);
        chip.Window(0, 0, 0, 0).Pixels(Red);
        Assert.AreEqual(Red, chip.Row(y, x, 1)[0]);
    }

    [TestMethod]
    public void MADCTL_exchanges_rows_and_columns()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Command(0x36).Data(0x20);
        chip.Window(300, 301, 7, 7).Pixels(Red, Green); // columns count the 320 rows of the memory now
        Assert.AreEqual(Red, chip.Row(300, 7, 1)[0]);
        Assert.AreEqual(Green, chip.Row(301, 7, 1)[0]);
    }

    [TestMethod]
    public void Small_glass_on_its_side_is_at_40_and_53_for_a_driver_that_draws_it_upright()
    {
        var chip = new Chip(MipiGlass.St7789(240, 135, true));
        chip.Command(0x21).Command(0x36).Data(0x68);
        chip.Window(40, 279, 53, 53).Pixels(Red);
        chip.Window(279, 279, 187, 187).Pixels(Blue);
        Assert.AreEqual(Red, chip.Row(0, 0, 1)[0], "the upper left corner");
        Assert.AreEqual(Blue, chip.Row(134, 239, 1)[0], "the lower right corner");
        chip.Window(39, 39, 53, 53).Pixels(Green);
        Assert.AreEqual(Red, chip.Row(0, 0, 1)[0], "what is beside the glass is not seen");
    }

    [TestMethod]
    public void Normally_black_glass_shows_complements_until_INVON()
    {
        var chip = new Chip(MipiGlass.St7789(240, 320, true));
        chip.Window(0, 0, 0, 0).Pixels(Red);
        Assert.AreEqual(unchecked((ushort)~Red), chip.Row(0, 0, 1)[0]);
        chip.Command(0x21);
        Assert.AreEqual(Red, chip.Row(0, 0, 1)[0]);
        Assert.IsTrue(chip.Panel.IsInverted);
        chip.Command(0x20);
        Assert.AreNotEqual(Red, chip.Row(0, 0, 1)[0]);
    }

    [TestMethod]
    public void Blue_first_glass_shows_red_as_blue_until_MADCTL_says_so()
    {
        var chip = new Chip(MipiGlass.Ili9342(320, 240, false));
        chip.Window(0, 0, 0, 0).Pixels(Red);
        Assert.AreEqual(Blue, chip.Row(0, 0, 1)[0]);
        chip.Command(0x36).Data(0x08);
        Assert.AreEqual(Red, chip.Row(0, 0, 1)[0]);
    }

    [TestMethod]
    public void Nothing_is_seen_asleep_off_or_without_light()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Window(0, 0, 0, 0).Pixels(White);
        Assert.IsTrue(chip.Panel.Lit(0, 0));
        foreach ((byte off, byte on) in new[] { ((byte)0x28, (byte)0x29), ((byte)0x10, (byte)0x11) })
        {
            chip.Command(off);
            Assert.IsFalse(chip.Panel.IsLit);
            Assert.IsTrue(chip.Panel.Colours().All(c => c == 0));
            chip.Command(on);
            Assert.IsTrue(chip.Panel.Lit(0, 0));
        }

        chip.HasLight = false;
        Assert.IsFalse(chip.Panel.Lit(0, 0));
    }

    [TestMethod]
    public void A_reset_by_command_leaves_MADCTL_and_one_by_the_pin_does_not()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Command(0x36).Data(0x40).Command(0x01);
        Assert.IsFalse(chip.Panel.IsLit, "it sleeps");
        chip.Command(0x11).Command(0x29).Command(0x3A).Data(0x55);
        chip.Window(0, 0, 0, 0).Pixels(Red);
        Assert.AreEqual(Red, chip.Row(0, 239, 1)[0]);
        chip.Panel.SetResetPin(false);
        chip.Command(0x11);
        Assert.IsFalse(chip.Panel.IsLit, "and hears nothing while the pin is low");
        chip.Panel.SetResetPin(true);
        chip.Command(0x11).Command(0x29).Command(0x3A).Data(0x55);
        chip.Window(0, 0, 0, 0).Pixels(Green);
        Assert.AreEqual(Green, chip.Row(0, 0, 1)[0]);
    }

    [TestMethod]
    public void Sixteen_bits_a_pixel_are_only_taken_once_COLMOD_asked_for_them()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Command(0x3A).Data(0x66);
        ushort before = chip.Row(0, 0, 1)[0];
        chip.Window(0, 0, 0, 0).Pixels((ushort)~before);
        Assert.AreEqual(before, chip.Row(0, 0, 1)[0]);
    }

    [TestMethod]
    public void Unknown_commands_are_counted_and_their_parameters_ignored()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Window(0, 1, 0, 0).Pixels(Red, Green);
        chip.Command(0xEE).Data(1, 2, 3, 4, 5, 6);
        Assert.AreEqual(1, chip.Panel.UnknownCommands);
        CollectionAssert.AreEqual(new[] { Red, Green }, chip.Row(0, 0, 2));
    }

    [TestMethod]
    public void A_change_is_told_once_a_transfer_and_only_when_it_is_seen()
    {
        var chip = new Chip(new MipiGlass(240, 320, 240, 320, false, false, false));
        chip.Window(0, 1, 0, 0).Pixels(Red, Green);
        int told = 0;
        chip.Panel.SeenChanged += () => told++;
        chip.Window(0, 1, 0, 0).Pixels(Red, Green);
        Assert.AreEqual(0, told);
        chip.Window(0, 1, 0, 0).Pixels(Green, Red);
        Assert.AreEqual(1, told);
    }

    /// <summary>A chip that is awake, on and lit, in 16 bits a pixel, and the pin beside its bus.</summary>
    private sealed class Chip
    {
        private readonly MipiGlass _glass;
        private bool _isData;

        public Chip(MipiGlass glass)
        {
            _glass = glass;
            Panel = new MipiPanel(glass, () => _isData, () => HasLight);
            Command(0x11).Command(0x29).Command(0x3A).Data(0x55);
        }

        public MipiPanel Panel { get; }

        public bool HasLight { get; set; } = true;

        public Chip Command(byte command) => Send(false, command);

        public Chip Data(params byte[] data) => Send(true, data);

        public Chip Window(int left, int right, int top, int bottom)
        {
            Command(0x2A).Data((byte)(left >> 8), (byte)left, (byte)(right >> 8), (byte)right);
            return Command(0x2B).Data((byte)(top >> 8), (byte)top, (byte)(bottom >> 8), (byte)bottom);
        }

        public void Pixels(params ushort[] colours) => Command(0x2C).Data([.. colours.SelectMany(c => new[] { (byte)(c >> 8), (byte)c })]);

        public ushort[] Row(int y, int x, int count) => Panel.Colours()[(y * _glass.Width + x)..(y * _glass.Width + x + count)];

        private Chip Send(bool isData, params byte[] bytes)
        {
            _isData = isData;
            Panel.Transfer(bytes, []);
            return this;
        }
    }
}

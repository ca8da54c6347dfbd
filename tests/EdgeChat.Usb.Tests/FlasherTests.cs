using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;

namespace EdgeChat.Usb.Tests;

[TestClass]
public class FlasherTests
{
    public static IEnumerable<object[]> Chips => LoaderChip.All.Select(c => new object[] { c.Key });

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void Each_chip_is_recognised_flashed_and_starts(string key)
    {
        using var test = new BoardUnderTest(LoaderChip.Find(key));
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip);

        FlashResult result = test.Flash(parts);

        Assert.AreEqual(test.Chip, result.Chip.Chip);
        CollectionAssert.AreEqual(BoardUnderTest.Mac, result.Chip.Mac);
        Assert.AreEqual(4 << 20, result.Chip.FlashBytes);
        Assert.AreEqual(0, result.Repeats);
        test.ExpectFlash(parts);
        test.Line.Wait(TimeSpan.FromSeconds(1));
        test.Line.Read(new byte[4096], TimeSpan.FromSeconds(1));
        Assert.IsTrue(test.Program.IsOn, "the firmware runs");
    }

    [TestMethod]
    public void With_modem_lines_the_pins_are_what_resets()
    {
        using var test = new BoardUnderTest(hasModemLines: true);
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip);

        test.Flash(parts);

        test.ExpectFlash(parts);
        test.Line.Read(new byte[4096], TimeSpan.FromSeconds(1));
        Assert.IsTrue(test.Program.IsOn);
    }

    [TestMethod]
    public void A_second_flash_writes_nothing_and_a_change_only_its_sectors()
    {
        using var test = new BoardUnderTest();
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip, 200_000);
        test.Flash(parts);
        long programmed = test.Board.Flash.BytesProgrammed;

        FlashResult second = test.Flash(parts);

        Assert.AreEqual(0, second.Written);
        Assert.AreEqual(programmed, test.Board.Flash.BytesProgrammed);
        byte[] changed = parts[2].Data.ToArray();
        for (int i = 0; i < 4096; i++) changed[0x8000 + i] ^= 0x55;
        FlashPart[] third = [parts[0], parts[1], parts[2] with { Data = changed }, parts[3]];
        Assert.AreEqual(4096, test.Flash(third).Written);
        test.ExpectFlash(third);
    }

    [TestMethod]
    public void What_is_behind_the_assemblies_is_erased()
    {
        using var test = new BoardUnderTest();
        test.Flash(BoardUnderTest.Parts(test.Chip, programBytes: 30_000));
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip, programBytes: 1000);

        test.Flash(parts);

        test.ExpectFlash(parts);
    }

    [TestMethod]
    public void Another_chip_is_refused_and_nothing_is_written()
    {
        using var test = new BoardUnderTest(LoaderChip.C3);

        var refused = Assert.ThrowsExactly<UsbException>(
            () => new Flasher(test.Line).Flash(LoaderChip.S3, BoardUnderTest.Parts(LoaderChip.S3)));

        Assert.AreEqual(UsbFault.WrongBoard, refused.Fault);
        StringAssert.Contains(refused.Message, "ESP32-C3");
        StringAssert.Contains(refused.Message, "nothing was written");
        Assert.AreEqual(0, test.Board.Flash.BytesProgrammed);
    }

    [TestMethod]
    public void What_does_not_fit_is_refused()
    {
        using var test = new BoardUnderTest();
        var part = new FlashPart("big.bin", 0x3F0000, new byte[0x20000]);
        UsbException refused = Assert.ThrowsExactly<UsbException>(() => test.Flash([part]));
        StringAssert.Contains(refused.Message, "4 MiB");
        refused = Assert.ThrowsExactly<UsbException>(() => test.Flash([part with { Offset = 0x100 }]));
        StringAssert.Contains(refused.Message, "multiple of 0x1000");
        FlashPart[] overlapping = [part with { Offset = 0 }, part with { Offset = 0x1000, Name = "b.bin" }];
        refused = Assert.ThrowsExactly<UsbException>(() => test.Flash(overlapping));
        StringAssert.Contains(refused.Message, "overlap");
    }

    [TestMethod]
    public void Ctrl_C_leaves_a_flash_that_the_next_run_completes()
    {
        using var test = new BoardUnderTest();
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip, 200_000);
        using var stop = new CancellationTokenSource();
        var flasher = new Flasher(test.Line)
        {
            Progress = p =>
            {
                if (p is { Step: FlashStep.Write, Done: > 100_000 }) stop.Cancel();
            },
        };

        Assert.ThrowsExactly<OperationCanceledException>(() => flasher.Flash(test.Chip, parts, null, stop.Token));

        FlashResult result = test.Flash(parts);
        Assert.IsTrue(result.Written < result.Total - 60_000, $"{result.Written} of {result.Total} again");
        test.ExpectFlash(parts);
    }

    [TestMethod]
    public void A_silent_line_ends_with_what_to_do()
    {
        using var test = new BoardUnderTest(faults: (_, _, _) => LineFault.Drop);

        UsbException silent = Assert.ThrowsExactly<UsbException>(() => test.Flash(BoardUnderTest.Parts(test.Chip)));

        Assert.AreEqual(UsbFault.Silent, silent.Fault);
        StringAssert.Contains(silent.Message, "BOOT");
        Assert.IsTrue(test.Line.Now < TimeSpan.FromSeconds(30));
    }
}

using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Usb.Tests;

/// <summary>Each message of both protocols, in both directions, is lost, damaged, late, doubled, or the cable unplugged at it: the run ends
/// well or with a clear error, and then the next run ends well.</summary>
[TestClass]
public class FaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Settings = [.. Enumerable.Range(0, 2300).Select(i => (byte)(i * 13))];

    public static IEnumerable<object[]> All =>
    [
        .. Enum.GetValues<LineFault>().Where(f => f != LineFault.None).Select(f => new object[] { f }),
    ];

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Flashing_survives_a_fault_at_any_message(LineFault fault)
    {
        IReadOnlyList<FlashPart> parts = SmallParts();
        int messages = Count(test => Flash(test, parts));
        for (int at = 0; at < messages; at++)
        {
            using BoardUnderTest test = Faulty(fault, at);
            Try(test, () => Flash(test, parts), $"{fault} at {at}", UsbFault.Silent);
            test.ExpectFlash(parts);
        }
    }

    [TestMethod]
    public void A_garbled_bit_anywhere_in_a_message_never_leaves_a_wrong_flash()
    {
        IReadOnlyList<FlashPart> parts = SmallParts();
        int messages = Count(test => Flash(test, parts));
        var random = new Random(1);
        for (int at = 0; at < messages; at++)
            for (int i = 0; i < 2; i++)
            {
                int chosen = random.Next();
                using BoardUnderTest test = Faulty(LineFault.Garble, at, bits => chosen % bits);
                Try(test, () => Flash(test, parts), $"bit {chosen} of message {at}", UsbFault.Silent);
                test.ExpectFlash(parts);
            }
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Setting_up_by_the_wire_protocol_survives_a_fault_at_any_message(LineFault fault)
    {
        int before = 0;
        int messages = Count(test =>
        {
            Flash(test, SmallParts());
            before = test.Line.Messages;
            SetUp(test);
        });
        for (int at = before; at < messages; at++)
        {
            using BoardUnderTest test = Faulty(fault, at);
            Flash(test, SmallParts());
            Try(test, () => SetUp(test), $"{fault} at {at - before}", UsbFault.Silent, UsbFault.Refused, UsbFault.NotWritten);
            CollectionAssert.AreEqual(Settings, File.ReadAllBytes(Path.Combine(test.Drive, "edgechat.json")), $"{fault} at {at - before}");
            Assert.IsTrue(test.Program.IsOn, $"{fault} at {at - before}: the program runs");
        }
    }

    [TestMethod]
    public void A_line_that_loses_one_message_in_thirty_still_flashes()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            using var test = new BoardUnderTest(
                faults: (_, _, _) => random.Next(30) == 0 ? (LineFault)random.Next(1, 3) : LineFault.None, garbled: random.Next);
            IReadOnlyList<FlashPart> parts = SmallParts();
            for (int run = 0; ; run++)
            {
                try
                {
                    Flash(test, parts);
                    break;
                }
                catch (UsbException e) when (run < 10 && e.Fault is UsbFault.Silent)
                {
                    // it says so, and the next run goes on
                }
            }

            test.ExpectFlash(parts);
        }
    }

    [TestMethod]
    public void A_block_whose_answer_is_lost_is_not_sent_again()
    {
        var seen = new HashSet<string>();
        int lost = 0;
        using var test = new BoardUnderTest(faults: (_, isOfHost, message) =>
        {
            if (isOfHost && message[2] == (byte)LoaderCommand.DeflateData && lost == 1)
                Assert.IsTrue(seen.Add(Convert.ToHexString(message)) || message.Length < 100, "the same block came twice");
            if (isOfHost && message[2] == (byte)LoaderCommand.DeflateData) seen.Add(Convert.ToHexString(message));
            bool isLost = !isOfHost && lost == 0 && message[2] == (byte)LoaderCommand.DeflateData && seen.Count == 3;
            if (isLost) lost++;
            return isLost ? LineFault.Drop : LineFault.None;
        });
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(test.Chip, 200_000);

        FlashResult result = test.Flash(parts);

        Assert.AreEqual(1, lost);
        Assert.IsTrue(result.Repeats > 0);
        test.ExpectFlash(parts);
    }

    private static IReadOnlyList<FlashPart> SmallParts() => BoardUnderTest.Parts(LoaderChip.Esp32, 20_000, 500);

    private static int Count(Action<BoardUnderTest> run)
    {
        using var test = new BoardUnderTest(model: FlashModel.Real);
        run(test);
        Assert.IsTrue(test.Line.Messages > 100, "there is something to lose");
        return test.Line.Messages;
    }

    private static BoardUnderTest Faulty(LineFault fault, int at, Func<int, int>? garbled = null) =>
        new(model: FlashModel.Real, garbled: garbled, faults: (number, isOfHost, _) =>
            // a line doubles nothing; a board that was asked twice answers twice
            number == at && !(fault == LineFault.Repeat && isOfHost) ? fault : LineFault.None);

    internal static void Flash(BoardUnderTest test, IReadOnlyList<FlashPart> parts) =>
        new Flasher(test.Line) { PlugPatience = TimeSpan.FromSeconds(10) }.Flash(test.Chip, parts);

    private static void SetUp(BoardUnderTest test)
    {
        test.Line.Reopen();
        var client = new WireClient(test.Line);
        client.Connect(Patience);
        client.Configuration.Write(new StationBlock("HomeNet", "secret-pass-1"));
        client.Configuration.WriteCertificates(ConfigurationKind.CaBundle, new byte[1500]);
        client.Files.Write("I:\\edgechat.json", Settings);
        client.Deploy(BoardUnderTest.Assemblies(4000));
        client.Reboot(RebootKind.Runtime);
        Assert.AreEqual("HomeNet", client.Configuration.ReadStation().Ssid);
    }

    // Once with the fault: well, or an error that says what to do. If it was an error, again: well.
    private static void Try(BoardUnderTest test, Action run, string what, params UsbFault[] allowed)
    {
        try
        {
            run();
            return;
        }
        catch (UsbException e) when (allowed.Contains(e.Fault))
        {
            Assert.IsTrue(e.Message.Contains(';') || e.Message.Contains(':'), e.Message);
        }
        catch (LineGoneException)
        {
            // unplugged, and it says so
        }
        catch (Exception e) when (e is WireSilentException or WireRefusedException)
        {
            // a question of the Wire Protocol
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }

        Exception? last = null;
        for (int i = 0; i < 3; i++)
        {
            try
            {
                run();
                return;
            }
            catch (LineGoneException e)
            {
                // somebody plugs it in again
                last = e;
                test.Line.Wait(test.Line.Unplugged);
            }
        }

        Assert.Fail($"{what}, the next run: {last}");
    }
}

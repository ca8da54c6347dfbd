using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;

namespace EdgeChat.Usb.Tests;

/// <summary>On each chip, each kind of message of flashing and erasing is lost, damaged, late, doubled, or the cable unplugged at it: the
/// run ends well or with a clear error, and then the next run ends well.</summary>
[TestClass]
public class ChipFaultTests
{
    private const int OldBytes = 0x3000; // at the end of the deployment, where the new one has nothing

    // what is asked of every chip, and what the other chips tell of themselves or answer from their ROM
    private const string Asked = "Sync GetSecurityInfo ReadRegister SpiAttach WriteRegister MemBegin MemData MemEnd ChangeBaudRate "
        + "SpiSetParams FlashMd5 DeflateBegin DeflateData DeflateEnd EraseRegion EraseFlash";

    public static IEnumerable<object[]> Chips => LoaderChip.All.Select(c => new object[] { c.Key });

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void Each_kind_of_message_may_fail_on_each_chip(string key)
    {
        var chip = LoaderChip.Find(key)!;
        IReadOnlyList<FlashPart> parts = BoardUnderTest.Parts(chip, 5000, 500);
        var kinds = new Dictionary<string, int>();
        using (BoardUnderTest test = Make(chip, (number, isOfHost, message) =>
        {
            if (message.Length > 2 && message[0] == 0xC0)
                kinds.TryAdd($"{(isOfHost ? '>' : '<')} {(LoaderCommand)message[2]}", number);
            return LineFault.None;
        }))
        {
            Run(test, parts);
            test.ExpectFlash(parts);
        }

        // the first chip refuses to tell what it is, under another number
        string[] all = [.. Asked.Split(' ').SelectMany(c => new[] { "> " + c, "< " + c })
            .Where(k => !chip.IsFirst || k != "< GetSecurityInfo")];
        CollectionAssert.IsSubsetOf(all, kinds.Keys, "each is lost, and so is its answer");
        foreach (LineFault fault in Enum.GetValues<LineFault>().Where(f => f != LineFault.None))
            foreach ((string kind, int at) in kinds)
            {
                if (fault == LineFault.Repeat && kind[0] == '>') continue; // a line doubles nothing
                using BoardUnderTest test = Make(chip, (number, _, _) => number == at ? fault : LineFault.None);
                Try(test, parts, $"{key}: {fault} at {kind}");
                test.ExpectFlash(parts);
            }
    }

    // a board that has had another program, so that there is something to erase
    private static BoardUnderTest Make(LoaderChip chip, Func<int, bool, byte[], LineFault> faults)
    {
        var test = new BoardUnderTest(chip, FlashModel.Fast, faults);
        FlashPart deployment = BoardUnderTest.Parts(chip, 5000, 500)[^1];
        test.Board.Flash.Program(deployment.Offset + deployment.Length - OldBytes, new byte[OldBytes]);
        return test;
    }

    private static void Run(BoardUnderTest test, IReadOnlyList<FlashPart> parts)
    {
        FaultTests.Flash(test, parts);
        var client = new LoaderClient(test.Line);
        test.Line.Reopen();
        client.Connect();
        client.RunStub(921_600);
        client.EraseAll();
        Assert.IsTrue(test.Board.Flash.Bytes.IndexOfAnyExcept((byte)0xFF) < 0, "all is erased");
        FaultTests.Flash(test, parts);
    }

    private static bool IsSaid(Exception e) =>
        e is UsbException { Fault: UsbFault.Silent } or LineGoneException or LoaderSilentException or LoaderRefusedException;

    private static void Try(BoardUnderTest test, IReadOnlyList<FlashPart> parts, string what)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                Run(test, parts);
                return;
            }
            catch (Exception e) when (i < 3 && IsSaid(e))
            {
                // it says so; somebody plugs it in again
                test.Line.Wait(test.Line.Unplugged);
                if (e is LineGoneException) test.Line.Reopen();
            }
            catch (Exception e)
            {
                Assert.Fail($"{what}, run {i}: {e}");
            }
        }
    }
}

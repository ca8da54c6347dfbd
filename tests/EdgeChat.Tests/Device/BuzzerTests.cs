using System.Collections.Concurrent;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Tests.Fleet;
using EdgeChat.VirtualBoard;
using nanoFramework.Hardware.Esp32;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The buzzer: what its driver sends, and when a whole board is heard.</summary>
[TestClass]
public sealed class BuzzerTests
{
    private const int Pin = 4;

    private static readonly Tone Expected = new(Buzzer.Hertz, Buzzer.ToneMs);

    // without a port: without a console
    private static string Hardware(string? port = "COM2") => (port is null
        ? string.Concat(TestBoard.Hardware.Split('\n').Where(l => !l.Contains("\"serial\"", StringComparison.Ordinal)))
        : TestBoard.Hardware.Replace("COM2", port, StringComparison.Ordinal)).TrimEnd()[..^1].TrimEnd().TrimEnd(',')
        + $", \"buzzer\": {{ \"pin\": {Pin} }} }}";

    [TestMethod]
    [DataRow("COM2")]
    [DataRow("COM3")]
    [DataRow(null)]
    public void A_tone_is_heard_whole_and_again_on_the_port_that_the_console_leaves_free(string? console)
    {
        using var heard = new BlockingCollection<Tone>();
        using var board = new TestBoard(
            () =>
            {
                BoardConfig config = BoardConfig.Load();
                using SerialLine serial = Wiring.Serial(config);
                Buzzer buzzer = Wiring.Buzzer(config);
                buzzer.Sound();
                Assert.AreEqual(Expected, heard.Take());
                buzzer.Sound(); // the port was closed, so it opens
                Assert.AreEqual(Expected, heard.Take());
            },
            Hardware(console));
        board.Put("board.json", Hardware(console));
        board.Board.Buzzer.Sounded += heard.Add;
        board.RunToEnd();
    }

    [TestMethod]
    public void A_board_without_a_buzzer_has_none_made()
    {
        using var board = new TestBoard(() => Assert.IsNull(Wiring.Buzzer(BoardConfig.Load())));
        board.Put("board.json", TestBoard.Hardware);
        board.RunToEnd();
    }

    [TestMethod]
    public void The_virtual_buzzer_measures_the_wave_and_hears_nothing_after_the_port_is_closed()
    {
        using var heard = new BlockingCollection<Tone>();
        using var board = new TestBoard(
            () =>
            {
                Configuration.SetPinFunction(Pin, DeviceFunction.COM3_TX);
                Configuration.SetPinFunction(Pin, DeviceFunction.COM3_RX);
                foreach (byte wave in new byte[] { 0xF0, 0xCC })
                {
                    using var port = new Nano.SerialPort("COM3", 10_000) { InvertSignalLevels = true };
                    port.Open();
                    port.Write([.. Enumerable.Repeat(wave, 10)], 0, 10);
                    Thread.Sleep(10);
                }

                using var early = new Nano.SerialPort("COM3", 10_000) { InvertSignalLevels = true };
                early.Open();
                early.Write([.. Enumerable.Repeat((byte)0xF0, 60_000)], 0, 60_000);
            },
            Hardware());
        board.Board.Buzzer.Sounded += heard.Add;
        board.RunToEnd();
        Assert.AreEqual(new Tone(1000, 10), heard.Take());
        Assert.AreEqual(new Tone(2000, 10), heard.Take(), "twice up in ten bits");
        Assert.IsTrue(!heard.TryTake(out Tone cut) || cut.Milliseconds < 60_000, "a minute was cut off");
    }

    [TestMethod]
    public void A_line_that_would_rest_high_at_the_buzzer_is_told()
    {
        using var board = new TestBoard(
            () =>
            {
                Configuration.SetPinFunction(Pin, DeviceFunction.COM3_TX);
                Configuration.SetPinFunction(Pin, DeviceFunction.COM3_RX);
                string message = Assert.ThrowsExactly<InvalidOperationException>(new Nano.SerialPort("COM3").Open).Message;
                StringAssert.Contains(message, "set InvertSignalLevels");
            },
            Hardware());
        board.RunToEnd();
    }

    [TestMethod]
    public async Task A_whole_board_is_heard_once_for_a_burst_and_not_when_muted_silent_or_off()
    {
        await using TestFleet fleet = await TestFleet.StartAsync(IBroker.Embedded);
        FleetBoard alice = fleet.Add("alice", "bob");
        FleetBoard bob = fleet.Add("bob", 60, ["alice"], "m5stack-core");
        await Task.WhenAll(alice.OnlineAsync(), bob.OnlineAsync());
        for (int i = 0; i < 3; i++) await SayAsync();
        await fleet.Until("the tone", () => !bob.Tones.IsEmpty);
        foreach (string first in new[] { "mute alice", "unmute alice", "set notify off", "set notify silent" })
        {
            bob.Board.Skip(TimeSpan.FromSeconds(10));
            await bob.AskAsync(first);
            if (first == "unmute alice") continue;
            await SayAsync();
        }

        bob.Board.Skip(TimeSpan.FromSeconds(10));
        await bob.AskAsync("set notify sound");
        await SayAsync();
        await fleet.Until("a second tone", () => bob.Tones.Count > 1);
        CollectionAssert.AreEqual(new[] { Expected, Expected }, bob.Tones.ToArray());
        Assert.IsNull(bob.Board.FirmwareFault);

        async Task SayAsync()
        {
            int before = bob.Arrived("alice").Count;
            await alice.SendAsync("bob", "Hello");
            await fleet.Until("the message", () => bob.Arrived("alice").Count > before);
        }
    }
}

using System.Device.Gpio;
using EdgeChat.VirtualBoard;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class IsolationTests
{
    [TestMethod]
    public void Static_calls_act_on_the_board_whose_thread_timer_or_event_calls()
    {
        using var alice = new BoardUnderTest("alice");
        using var bob = new BoardUnderTest("bob", json: BoardUnderTest.DevKit.Replace("ESP32_REV3", "ESP32_S3"));
        foreach (BoardUnderTest board in new[] { alice, bob }) board.Boot(() => Everywhere(board));
        foreach ((BoardUnderTest board, string target) in new[] { (alice, "ESP32_REV3"), (bob, "ESP32_S3") })
        {
            for (int i = 0; i < 3; i++) board.Heard<string>();
            board.Board.Pins.Press(33);
            board.Board.Console.Type("x"u8);
            for (int i = 0; i < 2; i++) board.Heard<string>();
            string name = board.Board.Name;
            CollectionAssert.AreEqual(
                new[] { $"main={name}", $"pin={name}", $"serial={name}", $"thread={name}", $"timer={name}" }, board.Files(), name);
            Assert.AreEqual(target, board.Heard<string>());
        }
    }

    [TestMethod]
    public void Pin_functions_are_each_boards_own_and_forgotten_at_boot()
    {
        using var alice = new BoardUnderTest("alice");
        using var bob = new BoardUnderTest("bob");
        alice.Run(static () => Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA));
        bob.Run(() => bob.Tell(Configuration.GetFunctionPin(DeviceFunction.I2C1_DATA)));
        alice.Run(() => alice.Tell(Configuration.GetFunctionPin(DeviceFunction.I2C1_DATA)));
        Assert.AreEqual(-1, bob.Heard<int>());
        Assert.AreEqual(-1, alice.Heard<int>());
    }

    [TestMethod]
    public void Uptime_starts_at_boot()
    {
        using var board = new BoardUnderTest();
        board.Run(() => board.Tell(Nano.Environment.TickCount64));
        Assert.IsInRange(0, 10_000, board.Heard<long>());
    }

    [TestMethod]
    public void A_thread_of_the_PC_belongs_to_no_board()
    {
        Assert.IsNull(Board.Current);
        var e = Assert.ThrowsExactly<InvalidOperationException>(static () => Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA));
        StringAssert.Contains(e.Message, "Configuration");
    }

    [TestMethod]
    public void Debug_output_goes_to_the_board()
    {
        using var board = new BoardUnderTest();
        var lines = new List<string>();
        board.Board.DebugOutput += lines.Add;
        board.Run(static () =>
        {
            Nano.Debug.WriteLine("one");
            Nano.Console.Write("two");
        });
        CollectionAssert.AreEqual(new[] { "one\n", "two" }, lines);
    }

    private static void Everywhere(BoardUnderTest board)
    {
        Mark(board, "main");
        new Nano.Thread(() => Mark(board, "thread")).Start();
        _ = new Nano.Timer(_ => Mark(board, "timer"), null, 0, Timeout.Infinite);
        GpioPin pin = new GpioController().OpenPin(33, PinMode.InputPullUp);
        pin.ValueChanged += (_, _) => Mark(board, "pin");
        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
        var port = new Nano.SerialPort("COM2", 115200);
        port.DataReceived += (_, _) =>
        {
            Mark(board, "serial");
            board.Tell(SystemInfo.TargetName);
        };
        port.Open();
    }

    private static void Mark(BoardUnderTest board, string where)
    {
        Nano.File.WriteAllText(@"I:\" + where, Board.Current!.Name);
        board.Tell(where);
    }
}

using System.Text;
using nanoFramework.Hardware.Esp32;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class SerialTests
{
    [TestMethod]
    public void What_is_typed_arrives_with_an_event_and_what_is_written_comes_out()
    {
        using var board = new BoardUnderTest();
        board.Board.Console.Output += bytes => board.Tell(Encoding.UTF8.GetString(bytes));
        board.Boot(() => Echo(board));
        Assert.AreEqual("open", board.Heard<string>());
        board.Board.Console.Type("Grüße"u8);
        Assert.AreEqual("Grüße", board.Heard<string>());
    }

    [TestMethod]
    public void A_paste_of_300_lines_loses_nothing()
    {
        string paste = string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i} of a paste that is longer than any buffer\r"));
        using var board = new BoardUnderTest();
        var echoed = new StringBuilder();
        using var all = new ManualResetEventSlim();
        board.Board.Console.Output += bytes =>
        {
            echoed.Append(Encoding.ASCII.GetString(bytes));
            if (echoed.Length == paste.Length) all.Set();
        };
        board.Boot(() => Echo(board));
        board.Heard<string>();
        board.Board.Console.Type(Encoding.ASCII.GetBytes(paste));
        Assert.IsTrue(all.Wait(BoardUnderTest.Patience), "lost after " + echoed.Length);
        Assert.AreEqual(paste, echoed.ToString());
    }

    [TestMethod]
    public void What_is_typed_before_the_port_is_open_is_lost()
    {
        using var board = new BoardUnderTest();
        board.Board.Console.Type("early"u8);
        board.Run(() =>
        {
            using Nano.SerialPort port = Port();
            port.Open();
            board.Tell(port.BytesToRead);
        });
        Assert.AreEqual(0, board.Heard<int>());
    }

    [TestMethod]
    public void A_read_waits_for_all_that_it_asks_for()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            using Nano.SerialPort port = Port();
            port.Open();
            port.ReadTimeout = 10;
            var three = new byte[3];
            Assert.ThrowsExactly<TimeoutException>(() => port.Read(three, 0, 3));
            port.ReadTimeout = Timeout.Infinite;
            board.Tell("reading");
            board.Tell(port.Read(three, 0, 3));
        });
        board.Heard<string>();
        board.Board.Console.Type("ab"u8);
        board.Board.Console.Type("c"u8);
        Assert.AreEqual(3, board.Heard<int>());
        board.Ended();
    }

    [TestMethod]
    public void A_port_without_its_pins_does_not_open()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            var port = new Nano.SerialPort("COM2");
            board.Tell(Assert.ThrowsExactly<ArgumentException>(port.Open).Message);
            Configuration.SetPinFunction(4, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
            board.Tell(Assert.ThrowsExactly<ArgumentException>(port.Open).Message);
        });
        StringAssert.Contains(board.Heard<string>(), "SetPinFunction");
        StringAssert.Contains(board.Heard<string>(), "17");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_terminal_program_may_come_and_go_and_come_again()
    {
        using var board = new BoardUnderTest(withPty: true);
        board.Boot(() => Echo(board));
        board.Heard<string>();
        foreach (string text in new[] { "hello\r", "again\r" })
        {
            using var terminal = new FileStream(board.Board.Console.PtyPath!, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
            terminal.Write(Encoding.ASCII.GetBytes(text));
            var echo = new byte[text.Length];
            Assert.IsTrue(Task.Run(() => terminal.ReadExactly(echo)).Wait(BoardUnderTest.Patience), "no echo of " + text);
            Assert.AreEqual(text, Encoding.ASCII.GetString(echo));
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void The_terminal_is_there_while_the_board_is_off_and_full_output_does_not_stop_the_firmware()
    {
        using var board = new BoardUnderTest(withPty: true);
        Assert.IsTrue(File.Exists(board.Board.Console.PtyPath));
        board.Run(static () =>
        {
            using Nano.SerialPort port = Port();
            port.Open();
            for (int i = 0; i < 100; i++) port.Write(new string('x', 1000)); // nobody reads
        });
        Assert.IsTrue(File.Exists(board.Board.Console.PtyPath));
    }

    private static void Echo(BoardUnderTest board)
    {
        Nano.SerialPort port = Port();
        var buffer = new byte[64];
        port.DataReceived += (_, _) =>
        {
            while (port.BytesToRead > 0)
            {
                int count = port.Read(buffer, 0, Math.Min(buffer.Length, port.BytesToRead));
                port.Write(buffer, 0, count);
            }
        };
        port.Open();
        board.Tell("open");
    }

    private static Nano.SerialPort Port()
    {
        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
        return new Nano.SerialPort("COM2", 115200);
    }
}

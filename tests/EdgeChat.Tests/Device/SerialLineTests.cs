using System.Text;
using System.Text.RegularExpressions;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The console's line: everything that is typed arrives, everything that is written leaves.</summary>
[TestClass]
public class SerialLineTests
{
    [TestMethod]
    public void A_paste_of_300_lines_arrives_whole_and_in_order()
    {
        string paste =
            string.Concat(Enumerable.Range(1, 300).Select(i => $"send bob line {i:D3} of a long paste that nobody wants to lose\r"));
        var got = new StringBuilder();
        using var board = new TestBoard(() =>
        {
            var arrived = new Waker();
            SerialLine line = Wiring.Serial(new BoardConfig());
            line.Open(arrived);
            line.Write("ready\n"u8.ToArray(), 0, 6);
            var buffer = new byte[50];
            while (got.Length < paste.Length)
            {
                int count = line.Read(buffer, buffer.Length);
                got.Append(Encoding.ASCII.GetString(buffer, 0, count));
                if (count == 0) arrived.Event.WaitOne();
            }

            line.Write("done\n"u8.ToArray(), 0, 5);
        });
        board.Board.PowerOn();
        board.WaitForOutput("ready\n");
        board.Board.Console.Type(Encoding.ASCII.GetBytes(paste));
        string output = board.WaitForOutput("done\n");
        Assert.AreEqual(paste, got.ToString());
        StringAssert.Matches(output, new Regex("^ready\n(\u0013\u0011)*done\n$"));
    }

    [TestMethod]
    public void A_terminal_is_told_to_wait_and_to_go_on_when_a_paste_outruns_the_board()
    {
        using var slow = new ManualResetEventSlim();
        using var board = new TestBoard(() =>
        {
            SerialLine line = Wiring.Serial(new BoardConfig());
            line.Open(new Waker());
            line.Write("ready\n"u8.ToArray(), 0, 6);
            slow.Wait();
            var buffer = new byte[256];
            while (line.Read(buffer, buffer.Length) > 0)
            {
            }
        });
        board.Board.PowerOn();
        board.WaitForOutput("ready\n");
        board.Board.Console.Type(new byte[Limits.SerialInputBytes / 2]);
        board.WaitForOutput("ready\n\u0013");
        slow.Set();
        board.WaitForOutput("ready\n\u0013\u0011");
    }

    [TestMethod]
    public void What_is_written_leaves_whole_even_when_it_is_more_than_fits()
    {
        string text = string.Concat(Enumerable.Range(1, 1000).Select(i => $"answer {i}\r\n"));
        using var board = new TestBoard(() =>
        {
            SerialLine line = Wiring.Serial(new BoardConfig());
            byte[] bytes = Encoding.ASCII.GetBytes(text + "done\n");
            line.Write(bytes, 0, 100);
            line.Open(new Waker());
            line.Write(bytes, 100, bytes.Length - 100);
            Assert.AreEqual(0, line.Lost);
        });
        board.Board.PowerOn();
        Assert.AreEqual(text + "done\n", board.WaitForOutput("done\n"));
    }

    [TestMethod]
    public void A_line_that_is_stuck_is_waited_for_once_and_is_used_again_when_it_moves()
    {
        using var moves = new ManualResetEventSlim();
        using var isLost = new ManualResetEventSlim();
        byte[] text = new byte[2 * Limits.SerialOutputBytes];
        Array.Fill(text, (byte)'x');
        int lost = 0;
        using var board = new TestBoard(() =>
        {
            SerialLine line = Wiring.Serial(new BoardConfig());
            line.Open(new Waker());
            line.Write(text, 0, text.Length);
            lost = line.Lost;
            for (int i = 0; i < 1000; i++) line.Write(text, 0, text.Length); // would take half an hour if each waited
            isLost.Set();
            moves.Wait();
            while (line.Lost > 0)
            {
                int before = line.Lost;
                line.Write("after\n"u8.ToArray(), 0, 6);
                if (line.Lost == before) break;
                Thread.Yield();
            }
        });
        board.Board.Console.Output += _ => moves.Wait();
        board.Board.PowerOn();
        Assert.IsTrue(isLost.Wait(Waiting.Longest));
        Assert.IsGreaterThan(0, lost);
        moves.Set();
        board.WaitForOutput("after\n");
    }

    private sealed class Waker : ISerialListener
    {
        public AutoResetEvent Event { get; } = new(false);

        public void OnInput() => Event.Set();
    }
}

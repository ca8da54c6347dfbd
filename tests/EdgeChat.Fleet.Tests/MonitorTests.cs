using System.Text;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Fleet.Tests;

/// <summary><c>edgechat monitor</c>, with a cable that is pulled and plugged in again.</summary>
[TestClass]
public class MonitorTests
{
    [TestMethod]
    public async Task It_comes_back_by_itself_and_types_what_is_written()
    {
        using var folder = new TestFolder();
        var typed = new StringBuilder();
        var ended = new TaskCompletionSource();
        var seen = new TaskCompletionSource();
        using var printed = new Awaited("ne, and again", seen);
        using var host = new ToolHost
        {
            Out = TextWriter.Synchronized(printed),
            Error = TextWriter.Null,
            In = new LineInput(new TypedWhenOpen(typed, ended)),
        };
        var opened = 0;
        var monitor = new SerialMonitor(
            () => ++opened switch
            {
                1 => new ScriptedLine("hello\r\nhalf a li", typed, null),
                2 or 3 => throw new LineGoneException("board: there is no such port"),
                _ => new ScriptedLine("ne, and again\r\n", typed, ended),
            },
            host, new Still())
        { Log = folder["log"], PrintsJson = true };
        Task<int> run = monitor.RunAsync("board");
        await ended.Task;
        await seen.Task;
        host.RequestStop();
        Assert.AreEqual(0, await run);
        string[] lines = [.. Without(File.ReadAllLines(folder["log"]), "not written").Select(l => l[14..])];
        CollectionAssert.AreEqual(
            new[]
            {
                "-- board is there", "hello", "half a li", "-- board: it was unplugged; waiting for it", "-- board is there",
                "ne, and again",
            },
            lines);
        CollectionAssert.AreEqual(
            new[]
            {
                """{"at":"2026-11-27T01:02:03.004+00:00","event":"there","text":"board is there"}""",
                """{"at":"2026-11-27T01:02:03.004+00:00","text":"hello"}""",
                """{"at":"2026-11-27T01:02:03.004+00:00","text":"half a li"}""",
                """{"at":"2026-11-27T01:02:03.004+00:00","event":"gone","text":"board: it was unplugged; waiting for it"}""",
            },
            Without(printed.ToString().ReplaceLineEndings("\n").Split('\n'), "unwritten")[..4]);
        StringAssert.StartsWith(File.ReadAllText(folder["log"]), "01:02:03.004  ");
        Assert.AreEqual("status\r", typed.ToString());
    }

    [TestMethod]
    public async Task What_is_typed_while_no_board_is_there_is_told_as_not_written()
    {
        var told = new TaskCompletionSource();
        using var printed = new Awaited("not written", told);
        using var host = new ToolHost
        {
            Out = TextWriter.Synchronized(printed),
            Error = TextWriter.Null,
            In = new LineInput(new MemoryStream("status\n"u8.ToArray())),
        };
        var monitor = new SerialMonitor(() => throw new LineGoneException("board: there is no such port"), host, new Still());
        Task<int> run = monitor.RunAsync("board");
        await told.Task;
        host.RequestStop();
        Assert.AreEqual(0, await run);
        StringAssert.Contains(printed.ToString(), "01:02:03.004  -- not written, the board is not there: status");
    }

    [TestMethod]
    public async Task A_log_that_who_types_cannot_write_ends_it()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["logs"]);
        var opened = new TaskCompletionSource();
        using var host = new ToolHost
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = new LineInput(new TypedOnce(opened.Task)),
        };
        // a line that says nothing, and cannot be written: that is told by who types alone
        var line = new ScriptedLine("", new StringBuilder(), new TaskCompletionSource())
        {
            Written = () =>
            {
                Directory.Delete(folder["logs"], recursive: true);
                throw new LineGoneException("board: it was unplugged");
            },
        };
        var monitor = new SerialMonitor(
            () =>
            {
                opened.SetResult();
                return line;
            },
            host, new Still())
        { Log = folder["logs/log"] };
        ToolException error = await Assert.ThrowsExactlyAsync<ToolException>(() => monitor.RunAsync("board"));
        Assert.AreEqual(ExitCode.Machine, error.ExitCode);
        StringAssert.Contains(error.Message, "the log cannot be written");
    }

    private static string[] Without(string[] lines, string text) => [.. lines.Where(l => !l.Contains(text, StringComparison.Ordinal))];

    private sealed class Awaited(string text, TaskCompletionSource seen) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true) seen.TrySetResult();
        }
    }

    private sealed class Still : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 27, 1, 2, 3, 4, TimeSpan.Zero);
    }

    // says its text, and then is unplugged; with somebody to wait for it stays until that has come
    private sealed class ScriptedLine(string text, StringBuilder typed, TaskCompletionSource? wait) : ISerialLine
    {
        private byte[] _rest = Encoding.UTF8.GetBytes(text);

        public Action Written { get; init; } = () => { };

        public string Name => "board";

        public int BaudRate { get; set; }

        public TimeSpan Now => TimeSpan.Zero;

        public void Wait(TimeSpan time)
        {
        }

        public bool SetModemLines(bool dtr, bool rts) => false;

        public int Read(Span<byte> buffer, TimeSpan patience)
        {
            if (_rest.Length == 0 && wait is null) throw new LineGoneException("board: it was unplugged");
            if (_rest.Length == 0) Thread.Sleep(1);
            int count = Math.Min(_rest.Length, 5);
            _rest.AsSpan(0, count).CopyTo(buffer);
            _rest = _rest[count..];
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Written();
            typed.Append(Encoding.UTF8.GetString(bytes));
            wait?.TrySetResult();
        }

        public void DiscardInput()
        {
        }

        public void Reopen()
        {
        }

        public void Dispose()
        {
        }
    }

    // somebody who writes a line once the board is there
    private sealed class TypedOnce(Task there) : MemoryStream("status\n"u8.ToArray())
    {
        public override int Read(Span<byte> buffer)
        {
            there.Wait();
            return base.Read(buffer);
        }
    }

    // somebody who writes until it has arrived: what is written while no board is there is lost
    private sealed class TypedWhenOpen(StringBuilder typed, TaskCompletionSource ended) : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            if (ended.Task.IsCompleted) return 0;
            Thread.Sleep(5);
            typed.Clear();
            "status\n"u8.CopyTo(buffer);
            return 7;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}

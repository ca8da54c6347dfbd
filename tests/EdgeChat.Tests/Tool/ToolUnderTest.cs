using System.Collections.Concurrent;
using System.Text;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary>Runs the command in this process and keeps what it prints.</summary>
internal sealed class ToolUnderTest : IDisposable
{
    private readonly LineWriter _out = new();
    private readonly LineWriter _error = new();
    private readonly TypedStream _in = new();
    private readonly BlockingCollection<ConsoleKeyInfo> _keys = [];
    private readonly ToolHost _host;

    /// <summary>Makes a tool in a pipe, or in a terminal of <paramref name="size"/>.</summary>
    public ToolUnderTest((int Width, int Height)? size = null) => _host = new ToolHost
    {
        Out = _out,
        Error = _error,
        In = new LineInput(_in),
        HasTerminal = size is not null,
        TerminalSize = () => size ?? default,
        ReadKey = () => _keys.TryTake(out var key, Timeout.Infinite) ? key : throw new InvalidOperationException("no terminal"),
    };

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>Runs to the end with a firmware that does nothing.</summary>
    public static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var tool = new ToolUnderTest();
        var code = await EdgeChatCommand.RunAsync(args, tool._host, () => { });
        return (code, tool.Error);
    }

    public Task<int> StartAsync(Action? firmware, params string[] args) => EdgeChatCommand.RunAsync(args, _host, firmware);

    public void Type(string line) => _in.Add(Encoding.UTF8.GetBytes(line + "\n"));

    public void Press(ConsoleKey key, char c = '\0', bool shift = false, bool control = false) =>
        _keys.Add(new ConsoleKeyInfo(c, key, shift, false, control));

    public void TypeKeys(string text)
    {
        foreach (var c in text)
            Press(c == '\r' ? ConsoleKey.Enter : ConsoleKey.None, c);
    }

    public void RequestStop() => _host.RequestStop();

    /// <summary>Returns when what was printed holds <paramref name="text"/>.</summary>
    public Task PrintsAsync(string text, TimeSpan limit) =>
        _out.UntilAsync(all => all.Contains(text, StringComparison.Ordinal), text, limit);

    /// <summary>Returns when what was printed satisfies <paramref name="condition"/>.</summary>
    public Task PrintsAsync(Func<string, bool> condition, string what, TimeSpan limit) => _out.UntilAsync(condition, what, limit);

    public void Dispose()
    {
        _in.Dispose();
        _keys.CompleteAdding();
        _host.Dispose();
    }

    private sealed class LineWriter : TextWriter
    {
        private readonly StringBuilder _text = new();
        private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Add(value.ToString());

        public override void Write(string? value) => Add(value ?? "");

        public override void WriteLine(string? value) => Add(value + "\n");

        public override string ToString()
        {
            lock (_text)
                return _text.ToString();
        }

        public async Task UntilAsync(Func<string, bool> condition, string what, TimeSpan limit)
        {
            using var patience = new CancellationTokenSource(limit);
            while (true)
            {
                Task more;
                lock (_text)
                {
                    if (condition(_text.ToString()))
                        return;
                    more = _written.Task;
                }

                try
                {
                    await more.WaitAsync(patience.Token);
                }
                catch (OperationCanceledException)
                {
                    Assert.Fail($"not printed within {limit.TotalSeconds:0} s: {what}; printed so far:\n{this}");
                }
            }
        }

        private void Add(string text)
        {
            lock (_text)
            {
                _text.Append(text);
                _written.TrySetResult();
                _written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Text;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A broker that accepts and confirms everything from one board, and tells what it saw as lines of text.</summary>
internal sealed class AgreeableBroker : IDisposable
{
    private readonly RawBroker _broker = new();
    private readonly BlockingCollection<string> _seen = [];
    private readonly Task _serving;

    public AgreeableBroker() => _serving = Task.Run(Serve);

    public int Port => _broker.Port;

    /// <summary>Waits for a line that starts so; gives it, and those before it are forgotten.</summary>
    public string WaitFor(string start)
    {
        var before = new List<string>();
        while (_seen.TryTake(out string? line, TestBoard.Patience))
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return line;
            before.Add(line);
        }

        throw new AssertFailedException($"\"{start}\" did not come; the broker saw: {string.Join("; ", before)}");
    }

    public void Dispose()
    {
        _broker.Dispose();
        _serving.Wait(TestBoard.Patience);
        _seen.Dispose();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                _broker.AcceptWith(0);
                _seen.Add("CONNECT");
                while (_broker.Read() is { } packet) Answer(packet.First, packet.Body);
                _seen.Add("END");
            }
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            // the listener was closed at the end of the test
        }
    }

    private void Answer(int first, byte[] body)
    {
        switch (first & 0xF0)
        {
            case RawBroker.Publish:
                int topicEnd = 2 + (body[0] << 8) + body[1];
                string retained = (first & 1) == 1 ? "retained " : "";
                _broker.Confirm(body);
                string topic = Encoding.UTF8.GetString(body, 2, topicEnd - 2);
                _seen.Add($"{retained}{topic} {Encoding.UTF8.GetString(body, topicEnd + 2, body.Length - topicEnd - 2)}");
                break;
            case RawBroker.Subscribe:
                int filters = 0;
                for (int at = 2; at < body.Length; at += 3 + (body[at] << 8) + body[at + 1]) filters++;
                _broker.Send([0x90, (byte)(2 + filters), body[0], body[1], .. Enumerable.Repeat((byte)1, filters)]);
                break;
            case 0xA0: // UNSUBSCRIBE
                _broker.Send(0xB0, 2, body[0], body[1]);
                break;
            case 0xC0: // PINGREQ
                _broker.Send(0xD0, 0);
                break;
            case RawBroker.Disconnect:
                _seen.Add("DISCONNECT");
                break;
        }
    }
}

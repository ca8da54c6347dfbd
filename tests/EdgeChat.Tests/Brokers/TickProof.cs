using System.Text;
using System.Threading.Channels;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Tests.Brokers;

/// <summary>Looks while they chat whether a tick says more than is so: with two the recipient has the message in its flash at that moment,
/// also when what comes before it is missing and it is not shown yet (protocol, section 6); and no tick is ever taken back.</summary>
internal sealed class TickProof
{
    private readonly Channel<(PeerUnderTest Recipient, string Text)> _claims =
        Channel.CreateUnbounded<(PeerUnderTest, string)>();
    private readonly List<string> _faults = [];
    private readonly Task _checking;

    public TickProof() => _checking = CheckAsync();

    /// <summary>How many messages were seen to come to two ticks.</summary>
    public int Proved { get; private set; }

    /// <summary>Watches what one of them writes to another.</summary>
    public Task WatchAsync(PeerUnderTest sender, string to, PeerUnderTest recipient)
    {
        var ticks = new Dictionary<string, Tick>();
        byte[] buffer = new byte[2048];
        return sender.WatchAsync(engine =>
        {
            Messenger messenger = engine.Messenger;
            int conversation = messenger.Find(to, false);
            for (int m = conversation < 0 ? -1 : messenger.Newest(conversation); m >= 0; m = messenger.Older(m))
            {
                if (!messenger.IsMine(m)) continue;
                string text = Encoding.UTF8.GetString(buffer, 0, messenger.ReadText(m, buffer));
                Tick tick = messenger.TickOf(m);
                Tick before = ticks.GetValueOrDefault(text, Tick.Clock);
                if (tick == before) continue;
                ticks[text] = tick;
                if (tick < before || tick == Tick.Failed) Fault($"{text}: {before}, then {tick}");
                if (tick >= Tick.Two && before < Tick.Two) _claims.Writer.TryWrite((recipient, text));
            }
        });
    }

    /// <summary>Ends it: what it has found.</summary>
    public async Task<string> EndAsync()
    {
        _claims.Writer.Complete();
        await _checking;
        lock (_faults) return string.Join('\n', _faults);
    }

    private async Task CheckAsync()
    {
        await foreach (var (recipient, text) in _claims.Reader.ReadAllAsync())
        {
            if (await recipient.KeepsAsync(text)) Proved++;
            else Fault($"{text}: has two ticks, and its recipient has it not");
        }
    }

    private void Fault(string text)
    {
        lock (_faults) _faults.Add(text);
    }
}

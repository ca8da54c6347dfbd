namespace EdgeChat.Usb.Virtual;

/// <summary>What a board sends, and when.</summary>
internal sealed class Outbox
{
    private readonly Queue<(TimeSpan Due, int? Rate, byte[] Bytes)> _messages = new();
    private TimeSpan _last;

    /// <summary>The rate at which the board sends what follows; null for the host's, whatever it is.</summary>
    public int? BaudRate { get; set; }

    /// <summary>When the next message goes out, or null.</summary>
    public TimeSpan? Next => _messages.TryPeek(out var first) ? first.Due : null;

    /// <summary>Sends at <paramref name="due"/>, behind all that was to be sent before.</summary>
    public void Send(byte[] bytes, TimeSpan due)
    {
        _last = due > _last ? due : _last;
        _messages.Enqueue((_last, BaudRate, bytes));
    }

    /// <summary>Gives a message that is due; to a host that listens at another rate it is rubbish, and is left out.</summary>
    public bool TryTake(int hostRate, TimeSpan now, out byte[] bytes)
    {
        while (Next <= now)
        {
            (_, int? rate, bytes) = _messages.Dequeue();
            if (rate is null || rate == hostRate) return true;
        }

        bytes = [];
        return false;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _messages.Clear();
        _last = default;
    }
}

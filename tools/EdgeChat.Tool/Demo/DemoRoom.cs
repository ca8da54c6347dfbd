using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Demo.Web;

namespace EdgeChat.Tool.Demo;

/// <summary>All that somebody who looks at the demo sees: the boards and the broker.</summary>
public sealed class DemoRoom
{
    private readonly EmbeddedBroker? _own;
    private readonly BrokerAddress _address;
    private readonly DemoGuide _guide;

    /// <summary>Makes the room; <paramref name="own"/> is null when the broker is the user's.</summary>
    public DemoRoom(DemoFleet fleet, BrokerAddress address, EmbeddedBroker? own)
    {
        Fleet = fleet;
        _guide = new DemoGuide(fleet, own is not null);
        _address = address;
        _own = own;
        fleet.Changed += () => Changed?.Invoke();
        if (own is not null)
            own.StateChanged += () =>
            {
                _guide.TakeBroker(own.IsRunning);
                Changed?.Invoke();
            };
    }

    /// <summary>The boards.</summary>
    public DemoFleet Fleet { get; }

    /// <summary>Something has changed; raised on any thread, so handlers only take note.</summary>
    public event Action? Changed;

    /// <summary>What to do next, in one line.</summary>
    public string Hint => _guide.Next(_own?.IsRunning ?? true);

    /// <summary>Starts or stops the embedded broker; the user's own is left alone.</summary>
    public Task SetBrokerAsync(bool on)
        => _own is null ? Task.CompletedTask : on ? _own.StartAsync() : _own.StopAsync();

    /// <summary>The first message for a page.</summary>
    public HelloMessage Hello() => new(
        "hello",
        Hint,
        Fleet.Boards[0].Model.Name,
        [.. Fleet.Boards.Select(b => new HelloBoard(
            b.Id,
            BoardNames.Display(b.Id),
            b.Model.Title,
            b.Display.Width,
            b.Display.Height,
            b.Display.IsColour,
            [.. b.Model.Buttons.Select(k => new HelloButton(k.Name, k.Label))]))]);

    /// <summary>The broker, for a page.</summary>
    public BrokerMessage BrokerState() => new("broker", _address.ToString(), _own is not null, _own?.IsRunning ?? true);

    /// <summary>Board <paramref name="index"/>, for a page.</summary>
    public BoardMessage BoardState(int index)
    {
        var board = Fleet.Boards[index];
        return new BoardMessage(
            "board",
            index,
            board.IsOn,
            board.HasWifi,
            Fleet.Presence.Of(board.Id)?.Word,
            board.Session,
            board.Boots,
            board.Fault is { } fault ? $"{fault.GetType().Name}: {fault.Message}" : null,
            board.Packets.BytesSent,
            board.Packets.BytesReceived,
            board.Display.BytesReceived,
            board.Tones);
    }
}

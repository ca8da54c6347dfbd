using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A link with a queue of four slots, so that it is often full.</summary>
internal sealed class LinkUnderTest
{
    private readonly EventRing _events = new(4);
    private readonly MqttLink _link;

    public LinkUnderTest(DeviceConfig config)
    {
        _link = new MqttLink(config, _events);
        _link.Start();
    }

    public void Do(LinkAction action)
    {
        Assert.IsTrue(_link.HasRoom);
        _link.Execute(action);
    }

    public LinkEvent Next(LinkEventKind expected)
    {
        DateTime until = DateTime.UtcNow + TestBoard.Patience;
        while (!_events.Take())
        {
            if (DateTime.UtcNow > until) throw new AssertFailedException($"{expected} did not come");
            _events.Wait(1000);
        }

        var e = _events.Payload;
        Assert.AreEqual(expected, e.Kind, e.Reason);
        return e;
    }
}

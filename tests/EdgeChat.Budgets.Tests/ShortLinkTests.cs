using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Metering;
using EdgeChat.Tests;
using EdgeChat.Tests.OnBoard;

namespace EdgeChat.Budgets.Tests;

/// <summary>Each allocation of the link fails once, on whatever thread: it costs a connection at most, and the link goes on.</summary>
[TestClass]
public class ShortLinkTests
{
    private const int MostConnects = 4; // one allocation fails, so the second goes well; the rest is a guard

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Whichever_allocation_fails_each_connect_is_answered_once_and_the_next_connection_does_it_all()
    {
        int allocations = Talk(0);
        TestContext.WriteLine($"{allocations} allocations");
        Assert.IsGreaterThan(20, allocations);
        var faults = new string?[allocations + 1];
        Thread[] runs = [.. Enumerable.Range(1, allocations).Select(failing => new Thread(() =>
        {
            try
            {
                Talk(failing);
            }
            catch (Exception e)
            {
                faults[failing] = $"allocation {failing}: {e.Message}";
            }
        }))];
        foreach (Thread run in runs) run.Start();
        foreach (Thread run in runs) run.Join();
        string wrong = string.Join('\n', faults.Where(f => f != null));
        if (wrong.Length > 0) Assert.Fail(wrong);
    }

    private static int Talk(int failing)
    {
        int allocations = 0;
        using var broker = new RawBroker();
        Task serving = Task.Run(() => Serve(broker));
        TestBoard.Run(() =>
        {
            Meter.Reset();
            Meter.ShareWithThreads();
            var events = new EventRing(Limits.QueuedEvents);
            var config = new DeviceConfig { Me = { DeviceId = "alice" }, Host = "127.0.0.1", Port = broker.Port };
            var link = new MqttLink(config, events);
            link.Start();
            Meter.Reset();
            if (failing > 0) Meter.FailAt(failing);
            int ticket = 0;
            while (!Converse(link, events, ++ticket)) Assert.IsLessThan(MostConnects, ticket, "connects in vain");
            allocations = Meter.Allocations;
            Meter.Reset();
            link.End();
        });
        broker.Dispose();
        serving.Wait(Waiting.Longest);
        return allocations;
    }

    // one connection: subscribes, takes the message that the broker sends then, publishes, disconnects; false when it ended before
    private static bool Converse(MqttLink link, EventRing events, int ticket)
    {
        link.Execute(new LinkAction { Kind = LinkActionKind.Connect, Ticket = ticket, Topic = "ec1/p/alice", Body = "{}"u8.ToArray() });
        LinkEvent answer = Next(events);
        Assert.AreEqual(ticket, answer.Ticket, $"the ticket of {answer.Kind}");
        if (answer.Kind == LinkEventKind.ConnectFailed) return false;
        Assert.AreEqual(LinkEventKind.Connected, answer.Kind, answer.Reason);
        link.Execute(new LinkAction { Kind = LinkActionKind.Subscribe, Ticket = 101, Topics = ["t"] });
        link.Execute(new LinkAction { Kind = LinkActionKind.Publish, Ticket = 102, Topic = "u", Body = "{}"u8.ToArray() });
        bool isSubscribed = false;
        bool isPublished = false;
        bool isReceived = false;
        while (!isSubscribed || !isPublished || !isReceived)
        {
            LinkEvent e = Next(events);
            isSubscribed |= e.Kind == LinkEventKind.Subscribed && e.Ticket == 101 && e.Granted[0] == 1;
            isPublished |= e.Kind == LinkEventKind.Published && e.Ticket == 102 && e.Flag;
            isReceived |= e.Kind == LinkEventKind.Received;
            Assert.IsFalse(e.Kind is LinkEventKind.Connected or LinkEventKind.ConnectFailed, $"{e.Kind} without a Connect");
            if (e.Kind == LinkEventKind.Closed) return false;
        }

        link.Execute(new LinkAction { Kind = LinkActionKind.Disconnect });
        LinkEvent last;
        do last = Next(events);
        while (last.Kind == LinkEventKind.Received); // a client that waited long has subscribed again, and got the message again
        Assert.AreEqual((LinkEventKind.Closed, ticket), (last.Kind, last.Ticket), last.Reason);
        Assert.IsFalse(events.Take(), "something came after the end");
        return true;
    }

    private static LinkEvent Next(EventRing events)
    {
        DateTime until = DateTime.UtcNow + Waiting.Longest;
        while (!events.Take())
        {
            Assert.IsLessThan(until, DateTime.UtcNow, "the link has gone silent");
            events.Wait(1000);
        }

        return events.Payload;
    }

    private static void Serve(RawBroker broker)
    {
        try
        {
            while (true)
            {
                broker.AcceptWith(0);
                while (broker.Read() is { } packet) Answer(broker, packet.First & 0xF0, packet.Body);
            }
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            // the listener was closed at the end of the test
        }
    }

    private static void Answer(RawBroker broker, int type, byte[] body)
    {
        switch (type)
        {
            case RawBroker.Subscribe:
                broker.Send(0x90, 3, body[0], body[1], 1);
                broker.SendPublish(1, "t", (byte)'x');
                break;
            case RawBroker.Publish:
                broker.Confirm(body);
                break;
        }
    }
}

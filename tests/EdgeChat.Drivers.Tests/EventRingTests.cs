using System.Threading;
using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Drivers.Tests;

/// <summary>The queue between the threads of a board and its loop.</summary>
[TestClass]
public class EventRingTests
{
    [TestMethod]
    public void Events_come_out_in_order_with_all_that_they_carry()
    {
        var ring = new EventRing(3);
        var payload = new LinkEvent();
        var behind = new LinkEvent();
        for (int round = 0; round < 5; round++)
        {
            Assert.IsTrue(ring.TryAdd(1, 10 + round, 100, null));
            Assert.IsTrue(ring.TryAdd(2, 20 + round, 200, payload));
            Assert.IsTrue(ring.TryAdd(127, -1, 300, behind));
            Assert.IsTrue(ring.Take());
            Assert.AreEqual(1, ring.Kind);
            Assert.AreEqual(10 + round, ring.Argument);
            Assert.IsNull(ring.Payload);
            Assert.IsTrue(ring.Take());
            Assert.AreEqual(2, ring.Kind);
            Assert.AreEqual(20 + round, ring.Argument);
            Assert.IsTrue(ring.AtMs == 200);
            Assert.AreSame(payload, ring.Payload);
            Assert.IsNull(payload.Next, "it keeps nothing alive either");
            Assert.IsTrue(ring.Take());
            Assert.AreEqual(127, ring.Kind);
            Assert.AreSame(behind, ring.Payload);
            Assert.IsFalse(ring.Take());
            Assert.IsNull(ring.Payload, "the queue keeps nothing alive");
        }
    }

    [TestMethod]
    [DataRow(0, 0, 0L)]
    [DataRow(127, -1, 1L)]
    [DataRow(4, -32768, 315360000000L)]
    [DataRow(1, 32767, 4294967296L)]
    public void An_event_keeps_the_least_and_the_most_that_it_can_carry(int kind, int argument, long atMs)
    {
        var ring = new EventRing(1);
        Assert.IsTrue(ring.TryAdd(kind, argument, atMs, null));
        Assert.IsTrue(ring.Take());
        Assert.AreEqual(kind, ring.Kind);
        Assert.AreEqual(argument, ring.Argument);
        Assert.IsTrue(ring.AtMs == atMs);
    }

    [TestMethod]
    public void A_full_ring_refuses_a_press_and_counts_it()
    {
        var ring = new EventRing(2);
        ring.TryAdd(1, 1, 0, null);
        ring.TryAdd(1, 2, 0, null);
        Assert.IsFalse(ring.TryAdd(1, 3, 0, null));
        Assert.AreEqual(1, ring.Dropped);
        ring.Take();
        Assert.AreEqual(1, ring.Argument, "the oldest is kept");
        Assert.IsTrue(ring.TryAdd(1, 4, 0, null));
    }

    [TestMethod]
    public void A_message_waits_for_a_slot_and_none_is_lost()
    {
        const int producers = 3;
        const int each = 200;
        var ring = new EventRing(4);
        for (int i = 0; i < producers; i++)
        {
            int producer = i;
            new Thread(() =>
            {
                for (int n = 0; n < each; n++) ring.Add(producer, n, 0, null);
            }).Start();
        }

        var next = new int[producers];
        int taken = 0;
        while (taken < producers * each)
        {
            if (!ring.Take())
            {
                ring.Wait(10000);
                continue;
            }

            Assert.AreEqual(next[ring.Kind], ring.Argument, "each producer's events stay in order");
            next[ring.Kind]++;
            taken++;
        }

        Assert.AreEqual(0, ring.Dropped);
    }

    [TestMethod]
    public void Closing_lets_those_go_who_wait_for_a_slot()
    {
        var ring = new EventRing(1);
        ring.TryAdd(1, 1, 0, null);
        var results = new ArrayOfFlags(2);
        var threads = new Thread[2];
        for (int i = 0; i < threads.Length; i++)
        {
            int number = i;
            threads[i] = new Thread(() => results.Flags[number] = ring.Add(2, number, 0, null));
            threads[i].Start();
        }

        ring.Close();
        for (int i = 0; i < threads.Length; i++) Assert.IsTrue(threads[i].Join(10000));
        Assert.IsFalse(results.Flags[0] || results.Flags[1]);
        Assert.IsFalse(ring.TryAdd(1, 1, 0, null));
        Assert.AreEqual(0, ring.Dropped, "a closed ring does not count");
    }

    [TestMethod]
    public void A_wake_up_before_the_wait_is_not_lost()
    {
        var ring = new EventRing(1);
        ring.Wake();
        ring.Wait(-1);
        Assert.IsFalse(ring.Take());
    }

    private sealed class ArrayOfFlags
    {
        public readonly bool[] Flags;

        public ArrayOfFlags(int count) { Flags = new bool[count]; }
    }
}

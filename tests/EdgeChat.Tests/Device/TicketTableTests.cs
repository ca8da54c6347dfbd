using EdgeChat.Core;
using EdgeChat.Device;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Packet ids and tickets meet, whichever thread is first.</summary>
[TestClass]
public class TicketTableTests
{
    [TestMethod]
    public void An_answer_after_the_id_was_told_carries_the_ticket()
    {
        var table = new TicketTable();
        Assert.IsNull(table.Sent(7, 100));
        LinkEvent answer = table.Answered(7, new LinkEvent { Kind = LinkEventKind.Published, Flag = true });
        Assert.AreEqual(100, answer.Ticket);
        Assert.IsTrue(answer.Flag);
    }

    [TestMethod]
    public void An_answer_before_the_id_was_told_is_given_to_the_sender()
    {
        var table = new TicketTable();
        Assert.IsNull(table.Answered(7, new LinkEvent { Kind = LinkEventKind.Published, Flag = true }));
        LinkEvent answer = table.Sent(7, 100);
        Assert.AreEqual(100, answer.Ticket);
        Assert.IsNull(table.Sent(7, 101), "the answer is given once");
    }

    [TestMethod]
    public void Each_answer_is_given_once()
    {
        var table = new TicketTable();
        table.Sent(7, 100);
        table.Answered(7, new LinkEvent());
        Assert.IsNull(table.Answered(7, new LinkEvent()), "a second PUBACK of the same id answers nothing that is known");
    }

    [TestMethod]
    public void An_id_that_comes_round_again_has_the_new_ticket()
    {
        var table = new TicketTable();
        table.Sent(7, 100);
        table.Sent(7, 200);
        Assert.AreEqual(200, table.Answered(7, new LinkEvent()).Ticket);
    }

    [TestMethod]
    public void The_oldest_is_forgotten_when_it_is_full()
    {
        var table = new TicketTable();
        for (int id = 1; id <= TicketTable.Capacity + 1; id++) table.Sent(id, id * 10);
        Assert.IsNull(table.Answered(1, new LinkEvent()));
        Assert.AreEqual(20, table.Answered(2, new LinkEvent()).Ticket);
    }

    [TestMethod]
    public void Whichever_of_the_two_threads_is_first_each_ticket_comes_once()
    {
        const int packets = 20000;
        var table = new TicketTable();
        var seen = new int[packets + 1];
        var turn = new Barrier(2);
        var sender = Task.Run(() =>
        {
            for (int id = 1; id <= packets; id++)
            {
                if (table.Sent(id, id) is { } early) Interlocked.Increment(ref seen[early.Ticket]);
                if (id % 16 == 0) turn.SignalAndWait();
            }
        });
        for (int id = 1; id <= packets; id++)
        {
            if (table.Answered(id, new LinkEvent()) is { } answer) Interlocked.Increment(ref seen[answer.Ticket]);
            if (id % 16 == 0) turn.SignalAndWait();
        }

        Assert.IsTrue(sender.Wait(Waiting.Longest));
        for (int id = 1; id <= packets; id++) Assert.AreEqual(1, seen[id], "ticket " + id);
    }
}

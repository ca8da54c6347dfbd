using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Metering;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>The messenger's share of a board's heap, counted in nanoCLR's blocks.</summary>
[TestClass]
public sealed class HeapTests
{
    private const int Budget = 11_480;
    private const int FullBudget = 29_810;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Eight_conversations_of_thirty_two_messages_fit()
    {
        Messenger messenger = Start();
        for (int c = 0; c < 8; c++)
        {
            int conversation = messenger.OpenDirect("board-0" + c);
            for (int n = 1; n <= 16; n++)
            {
                Write(messenger, conversation);
                Receive(messenger, $"ec1/i/alice/board-0{c}", $$"""{"n":{{n}},"c":"On my way, 10 minutes"}""");
                Receive(messenger, $"ec1/i/alice/board-0{c}", $$"""{"y":"r","d":{{n}},"s":{{n}}}""");
            }
        }

        Check(messenger, "8 direct conversations of 32 messages", Budget);
    }

    [TestMethod]
    public void Eight_groups_of_thirty_two_members_fit_with_as_many_conversations_and_messages_as_there_can_be()
    {
        Messenger messenger = Start("member-00");
        int before = Bytes(messenger);
        for (int g = 0; g < Limits.Groups; g++)
        {
            string members = string.Join(',', Enumerable.Range(0, Limits.GroupMembers - 1).Select(m => $"\"member-{m:00}\""));
            Receive(messenger, "ec1/i/alice/member-00", $$"""{"n":{{g + 1}},"y":"j","g":"group-{{g}}"}""");
            Receive(messenger, $"ec1/r/group-{g}",
                $$"""{"v":1,"by":"member-00","nm":"Group {{g}}","m":["alice",{{members}}],"a":["member-00"]}""");
            int conversation = messenger.Find("group-" + g, true);
            Assert.AreEqual(Limits.GroupMembers, messenger.MemberCountOf(conversation));
            Write(messenger, conversation);
            for (int m = 0; m < Limits.GroupMembers - 1; m++) Receive(messenger, $"ec1/g/group-{g}/member-{m:00}",
                """{"n":1,"c":"On my way, 10 minutes"}""");
            if (g == 0) TestContext.WriteLine(
                $"a group of {Limits.GroupMembers} in which each has written: {Bytes(messenger) - before} bytes more");
        }

        for (int c = 0; c < Limits.Conversations - Limits.Groups; c++) Receive(messenger, $"ec1/i/alice/board-{c:00}",
            """{"n":1,"c":"hi"}""");
        for (int n = 2; n <= 60; n++) Receive(messenger, "ec1/i/alice/board-00", $$"""{"n":{{n}},"c":"hi"}""");
        Assert.AreEqual(Limits.Conversations, messenger.ConversationCount);
        Check(messenger, "all groups, members and conversations in use", FullBudget);
    }

    [TestMethod]
    public void Strangers_in_all_their_places_cost_little()
    {
        Messenger messenger = Start();
        for (int c = 0; c < Limits.Conversations; c++)
        {
            Assert.AreEqual(SendError.None, messenger.AddContact($"board-{c:00}"));
            Receive(messenger, $"ec1/i/alice/board-{c:00}", """{"n":1,"c":"hi"}""");
        }

        int before = Bytes(messenger);
        for (int c = 0; c < 100; c++) Receive(messenger, $"ec1/i/alice/stranger-{c:00}", """{"n":1,"c":"hi"}""");
        Assert.AreEqual(Limits.Conversations + Limits.Strangers - Limits.StrangersInGroups, messenger.ConversationCount);
        int bytes = Bytes(messenger) - before;
        TestContext.WriteLine($"as many strangers as there may be: {bytes} bytes");
        Assert.IsTrue(bytes <= 3 * 1024, $"{bytes} bytes");
    }

    [TestMethod]
    public void A_group_of_eight_costs_little()
    {
        Messenger messenger = Start();
        Write(messenger, messenger.OpenDirect("board-01")); // the tables have their first rows, which the group finds room in
        int before = Bytes(messenger);
        int group = messenger.CreateGroup("team", "The Team", 1000);
        for (int m = 1; m < 8; m++) messenger.AddMember(group, "board-0" + m, 1000);
        Write(messenger, group);
        int bytes = Bytes(messenger) - before;
        TestContext.WriteLine($"a group of 8: {bytes} bytes");
        Assert.IsTrue(bytes < 1024, $"{bytes} bytes");
    }

    [TestMethod]
    public void Keys_with_eight_devices_cost_little()
    {
        Messenger messenger = Start();
        int before = Bytes(messenger);
        string key = TypedKey.Write(new byte[KeyTree.TypedBytes]);
        for (int c = 0; c < 8; c++) Assert.AreEqual(SendError.None, messenger.EnterKey("board-0" + c, key));
        int bytes = Bytes(messenger) - before;
        TestContext.WriteLine($"keys with 8 devices: {bytes} bytes");
        Assert.IsTrue(bytes <= 2048, $"{bytes} bytes");
    }

    private void Check(Messenger messenger, string what, int budget)
    {
        int bytes = Bytes(messenger);
        TestContext.WriteLine($"{what}: {bytes} bytes");
        Assert.IsTrue(bytes <= budget, $"{bytes} bytes, at most {budget}");
    }

    private static int Bytes(Messenger messenger) => BoardHeap.Bytes(messenger, each => each is IFlash or Identity);

    private static Messenger Start(string? provisionedBy = null)
    {
        var messenger = new Messenger(new Identity { DeviceId = "alice", Operator = provisionedBy }, new MemoryFlash());
        while (!messenger.Load(1000)) { }
        return messenger;
    }

    private static void Receive(Messenger messenger, string topic, string body) =>
        messenger.OnReceived(topic, Encoding.UTF8.GetBytes(body), false, 1000);

    private static void Write(Messenger messenger, int conversation)
    {
        byte[] text = "On my way, 10 minutes"u8.ToArray();
        Assert.AreEqual(SendError.None, messenger.SendText(conversation, text, text.Length, -1, 1000));
        // the broker takes all that waits, so that no budget of the outbox is in the way
        var action = new LinkAction();
        while (messenger.NextPublish(action, 1000)) messenger.OnPublished(action.Ticket, true, 1000);
    }
}

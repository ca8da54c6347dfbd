using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>However many ids of a fleet write to a board, whom it knows always finds place, nothing that it has told to be here is lost,
/// and a start changes nothing of it.</summary>
[TestClass]
public class StrangerTests
{
    private const int Most = Limits.Strangers - Limits.StrangersInGroups;

    [TestMethod]
    public void Strangers_who_have_all_their_places_take_none_of_those_of_the_known()
    {
        VirtualBroker broker = Written(out CoreBoard bob, Most);
        for (int i = 0; i < Limits.Conversations; i++)
        {
            if (i % 3 == 0) Assert.IsGreaterThanOrEqualTo(0, bob.Messenger.OpenDirect("n" + i), i.ToString());
            if (i % 3 == 1) Assert.AreEqual(SendError.None, bob.Messenger.AddContact("n" + i));
            if (i % 3 == 0) Assert.AreEqual(SendError.None, bob.Types("hi", "n" + i));
            else if (i % 3 == 1) broker.Publish("ec1/i/bob/n" + i, """{"n":1,"c":"hi"}""");
            else if (i < Limits.Groups * 3) Assert.IsGreaterThanOrEqualTo(0, bob.Messenger.CreateGroup("n" + i, "G", bob.NowMs));
            else Assert.AreEqual(SendError.None, bob.Types("hi", "n" + i));
        }

        Assert.AreEqual(-1, bob.Messenger.OpenDirect("more"));
        Assert.AreEqual(SendError.TooManyConversations, bob.Messenger.LastError);
        Assert.AreEqual(-1, bob.Messenger.CreateGroup("more", "G", bob.NowMs));
        broker.Pass(5000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Limits.Conversations + Most, bob.Messenger.ConversationCount);
            for (int i = 1; i <= Most; i++) Assert.AreEqual(1, bob.Unread("s" + i), i.ToString());
            bob.Reboot();
        }
    }

    [TestMethod]
    public void Strangers_have_their_places_and_one_more_is_heard_once_the_person_deletes_answers_or_adds_one()
    {
        VirtualBroker broker = Written(out CoreBoard bob, Most);
        var late = new CoreBoard[3];
        for (int i = 0; i < late.Length; i++)
        {
            late[i] = broker.Board("late" + i).Online();
            late[i].Types("hello", "bob");
        }

        broker.Pass(5000);
        Assert.AreEqual(Most, bob.Messenger.ConversationCount);
        for (int i = 0; i < late.Length; i++)
        {
            Assert.AreEqual(Tick.One, late[i].TickOf("hello"), "it is not here");
            if (i == 0) Assert.AreEqual(SendError.None, bob.Messenger.Delete(bob.Messenger.Find("s1", false)));
            else if (i == 1) Assert.AreEqual(SendError.None, bob.Types("who are you?", "s2"));
            else Assert.AreEqual(SendError.None, bob.Messenger.AddContact("s3"));
            bob.Reboot();
            broker.Pass(70000);
            Assert.AreEqual(i + 1, late.Count(each => bob.Shows(each.Id) == "hello"));
            foreach (CoreBoard each in late)
                Assert.AreEqual(bob.Shows(each.Id) == "hello" ? Tick.Two : Tick.One, each.TickOf("hello"));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_hundred_strangers_write_and_every_contact_is_heard(int fixedSeed)
    {
        Seeds.Play("A_hundred_strangers_write", fixedSeed, seed =>
        {
            var dice = new Dice(seed);
            var broker = new VirtualBroker(seed);
            CoreBoard bob = broker.Board("bob").Online();
            broker.Pass(20000);
            for (int i = 0; i < Limits.Conversations; i++) Assert.AreEqual(SendError.None, bob.Messenger.AddContact("c" + i));
            var contacts = new List<CoreBoard>();
            var strangers = new List<CoreBoard>();
            while (strangers.Count < 100 || contacts.Count < Limits.Conversations)
            {
                bool isContact = contacts.Count < Limits.Conversations && (strangers.Count == 100 || dice.Next(4) == 0);
                List<CoreBoard> group = isContact ? contacts : strangers;
                CoreBoard each = broker.Board((isContact ? "c" : "s") + group.Count).Online();
                group.Add(each);
                each.Types("open up", "bob");
                if (dice.Next(3) == 0) group[dice.Next(group.Count)].Types("again", "bob");
                if (dice.Next(10) == 0) bob.Reboot();
                if (dice.Next(10) != 0 || bob.Messenger.ConversationCount == 0) continue;
                bob.Messenger.MarkShown(bob.Messenger.ConversationAt(dice.Next(bob.Messenger.ConversationCount)), bob.NowMs);
            }

            broker.Pass(90000);
            for (int boot = 0; boot < 2; boot++)
            {
                Assert.AreEqual(Limits.Conversations + Most, bob.Messenger.ConversationCount);
                foreach (CoreBoard each in contacts) Assert.StartsWith("open up", bob.Shows(each.Id), each.Id);
                foreach (CoreBoard each in contacts) Assert.IsGreaterThanOrEqualTo(0, bob.Messenger.Presence.Find(each.Id), each.Id);
                Assert.AreEqual(Most, strangers.Count(each => bob.Shows(each.Id).StartsWith("open up", StringComparison.Ordinal)));
                foreach (CoreBoard each in contacts.Concat(strangers))
                {
                    bool isHere = bob.Shows(each.Id) != "";
                    Tick tick = each.TickOf("open up");
                    Assert.IsTrue(isHere ? tick is Tick.Two or Tick.Shown : tick == Tick.One, $"{each.Id} {tick}");
                }

                bob.Reboot();
                broker.Pass(5000);
            }
        });
    }

    [TestMethod]
    public void The_contacts_by_hand_are_followed_with_their_names_whoever_writes()
    {
        VirtualBroker broker = Written(out CoreBoard bob, Most);
        for (int i = 1; i <= Most; i++) broker.Publish($"ec1/d/s{i}", Encoding.UTF8.GetBytes($$"""{"nm":"Stranger {{i}}"}"""), true);
        broker.Pass(1000);
        Assert.AreEqual("Stranger 3", bob.Messenger.DisplayNameOf("s3"));
        for (int i = 0; i < Limits.Contacts; i++)
        {
            Assert.AreEqual(SendError.None, bob.Messenger.AddContact("c" + i), "c" + i);
            broker.Publish("ec1/d/c" + i, Encoding.UTF8.GetBytes($$"""{"nm":"Contact {{i}}"}"""), true);
            broker.Pass(1000);
        }

        for (int boot = 0; boot < 3; boot++)
        {
            Assert.AreEqual(Limits.Contacts, bob.Messenger.Presence.Count);
            for (int i = 0; i < Limits.Contacts; i++)
            {
                Assert.IsGreaterThanOrEqualTo(0, bob.Messenger.Presence.Find("c" + i), "c" + i);
                Assert.AreEqual("Contact " + i, bob.Messenger.DisplayNameOf("c" + i));
            }

            Assert.AreEqual("hi", bob.Shows("s3"));
            broker.Publish("ec1/i/bob/t" + boot, """{"n":1,"c":"hi"}""");
            bob.Reboot();
        }
    }

    [TestMethod]
    public void Members_of_its_groups_have_places_that_no_stranger_takes_and_take_none_of_the_known()
    {
        VirtualBroker broker = Written(out CoreBoard bob, Most);
        string members = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"m{i}\""));
        broker.Publish("ec1/r/team",
            Encoding.UTF8.GetBytes($$"""{"v":1,"by":"alice","m":["alice","bob",{{members}}],"a":["alice"]}"""), true);
        broker.Publish("ec1/i/bob/alice", """{"n":1,"y":"j","g":"team"}""");
        broker.Pass(1000);
        for (int i = 0; i < 30; i++) broker.Publish($"ec1/i/bob/m{i}", """{"n":1,"c":"hi"}""");
        broker.Pass(1000);
        for (int i = 0; i < 30; i++) Assert.AreEqual(i < Limits.StrangersInGroups ? "hi" : "", bob.Shows("m" + i), i.ToString());
        for (int i = 1; i < Limits.Conversations; i++)
        {
            Assert.AreEqual(SendError.None, bob.Messenger.AddContact("c" + i));
            broker.Publish("ec1/i/bob/c" + i, """{"n":1,"c":"hello"}""");
        }

        broker.Pass(5000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Limits.Conversations + Limits.Strangers, bob.Messenger.ConversationCount);
            for (int i = 1; i < Limits.Conversations; i++) Assert.AreEqual("hello", bob.Shows("c" + i), i.ToString());
            bob.Reboot();
        }
    }

    [TestMethod]
    public void A_strangers_invitation_takes_none_of_the_places_of_the_known()
    {
        VirtualBroker broker = Written(out CoreBoard bob, 0);
        for (int i = 1; i <= Limits.Invitations; i++)
        {
            broker.Publish("ec1/r/g" + i, Encoding.UTF8.GetBytes($$"""{"v":1,"by":"zed","m":["zed","bob"],"a":["zed"]}"""), true);
            broker.Publish("ec1/i/bob/zed", $$"""{"n":{{i}},"y":"j","g":"g{{i}}"}""");
            broker.Pass(1000);
            Assert.IsTrue(bob.Messenger.IsInvited(bob.Messenger.Find("g" + i, true)));
        }

        Write(broker, Most);
        Assert.AreEqual(Most, bob.Messenger.ConversationCount);
        for (int i = 0; i < Limits.Conversations; i++) Assert.AreEqual(SendError.None, bob.Types("hi", "n" + i), i.ToString());
    }

    [TestMethod]
    public void A_cut_at_any_byte_leaves_every_message_and_contact_that_was_there()
    {
        int before = 0;
        int after = 0;
        var cuts = new PowerCuts(48, 5);
        while (cuts.Next())
        {
            VirtualBroker broker = Written(out CoreBoard bob, Most);
            for (int i = 1; i < Limits.Contacts; i++) Assert.AreEqual(SendError.None, bob.Messenger.AddContact("c" + i));
            broker.Pass(40000);
            cuts.Plan(bob);
            bob.Try(messenger => messenger.AddContact("carol"));
            CoreBoard carol = broker.Board("carol").Online();
            CoreBoard late = broker.Board("late").Online();
            carol.Types("hello", "bob");
            late.Types("hello", "bob");
            broker.Pass(1000);
            bool wasCut = !bob.IsOn;
            cuts.Heal(bob);
            bool isContact = bob.Messenger.Presence.Find("carol") >= 0;
            if (wasCut && isContact) after++;
            else if (wasCut) before++;
            for (int i = 1; i < Limits.Contacts; i++) Assert.IsGreaterThanOrEqualTo(0, bob.Messenger.Presence.Find("c" + i), cuts.Where);
            for (int i = 1; i <= Most; i++) Assert.AreEqual("hi", bob.Shows("s" + i), cuts.Where);
            if (!isContact) Assert.AreEqual(SendError.None, bob.Messenger.AddContact("carol"));
            broker.Pass(90000);
            Assert.AreEqual("hello", bob.Shows("carol"), cuts.Where);
            Assert.AreEqual(Tick.Two, carol.TickOf("hello"), cuts.Where);
            Assert.AreEqual("", bob.Shows("late"), cuts.Where);
            Assert.AreEqual(Tick.One, late.TickOf("hello"), cuts.Where);
        }

        Assert.IsGreaterThan(0, before);
        Assert.IsGreaterThan(0, after);
    }

    [TestMethod]
    public void Invitations_to_hundreds_of_groups_and_their_members_leave_room_for_whom_the_board_knows()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Pass(20000);
        for (int i = 1; i <= 400; i++)
        {
            string members = string.Join(',', Enumerable.Range(0, 20).Select(m => $"\"x{i}-{m}\""));
            if (i % 20 == 0) broker.Publish("ec1/r/z" + i,
                Encoding.UTF8.GetBytes($$"""{"v":1,"by":"zed","m":["zed","bob",{{members}}],"a":["zed"]}"""), true);
            broker.Publish("ec1/i/bob/zed", $$"""{"n":{{i}},"y":"j","g":"z{{i}}"}""");
            broker.Pass(100);
            if (i % 20 != 0) continue;
            broker.Publish("ec1/r/z" + i, """{"v":2,"by":"zed","m":["zed"],"a":["zed"]}"""u8.ToArray(), true);
            broker.Pass(100);
        }

        broker.Publish("ec1/r/team", """{"v":1,"by":"alice","m":["alice","bob"],"a":["alice"]}"""u8.ToArray(), true);
        broker.Publish("ec1/i/bob/alice", """{"n":1,"y":"j","g":"team"}""");
        for (int i = 0; i < 20; i++) Assert.AreEqual(SendError.None, bob.Types("hi", "friend" + i), i.ToString());
        broker.Pass(5000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("alice added you", bob.Shows("team"));
            Assert.IsTrue(bob.Messenger.CanWrite(bob.Messenger.Find("team", true)));
            for (int i = 0; i < 20; i++) Assert.AreEqual("hi", bob.Shows("friend" + i), i.ToString());
            bob.Reboot();
        }
    }

    [TestMethod]
    public void Strangers_who_say_nothing_to_a_person_take_few_places()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Pass(20000);
        for (int i = 1; i <= 300; i++) broker.Publish("ec1/i/bob/w" + i, """{"n":1,"y":"w","g":"team"}""");
        broker.Pass(5000);
        for (int i = 0; i < Limits.Conversations; i++) Assert.AreEqual(SendError.None, bob.Types("hi", "friend" + i), i.ToString());
        broker.Pass(5000);
        for (int i = 0; i < Limits.Conversations - Limits.UnseenStrangers; i++)
            Assert.AreEqual(SendError.None, bob.Messenger.Delete(bob.Messenger.Find("friend" + i, false)));
        Assert.AreEqual(Limits.UnseenStrangers, bob.Messenger.ConversationCount);
    }

    [TestMethod]
    public void Strangers_of_whom_nothing_could_be_kept_take_no_places()
    {
        VirtualBroker broker = Written(out CoreBoard bob, 0);
        bob.Flash.RefusesWrites = true;
        for (int i = 0; i < 40; i++)
        {
            broker.Publish("ec1/i/bob/x" + i, """{"n":1,"c":"hi"}""");
            broker.Publish("ec1/i/bob/y" + i, """{"c":"hi"}""");
        }

        broker.Pass(1000);
        bob.Flash.RefusesWrites = false;
        for (int i = 0; i < Limits.Conversations; i++) Assert.AreEqual(SendError.None, bob.Types("hi", "n" + i), i.ToString());
    }

    [TestMethod]
    public void Who_has_a_key_with_the_board_is_no_stranger()
    {
        VirtualBroker broker = Written(out CoreBoard bob, Most);
        CoreBoard kate = broker.Board("kate").Online();
        string key = TypedKey.Write(new byte[KeyTree.TypedBytes]);
        Assert.AreEqual(SendError.None, bob.Messenger.EnterKey("kate", key));
        Assert.AreEqual(SendError.None, kate.Messenger.EnterKey("bob", key));
        bob.Reboot();
        kate.Types("hello", "bob");
        broker.Pass(5000);
        Assert.AreEqual("hello", bob.Shows("kate"));
        Assert.AreEqual(Tick.Two, kate.TickOf("hello"));
    }

    private static VirtualBroker Written(out CoreBoard bob, int count)
    {
        var broker = new VirtualBroker();
        bob = broker.Board("bob").Online();
        broker.Pass(20000);
        Write(broker, count);
        Assert.AreEqual(count, bob.Messenger.ConversationCount);
        return broker;
    }

    private static void Write(VirtualBroker broker, int count)
    {
        for (int i = 1; i <= count; i++) broker.Publish("ec1/i/bob/s" + i, """{"n":1,"c":"hi"}""");
        broker.Pass(5000);
    }
}

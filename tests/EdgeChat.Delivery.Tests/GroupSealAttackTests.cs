using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A sealed group, and somebody between its members, or one of them: what is not sealed by the sender of its topic, in its epoch
/// and for the first time, is dropped and counted.</summary>
[TestClass]
public class GroupSealAttackTests
{
    private const string OfAlice = "ec1/g/team/alice";

    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void What_somebody_has_kept_and_brings_again_changes_nothing()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("one", "team");
        byte[] kept = SealedPair.LastBody(broker, OfAlice);
        broker.Pass(40000);
        int refused = bob.Messenger.Counters.Refused;
        broker.Publish(OfAlice, kept, false); // again
        broker.Publish("ec1/g/team/carol", kept, false); // as another member
        broker.Publish("ec1/i/bob/alice", kept, false); // in another topic
        broker.Publish("ec1/g/team/bob", kept, false); // reflected: to carol and alice it is bob's
        byte[] changed = (byte[])kept.Clone();
        changed[20] ^= 1; // the ciphertext
        broker.Publish(OfAlice, changed, false);
        changed = (byte[])kept.Clone();
        changed[changed.Length - 1] ^= 1; // the tag
        changed[3] = 9; // of a number that comes
        broker.Publish(OfAlice, changed, false);
        broker.Publish(OfAlice, SealedPair.Cut(kept, 40), false);
        broker.Publish(OfAlice, SealedPair.Cut(kept, 3), false);
        broker.Publish(OfAlice, SealedPair.Cut(kept, 1), false);
        broker.Pass(3000);
        Assert.AreEqual("alice added you|one", bob.Shows("team"));
        Assert.AreEqual("alice added you|one", carol.Shows("team"));
        Assert.AreEqual(8, bob.Messenger.Counters.Refused - refused);
        alice.TypesToGroup("two", "team");
        carol.TypesToGroup("three", "team");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|one|two|three", bob.Shows("team"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
        Assert.AreEqual(Tick.Two, carol.TickOf("three"));
    }

    [TestMethod]
    public void An_envelope_of_one_group_is_none_of_another()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        int other = alice.Messenger.CreateGroup("other", "Other", alice.NowMs);
        alice.Messenger.AddMember(other, "bob", alice.NowMs);
        alice.Messenger.AddMember(other, "carol", alice.NowMs);
        broker.Pass(3000);
        alice.TypesToGroup("for team", "team");
        byte[] kept = SealedPair.LastBody(broker, OfAlice);
        int refused = bob.Messenger.Counters.Refused;
        broker.Publish("ec1/g/other/alice", kept, false);
        broker.Pass(3000);
        Assert.AreEqual("alice added you", bob.Shows("other"));
        Assert.AreEqual(1, bob.Messenger.Counters.Refused - refused);
        alice.TypesToGroup("for other", "other");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|for other", bob.Shows("other"));
    }

    [TestMethod]
    public void Nothing_open_counts()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("one", "team");
        broker.Publish(OfAlice, "{\"n\":7,\"c\":\"forged\"}");
        broker.Publish(OfAlice, "{\"c\":\"forged\"}");
        broker.Publish(
            "ec1/r/team", "{\"v\":99,\"by\":\"alice\",\"nm\":\"Forged\",\"m\":[\"alice\",\"bob\",\"eve\"],\"a\":[\"eve\"]}");
        broker.Publish("ec1/i/bob/carol", "{\"n\":7,\"c\":\"forged\",\"g\":\"team\"}");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|one", bob.Shows("team"));
        Assert.AreEqual("The Team", bob.Messenger.NameOf(TestGroup.Of(bob)));
        Assert.AreEqual(3, SealedPair.Refused(bob, BodyError.NotSealed));
        bob.Reboot(); // what is retained comes with a subscription, and a sealed group has none to its roster
        broker.Pass(20000);
        Assert.AreEqual(3, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
        Assert.IsTrue(SealedGroup.IsSealed(bob));
    }

    [TestMethod]
    public void A_key_counts_from_an_admin_and_sealed_for_this_board_alone()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("one", "team");
        string word = "{\"y\":\"k\",\"n\":50,\"g\":\"team\",\"a\":90,\"c\":\""
            + TypedKey.Write(new byte[16]) + "\\ncarol\\n*carol\\nbob\\nalice\\n\\nMine\"}";
        broker.Publish("ec1/i/bob/alice", word);
        broker.Publish(OfAlice, word);
        // carol is a member with a key, and no admin: what she seals is hers, and is no word of an admin
        int conversation = carol.Messenger.Find("bob", false);
        Assert.AreEqual(-1, conversation);
        SendSealed(broker, carol, bob, word);
        broker.Pass(3000);
        Assert.AreEqual("The Team", bob.Messenger.NameOf(TestGroup.Of(bob)));
        Assert.IsFalse(bob.Messenger.IsAdmin(TestGroup.Of(bob), bob.Messenger.FindMember(TestGroup.Of(bob), "carol")));
        Assert.AreEqual(2, SealedPair.Refused(bob, BodyError.NotSealed));
        Assert.AreEqual(1, SealedPair.Refused(bob, BodyError.OutOfRange));
        alice.TypesToGroup("two", "team");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|one|two", bob.Shows("team"));
    }

    // as carol's firmware would not: with the state that is on her flash
    private static void SendSealed(VirtualBroker broker, CoreBoard carol, CoreBoard bob, string body)
    {
        carol.PowerOff();
        var table = new SealTable("carol", carol.Flash.Copy());
        table.Open();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);
        byte[] envelope = table.Seal(table.Find(bob.Id), "ec1/i/bob/carol", bytes, bytes.Length, 1);
        broker.Publish("ec1/i/bob/carol", envelope, false);
    }

    [TestMethod]
    public void What_was_overtaken_is_dropped_counted_and_comes_again()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("one", "team");
        broker.Pass(3000);
        bob.PowerOff();
        broker.Forget(bob);
        alice.TypesToGroup("two", "team");
        byte[] two = SealedPair.LastBody(broker, OfAlice);
        alice.TypesToGroup("three", "team");
        byte[] three = SealedPair.LastBody(broker, OfAlice);
        bob.Online();
        int before = SealedPair.Refused(bob, BodyError.Replayed);
        broker.Publish(OfAlice, three, false);
        broker.Publish(OfAlice, two, false);
        broker.Settle();
        Assert.AreEqual(1, SealedPair.Refused(bob, BodyError.Replayed) - before);
        broker.Pass(20000);
        Assert.AreEqual("alice added you|one|two|three", bob.Shows("team"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void A_member_can_be_forged_by_another_only_where_the_broker_lets_it_write_as_it()
    {
        // the key of a group is everybody's: who has it knows all ratchets; that the topic is the sender's is what the broker sees to
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        MemoryFlash stolen = carol.Flash.Copy();
        var table = new GroupSealTable(stolen);
        GroupSeal of = SealedGroup.KeyOn(stolen, true) ?? SealedGroup.KeyOn(stolen, false);
        byte[] body = System.Text.Encoding.UTF8.GetBytes("{\"n\":1,\"c\":\"forged\"}");
        byte[] asBob = table.Seal(of, 1, 1, "ec1/g/team/bob", body, body.Length);
        broker.Publish("ec1/g/team/carol", asBob, false); // what the broker lets carol do
        broker.Pass(3000);
        Assert.AreEqual("you made this group|you added bob|you added carol", alice.Shows("team"));
        broker.Publish("ec1/g/team/bob", asBob, false); // what it does not
        broker.Pass(3000);
        Assert.AreEqual("you made this group|you added bob|you added carol|forged", alice.Shows("team"));
    }

    [TestMethod]
    public void A_forged_epoch_makes_no_admin_make_another_key()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("one", "team");
        byte[] forged = (byte[])SealedPair.LastBody(broker, OfAlice).Clone();
        forged[1] = 0x70; // an epoch far ahead
        int operations = alice.Flash.Operations;
        for (int i = 0; i < 3; i++)
        {
            broker.Publish(OfAlice, forged, false);
            broker.Pass(30000);
        }

        Assert.AreEqual(3, SealedPair.Refused(bob, BodyError.NoKey));
        Assert.IsTrue(alice.Flash.Operations - operations < 8, "made no keys");
        bob.TypesToGroup("two", "team");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, bob.TickOf("two"));
    }

    [TestMethod]
    public void Keys_that_were_used_are_nowhere_on_flash()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("one", "team");
        byte[] kept = SealedPair.LastBody(broker, OfAlice);
        broker.Pass(40000);
        MemoryFlash stolen = bob.Flash.Copy();
        Assert.IsTrue(SealedGroup.OpenNothing(stolen, OfAlice, kept, "bob's keys") > 0, "there is a key");
    }
}

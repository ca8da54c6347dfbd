using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A tick that stands on the screen stands there after a restart too.</summary>
[TestClass]
public class KeptTickTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_receipt_that_the_flash_refuses_raises_no_tick_and_comes_again(bool isShown)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("one", "bob");
        if (isShown) bob.Opens("alice");
        alice.Flash.RefusesWrites = true;
        broker.Pass(20_000);
        Assert.AreEqual(Tick.One, alice.TickOf("one"));
        alice.Flash.RefusesWrites = false;
        broker.Pass(120_000);
        Assert.AreEqual(isShown ? Tick.Shown : Tick.Two, alice.TickOf("one"));
        alice.Reboot();
        Assert.AreEqual(isShown ? Tick.Shown : Tick.Two, alice.TickOf("one"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_ticks_of_who_was_removed_stay_over_restarts_those_of_edits_too(bool byOther)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard carol = broker.Board("carol").Online();
        Assert.IsTrue(alice.Try(m =>
        {
            int group = m.CreateGroup("team", "Team", alice.NowMs);
            m.AddMember(group, "bob", alice.NowMs);
        }));
        broker.Pass(5000);
        alice.TypesToGroup("bobs", "team");
        byte[] wording = Encoding.UTF8.GetBytes("bob's");
        broker.Pass(5000);
        Assert.IsTrue(alice.Try(m => m.Edit(alice.Find("bobs"), wording, wording.Length, alice.NowMs)));
        broker.Settle();
        bob.Opens("team");
        broker.Pass(5000);
        alice.TypesToGroup("got", "team");
        broker.Pass(5000);
        bob.Offline();
        alice.TypesToGroup("lacks", "team");
        broker.Pass(5000);
        CoreBoard admin = alice;
        if (byOther)
        {
            Assert.IsTrue(alice.Try(m => m.AddMember(m.Find("team", true), "carol", alice.NowMs)));
            Assert.IsTrue(alice.Try(m => m.SetAdmin(m.Find("team", true), "carol", true, alice.NowMs)));
            broker.Pass(5000);
            admin = carol;
        }

        Assert.IsTrue(admin.Try(m => Assert.AreEqual(SendError.None, m.RemoveMember(m.Find("team", true), "bob", admin.NowMs))));
        broker.Pass(5000);
        for (int boot = 0; boot < 3; boot++)
        {
            Assert.AreEqual(Tick.Shown, alice.TickOf("bob's"));
            Assert.AreEqual(Tick.Shown, alice.Messenger.EditTickOf(alice.Find("bob's")));
            Assert.AreEqual(Tick.Two, alice.TickOf("got"));
            Assert.AreEqual(Tick.One, alice.TickOf("lacks"));
            alice.Reboot();
            broker.Pass(60_000);
        }
    }

    [TestMethod]
    public void An_old_receipt_about_a_number_that_was_never_handed_out_is_of_an_earlier_life()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Pass(10_000);
        alice.Offline();
        alice.Types("new", "bob");
        alice.JoinNetwork();
        broker.Publish("ec1/i/alice/bob", Encoding.UTF8.GetBytes("{\"y\":\"r\",\"d\":1,\"s\":1}"), false);
        alice.AtBroker.DeliversTwice = false;
        broker.Settle();
        Assert.IsTrue(alice.TickOf("new") < Tick.Two);
    }
}

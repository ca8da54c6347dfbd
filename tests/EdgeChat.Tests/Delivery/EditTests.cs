using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Edits of what still waits, and edits that a flash refuses to forget.</summary>
[TestClass]
public class EditTests
{
    [TestMethod]
    public void What_was_never_handed_out_says_the_new_text_itself_and_what_may_have_been_gets_an_edit()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a0", "bob");
        broker.Pass(3000);
        alice.Offline();
        int conversation = alice.Messenger.Find("bob", false);
        byte[] text = "a1"u8.ToArray();
        Assert.AreEqual(SendError.None, alice.Messenger.SendText(conversation, text, 2, alice.Find("a0"), alice.NowMs));
        alice.Types("a2", "bob");
        int shape = alice.Messenger.Revision;
        alice.Edits("a1", "much more than it was");
        Assert.AreNotEqual(shape, alice.Messenger.Revision);
        alice.Edits("much more than it was", "b1");
        alice.Edits("a0", "secret");
        alice.Edits("secret", "b0");
        Assert.AreEqual("b0|b1|a2", alice.Shows("bob"));
        Assert.IsFalse(alice.Messenger.IsEdited(alice.Find("b1")), "nobody has read another text");
        Assert.AreEqual("alice: b0", alice.Messenger.ReplyQuoteOf(alice.Find("b1")));
        Assert.AreEqual(SendError.TooLong, alice.Messenger.Edit(alice.Find("b1"), new byte[Body.MaxContentBytes + 1],
            Body.MaxContentBytes + 1, alice.NowMs));
        alice.Online();
        broker.Pass(3000);
        Assert.AreEqual("b0|b1|a2", bob.Shows("alice"));
        Assert.AreEqual("alice: b0", bob.Messenger.ReplyQuoteOf(bob.Find("b1")));
        Assert.IsFalse(bob.Messenger.IsEdited(bob.Find("b1")));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"y\":\"e\""), "the last wording of the one that had gone out");
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "secret"));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "much more"));

        alice.Offline();
        alice.Types("a5", "bob");
        alice.Reboot(); // who knows what an earlier boot has handed out
        alice.Edits("a5", "b5");
        Assert.IsTrue(alice.Messenger.IsEdited(alice.Find("b5")));
        alice.Online();
        broker.Pass(3000);
        Assert.AreEqual("b0|b1|a2|b5", bob.Shows("alice"));
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", "\"y\":\"e\""));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
    }

    [TestMethod]
    public void A_flash_that_refuses_at_any_write_leaves_the_screen_as_it_is_after_a_restart_and_the_next_try_does_all()
    {
        for (int refused = 1; refused <= 3; refused++)
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").Online();
            CoreBoard bob = broker.Board("bob").Online();
            alice.Types("a1", "bob");
            alice.Types("a2", "bob");
            alice.Edits("a1", "secret1");
            alice.Edits("secret1", "secret2");
            broker.Pass(40000);
            bob.Opens("alice");
            broker.Pass(40000);
            string where = $"write {refused}";
            int message = bob.Find("secret2");
            bob.Flash.RefuseAt = bob.Flash.Operations + refused;
            Assert.AreEqual(SendError.FlashFailed, bob.Messenger.DeleteMessage(message, bob.NowMs), where);
            bob.Flash.RefuseAt = 0;
            string shown = bob.Shows("alice");
            bool isEdited = bob.Messenger.IsEdited(message);
            bob.Reboot();
            Assert.AreEqual(shown, bob.Shows("alice"), where);
            message = bob.Messenger.FindMessage(bob.Messenger.Find("alice", false), "alice", 1);
            Assert.IsGreaterThanOrEqualTo(0, message, where + ": it can be deleted again");
            Assert.AreEqual(isEdited, bob.Messenger.IsEdited(message), where);
            Assert.AreEqual(SendError.None, bob.Messenger.DeleteMessage(message, bob.NowMs), where);
            for (int boot = 0; boot < 2; boot++)
            {
                Assert.AreEqual("a2", bob.Shows("alice"), where);
                bob.Reboot();
            }
        }
    }
}

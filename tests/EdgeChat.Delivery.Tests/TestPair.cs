using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Alice and bob without a key: what she says, and a message of hers that she changes at both.</summary>
internal static class TestPair
{
    /// <summary>Has the body of a publish from alice come to bob.</summary>
    public static void Say(VirtualBroker broker, string body)
    {
        broker.Publish("ec1/i/bob/alice", body);
    }

    /// <summary>Cuts alice's power, and then bob's, at any byte of what a change of her message "a1" writes, which bob has seen: it is
    /// changed at both in the end, or at none, and stays so.</summary>
    /// <param name="change">Changes it.</param>
    /// <param name="now">How it reads then.</param>
    public static void CutChange(MessageChange change, string now)
    {
        for (int side = 0; side < 2; side++)
        {
            var cuts = new PowerCuts(53, 3);
            int kept = 0;
            int changed = 0;
            while (cuts.Next())
            {
                var broker = new VirtualBroker();
                CoreBoard alice = broker.Board("alice").Online();
                CoreBoard bob = broker.Board("bob").Online();
                alice.Types("a1", "bob");
                alice.Types("a2", "bob");
                broker.Pass(3000);
                bob.Opens("alice");
                broker.Pass(40000);
                cuts.Plan(side == 0 ? alice : bob);
                alice.Try(m => change(m, alice.Find("a1"), alice.NowMs));
                broker.Pass(3000);
                cuts.Heal(side == 0 ? alice : bob);
                broker.Pass(100000);
                string shown = bob.Shows("alice");
                Assert.IsTrue(shown == "a1|a2" || shown == now + "|a2", cuts.Where + ": " + shown);
                for (int boot = 0; boot < 2; boot++)
                {
                    Assert.AreEqual(shown, alice.Shows("bob"), cuts.Where);
                    Assert.AreEqual(shown, bob.Shows("alice"), cuts.Where);
                    Assert.AreEqual(0, alice.Messenger.WaitingCount, cuts.Where);
                    alice.Reboot();
                    bob.Reboot();
                }

                if (shown == "a1|a2") kept++;
                else changed++;
            }

            Assert.IsTrue(changed > 10 && (side == 1 || kept > 5), kept.ToString() + " kept and " + changed.ToString() + " changed");
        }
    }
}

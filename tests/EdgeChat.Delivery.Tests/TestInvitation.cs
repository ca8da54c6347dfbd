using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>The invitation of bob to the group "team" by mallory, whom he does not know.</summary>
internal static class TestInvitation
{
    /// <summary>Both are online, with a key of the two or without, and it has come.</summary>
    public static VirtualBroker Make(bool isSealed, out CoreBoard mallory, out CoreBoard bob)
    {
        VirtualBroker broker = Boards(isSealed, out mallory, out bob);
        TestGroup.Make(mallory, "bob");
        broker.Pass(isSealed ? 3000 : 0);
        return broker;
    }

    /// <summary>Answers it.</summary>
    public static SendError Answer(CoreBoard board, bool accepts)
    {
        SendError error = SendError.FlashFailed;
        board.Try(m => error = m.Answer(m.Find("team", true), accepts, board.NowMs));
        board.Broker.Settle();
        return error;
    }

    /// <summary>Whether it waits.</summary>
    public static bool Waits(CoreBoard board)
    {
        int team = TestGroup.Of(board);
        return team >= 0 && board.Messenger.IsInvited(team);
    }

    /// <summary>Cuts bob's power at any byte of what its coming writes.</summary>
    public static void CutComing(bool isSealed)
    {
        var cuts = new PowerCuts(60, 3);
        while (cuts.Next())
        {
            VirtualBroker broker = Boards(isSealed, out CoreBoard mallory, out CoreBoard bob);
            cuts.Plan(bob);
            TestGroup.Make(mallory, "bob");
            broker.Pass(3000);
            cuts.Heal(bob);
            broker.Pass(90000);
            Assert.IsTrue(Waits(bob), cuts.Where);
            Assert.AreEqual(SendError.None, Answer(bob, true), cuts.Where);
            mallory.TypesToGroup("welcome", "team");
            broker.Pass(90000);
            Assert.AreEqual("mallory added you|welcome", bob.Shows("team"), cuts.Where);
            Assert.AreEqual(Tick.Two, mallory.TickOf("welcome"), cuts.Where);
        }
    }

    /// <summary>Cuts bob's power at any byte of what his answer writes.</summary>
    public static void CutAnswer(bool isSealed, bool accepts)
    {
        var cuts = new PowerCuts(60, 3);
        while (cuts.Next())
        {
            VirtualBroker broker = Make(isSealed, out CoreBoard mallory, out CoreBoard bob);
            cuts.Plan(bob);
            Answer(bob, accepts);
            cuts.Heal(bob);
            broker.Pass(5000);
            if (Waits(bob)) Assert.AreEqual(SendError.None, Answer(bob, accepts), cuts.Where);
            broker.Pass(5000);
            bob.Reboot();
            mallory.TypesToGroup("hi", "team");
            broker.Pass(70000);
            int team = TestGroup.Of(mallory);
            Assert.AreEqual(accepts ? 1 : 0, bob.Messenger.ConversationCount, cuts.Where);
            Assert.AreEqual(accepts ? 2 : 1, mallory.Messenger.MemberCountOf(team), cuts.Where);
            if (accepts) Assert.IsTrue(bob.Shows("team").EndsWith("hi"), cuts.Where + ": " + bob.Shows("team"));
        }
    }

    private static VirtualBroker Boards(bool isSealed, out CoreBoard mallory, out CoreBoard bob)
    {
        var broker = new VirtualBroker();
        mallory = isSealed ? SealedGroup.Board(broker, "mallory", "bob", "carol") : broker.Board("mallory").Online();
        bob = isSealed ? SealedGroup.Board(broker, "bob", "mallory") : broker.Board("bob").Online();
        return broker;
    }
}

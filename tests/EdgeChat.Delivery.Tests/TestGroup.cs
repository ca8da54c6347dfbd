using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>The group "team".</summary>
internal static class TestGroup
{
    /// <summary>Alice, its admin, bob and carol are online and have no keys.</summary>
    public static VirtualBroker Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice").Online();
        bob = broker.Board("bob").Online();
        carol = broker.Board("carol").Online();
        Make(alice, "bob", "carol");
        return broker;
    }

    /// <summary>Has a board make it and add these, and lets them be told; its conversation.</summary>
    public static int Make(CoreBoard admin, params string[] members)
    {
        int team = admin.Messenger.CreateGroup("team", "The Team", admin.NowMs);
        Assert.IsTrue(team >= 0);
        for (int i = 0; i < members.Length; i++)
            Assert.AreEqual(SendError.None, admin.Messenger.AddMember(team, members[i], admin.NowMs), members[i]);
        admin.Broker.Settle();
        return team;
    }

    /// <summary>Its conversation on a board, or -1.</summary>
    public static int Of(CoreBoard board) { return board.Messenger.Find("team", true); }
}

using System;
using EdgeChat.Delivery;

namespace EdgeChat.TestKit;

/// <summary>The group "team".</summary>
public static class TestGroup
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

    /// <summary>Has a board make it and add these, and lets them be told; its conversation. Throws when that is refused.</summary>
    public static int Make(CoreBoard admin, params string[] members)
    {
        int team = admin.Messenger.CreateGroup("team", "The Team", admin.NowMs);
        for (int i = 0; i < members.Length; i++)
        {
            SendError error = admin.Messenger.AddMember(team, members[i], admin.NowMs);
            if (error != SendError.None)
                throw new InvalidOperationException(members[i] + " is not in the team: " + SendErrors.WordsFor(error));
        }

        admin.Broker.Settle();
        return team;
    }

    /// <summary>Its conversation on a board, or -1.</summary>
    public static int Of(CoreBoard board) { return board.Messenger.Find("team", true); }
}

using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>The group "team".</summary>
internal static class TestGroup
{
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
}

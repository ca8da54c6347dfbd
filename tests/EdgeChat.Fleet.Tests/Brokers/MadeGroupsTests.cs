using System.Text;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Brokers;

namespace EdgeChat.Fleet.Tests;

/// <summary>A broker that looks at each message knows from the rosters that it keeps who is in the groups that devices make.</summary>
[TestClass]
public class MadeGroupsTests
{
    private const string Roster = "ec1/r/team";
    private const string Filter = "ec1/g/team/+";

    private static readonly byte[] Open = "{\"n\":1,\"c\":\"hello\"}"u8.ToArray();

    // version of an envelope of a group (docs/protocol.md, section 15), and what nobody but members reads
    private static readonly byte[] Sealed = [2, 1, 1, 1, .. new byte[32]];

    private static byte[] Of(string members, string admins) =>
        Encoding.UTF8.GetBytes($"{{\"v\":1,\"by\":\"alice\",\"m\":[{Quoted(members)}],\"a\":[{Quoted(admins)}]}}");

    private static string Quoted(string ids) =>
        string.Join(',', ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => $"\"{i}\""));

    private static MadeGroups Team(string members = "alice bob", string admins = "alice")
    {
        var groups = new MadeGroups(TopicRights.Of(["alice", "bob", "carol"]));
        Assert.IsTrue(groups.TakesFrom("alice", Roster, Of(members, admins)));
        return groups;
    }

    [TestMethod]
    public void A_group_is_of_who_puts_its_first_roster_there_as_an_admin()
    {
        var groups = new MadeGroups(TopicRights.Of(["alice", "bob", "carol"]));
        Assert.IsFalse(groups.TakesFrom("carol", Roster, Of("alice bob", "alice")), "a stranger");
        Assert.IsFalse(groups.TakesFrom("bob", Roster, Of("alice bob", "alice")), "a member");
        Assert.IsFalse(groups.TakesFrom("alice", Roster, "{\"v\":1}"u8.ToArray()), "no roster");
        Assert.IsTrue(groups.TakesFrom("alice", Roster, Of("alice bob", "alice")));
        Assert.IsFalse(groups.TakesFrom("carol", Roster, Of("carol", "carol")), "it is there");
        Assert.IsFalse(groups.TakesFrom("bob", Roster, Of("alice bob", "bob")), "a member makes nobody an admin");
        Assert.IsTrue(groups.TakesFrom("alice", Roster, Of("alice bob", "bob")));
        Assert.IsFalse(groups.TakesFrom("alice", Roster, Of("alice", "alice")), "an admin no more");
    }

    [TestMethod]
    public void Who_names_no_admin_is_edited_by_the_first_member_as_in_a_fleets_file()
    {
        MadeGroups groups = Team("alice bob", "");
        Assert.IsFalse(groups.TakesFrom("bob", Roster, Of("alice bob", "bob")));
        Assert.IsTrue(groups.TakesFrom("alice", Roster, Of("alice bob", "bob")));
    }

    [TestMethod]
    public void Members_write_in_their_own_name_and_nobody_else_does()
    {
        MadeGroups groups = Team();
        Assert.IsTrue(groups.TakesFrom("bob", "ec1/g/team/bob", Open));
        Assert.IsFalse(groups.TakesFrom("bob", "ec1/g/team/alice", Open));
        Assert.IsFalse(groups.TakesFrom("carol", "ec1/g/team/carol", Open));
        Assert.IsFalse(groups.TakesFrom("carol", "ec1/g/other/bob", Open), "in no group");
    }

    [TestMethod]
    public void Members_alone_are_given_what_is_open_and_who_was_one_learns_that_it_is_none()
    {
        MadeGroups groups = Team();
        Assert.IsTrue(groups.MayAskFor("carol", Filter), "it may be sealed, of which the broker knows nothing");
        Assert.IsTrue(groups.GivesTo("bob", "ec1/g/team/alice", Open));
        Assert.IsFalse(groups.GivesTo("carol", "ec1/g/team/alice", Open));
        Assert.IsFalse(groups.MayAskFor("carol", Roster));
        Assert.IsTrue(groups.TakesFrom("alice", Roster, Of("alice", "alice")));
        Assert.IsFalse(groups.GivesTo("bob", "ec1/g/team/alice", Open));
        Assert.IsFalse(groups.TakesFrom("bob", "ec1/g/team/bob", Open));
        Assert.IsTrue(groups.GivesTo("bob", Roster, Of("alice", "alice")));
        Assert.IsTrue(groups.MayAskFor("bob", Roster));
    }

    [TestMethod]
    public void A_roster_that_somebody_puts_there_shuts_nobody_out_of_a_sealed_group()
    {
        var groups = new MadeGroups(TopicRights.Of(["alice", "bob", "carol"]));
        Assert.IsTrue(groups.TakesFrom("bob", "ec1/g/team/bob", Sealed), "a group without a roster");
        Assert.IsTrue(groups.TakesFrom("carol", Roster, Of("carol", "carol")));
        Assert.IsTrue(groups.TakesFrom("bob", "ec1/g/team/bob", Sealed));
        Assert.IsTrue(groups.MayAskFor("bob", Filter));
        Assert.IsTrue(groups.GivesTo("bob", "ec1/g/team/alice", Sealed));
        Assert.IsFalse(groups.TakesFrom("bob", "ec1/g/team/alice", Sealed), "not in another's name");
    }

    [TestMethod]
    public void Nobody_asks_for_more_than_one_group()
    {
        MadeGroups groups = Team();
        foreach (string filter in new[] { "ec1/g/+/+", "ec1/r/+", "ec1/g/#", "ec1/g/+/alice", "ec1/#", "#", "+/+/+/+" })
            Assert.IsFalse(groups.MayAskFor("alice", filter), filter);
    }

    [TestMethod]
    public void When_all_have_left_the_id_is_anybodys_again()
    {
        MadeGroups groups = Team();
        Assert.IsTrue(groups.TakesFrom("alice", Roster, Of("", "")));
        Assert.IsTrue(groups.TakesFrom("carol", Roster, Of("carol", "carol")));
    }

    [TestMethod]
    public void A_group_of_the_fleets_file_is_as_the_file_says()
    {
        const string Yaml = "fleet: home\nbroker: { host: h, tls: true }\ngroups: { team: { members: [alice] } }\nboards: { alice: {} }\n";
        var groups = new MadeGroups(TopicRights.Of(FleetReader.Read("fleet.yaml", Yaml, FleetFiles.None)));
        Assert.IsFalse(groups.Decides(Roster));
        Assert.IsFalse(groups.TakesFrom("alice", Roster, Of("alice", "alice")));
        Assert.IsFalse(groups.TakesFrom("alice", "ec1/r/new", Of("alice", "alice")), "with groups in the file nobody makes one");
    }

    [TestMethod]
    public async Task At_the_broker_who_was_removed_gets_nothing_more_though_it_has_subscribed()
    {
        var access = new BrokerAccess(TopicRights.Of(["alice", "bob", "carol"]));
        foreach (string id in new[] { "alice", "bob", "carol" }) access.Add(id, "secret", id);
        await using var broker = new EmbeddedBroker(access);
        await broker.StartAsync();
        await using var room = new CheckRoom(broker.Address, null, _ => "secret");
        CancellationToken stop = CancellationToken.None;
        async Task<bool> Comes(string writer, string reader) => await room.ComesAsync(writer, $"ec1/g/team/{writer}", reader, stop);
        async Task Puts(string user, string members) =>
            await (await room.AsAsync(user, stop)).PublishAsync(Roster, Of(members, members.Split(' ')[0]), true, stop);

        await (await room.AsAsync("carol", stop)).SubscribeAsync(stop, Filter);
        await Puts("alice", "alice bob");
        Assert.IsTrue(await Comes("alice", "bob"));
        Assert.IsTrue(await Comes("bob", "alice"));
        Assert.IsFalse(await Comes("carol", "bob"), "a stranger writes");
        Assert.IsFalse(await Comes("alice", "carol"), "a stranger reads");
        await Puts("carol", "carol bob");
        Assert.AreEqual(Encoding.UTF8.GetString(Of("alice bob", "alice")), Encoding.UTF8.GetString(broker.Retained(Roster)!));
        await Puts("alice", "alice");
        Assert.IsFalse(await Comes("alice", "bob"), "bob is a member no more");
    }
}

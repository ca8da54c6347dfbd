namespace EdgeChat.Fleet.Tests;

/// <summary>One statement of rights, and the texts for brokers that come of it.</summary>
[TestClass]
public class TopicRightsTests
{
    private const string Fleet = """
        fleet: home
        broker: { host: broker.home, tls: true }
        peers: [carol]
        groups:
          team: { members: [alice, carol], admins: [alice] }
          all: { members: [bob, alice] }
        boards: { alice: {}, bob: {} }
        """;

    private static TopicRights Rights(string yaml = Fleet) => TopicRights.Of(FleetReader.Read("fleet.yaml", yaml, FleetFiles.None));

    [TestMethod]
    [DataRow("alice", "ec1/i/bob/alice", "ec1/i/alice/+")]
    [DataRow("carol", "ec1/g/team/carol", "ec1/g/team/+")]
    [DataRow("alice", "ec1/r/team", "ec1/r/team")]
    [DataRow("bob", "ec1/r/all", "ec1/p/alice")] // the first member of a group that names no admin
    [DataRow("fleet", "ec1/r/team", "ec1/x/+")]
    public void What_the_protocol_needs_is_allowed(string user, string topic, string filter)
    {
        TopicRights rights = Rights();
        Assert.IsTrue(rights.For(user).MayWrite(topic));
        Assert.IsTrue(rights.For(user).MayRead(filter));
    }

    [TestMethod]
    [DataRow("alice", "ec1/i/bob/carol")]
    [DataRow("alice", "ec1/i/nobody/alice")]
    [DataRow("carol", "ec1/r/team")]
    [DataRow("bob", "ec1/g/team/bob")]
    [DataRow("bob", "ec1/p/alice")]
    [DataRow("bob", "$SYS/broker")]
    [DataRow("mallory", "ec1/r/team")]
    public void What_is_anothers_is_not_written(string user, string topic) => Assert.IsFalse(Rights().For(user).MayWrite(topic));

    [TestMethod]
    [DataRow("alice", "#")]
    [DataRow("alice", "ec1/#")]
    [DataRow("alice", "ec1/i/+/+")]
    [DataRow("alice", "ec1/i/alice/#")]
    [DataRow("alice", "ec1/i/bob/+")]
    [DataRow("bob", "ec1/g/team/+")]
    [DataRow("bob", "ec1/g/+/+")]
    [DataRow("bob", "ec1/r/team")]
    [DataRow("alice", "ec1/x/bob")]
    public void What_is_anothers_is_not_read(string user, string filter) => Assert.IsFalse(Rights().For(user).MayRead(filter));

    [TestMethod]
    [DataRow("+/b", "$SYS/b", false)]
    [DataRow("#", "$SYS", false)]
    [DataRow("#", "a", true)]
    [DataRow("a/#", "a", true)]
    [DataRow("a/#", "a/+/c", true)]
    [DataRow("a/+", "a/+", true)]
    [DataRow("a/+", "a/#", false)]
    [DataRow("a/b", "a/+", false)]
    [DataRow("a/+", "a/b/c", false)]
    public void A_filter_covers_a_filter(string rule, string filter, bool covers) =>
        Assert.AreEqual(covers, new TopicRule(TopicAccess.Read, rule).Covers(filter));

    [TestMethod]
    public void Without_groups_in_the_file_devices_make_them()
    {
        TopicRights rights = Rights("fleet: home\nbroker: { host: h, tls: true }\nboards: { alice: {}, bob: {} }\n");
        Assert.IsTrue(rights.HasOpenGroups);
        bool May(TopicAccess access, string filter) => rights.Of("bob").Any(r => r.Access.HasFlag(access) && r.Covers(filter));
        Assert.IsTrue(May(TopicAccess.Write, "ec1/r/new"));
        Assert.IsTrue(May(TopicAccess.Read, "ec1/g/new/+"));
        Assert.IsFalse(May(TopicAccess.Write, "ec1/g/new/alice"));
    }

    [TestMethod]
    public void Mosquittos_list_says_the_same_when_it_is_read_again()
    {
        TopicRights rights = Rights();
        string[] lines = MosquittoAcl.Write(rights).Split('\n');
        foreach (string user in rights.Users)
            CollectionAssert.AreEquivalent(rights.Of(user).ToArray(), MosquittoAcl.Of(MosquittoAcl.Read(lines), user).ToArray(), user);
    }

    [TestMethod]
    public void Nats_and_RabbitMQ_get_subjects_and_expressions()
    {
        TopicRights rights = Rights();
        string nats = NatsPermissions.Write(rights, "carol");
        StringAssert.Contains(nats, "\"ec1.i.alice.carol\"");
        StringAssert.Contains(
            nats, "subscribe: [\"ec1.i.carol.*\", \"ec1.p.*\", \"ec1.d.*\", \"ec1.g.team.*\", \"ec1.r.team\", \"$MQTT.sub.>\"]");
        string write = RabbitMqPermissions.Write(rights, "carol");
        StringAssert.Matches("ec1.i.alice.carol", new System.Text.RegularExpressions.Regex(write));
        StringAssert.DoesNotMatch("ec1.i.alice.carol2", new System.Text.RegularExpressions.Regex(write));
        StringAssert.DoesNotMatch("ec1.r.team", new System.Text.RegularExpressions.Regex(write));
        string read = RabbitMqPermissions.Read(rights, "carol");
        StringAssert.Matches("ec1.i.carol.*", new System.Text.RegularExpressions.Regex(read));
        StringAssert.DoesNotMatch("ec1.i.carol.#", new System.Text.RegularExpressions.Regex(read));
        StringAssert.DoesNotMatch("ec1.i.*.*", new System.Text.RegularExpressions.Regex(read));
    }

    [TestMethod]
    public void The_ids_of_the_check_are_not_for_boards()
    {
        FleetException e = Assert.ThrowsExactly<FleetException>(
            () => Rights(Fleet.Replace("bob: {}", "check-member: {}").Replace("bob", "alice")));
        StringAssert.Contains(e.Message, "\"check-member\" is an id of `edgechat broker check`");
    }
}

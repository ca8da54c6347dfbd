using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Topic names, both ways.</summary>
[TestClass]
public class TopicsTests
{
    private const string Longest = "abcdefghijklmnop";

    [TestMethod]
    public void Names_and_filters_are_spelt_as_the_protocol_says()
    {
        Assert.AreEqual("ec1/i/bob/alice", Topics.Inbox("bob", "alice"));
        Assert.AreEqual("ec1/i/alice/+", Topics.InboxFilter("alice"));
        Assert.AreEqual("ec1/g/team/alice", Topics.Group("team", "alice"));
        Assert.AreEqual("ec1/g/team/+", Topics.GroupFilter("team"));
        Assert.AreEqual("ec1/p/alice", Topics.Presence("alice"));
        Assert.AreEqual("ec1/d/alice", Topics.Profile("alice"));
        Assert.AreEqual("ec1/r/team", Topics.Roster("team"));
    }

    [TestMethod]
    public void The_longest_topic_has_39_bytes()
    {
        string topic = Topics.Inbox(Longest, Longest);
        Assert.AreEqual(Topics.MaxBytes, topic.Length);
        IsRead(topic, TopicKind.Inbox, Longest, Longest);
    }

    [TestMethod]
    public void Each_topic_is_read_as_what_it_was_made_of()
    {
        IsRead(Topics.Inbox("bob", "alice"), TopicKind.Inbox, "bob", "alice");
        IsRead(Topics.Group("team", "alice"), TopicKind.Group, "team", "alice");
        IsRead(Topics.Presence("a-1"), TopicKind.Presence, null, "a-1");
        IsRead(Topics.Profile("0"), TopicKind.Profile, null, "0");
        IsRead(Topics.Roster("team"), TopicKind.Roster, "team", null);
        IsRead("ec1/x/alice", TopicKind.Diagnostics, null, "alice");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("ec1")]
    [DataRow("ec1/i/")]
    [DataRow("ec1/i/bob")]
    [DataRow("ec1/i/bob/")]
    [DataRow("ec1/i//alice")]
    [DataRow("ec1/i/bob/alice/x")]
    [DataRow("ec1/i/bob/alice/")]
    [DataRow("ec1/i/bob/+")]
    [DataRow("ec1/i/Bob/alice")]
    [DataRow("ec1/i/bob/ali ce")]
    [DataRow("ec1/i/bob/\u00E4")]
    [DataRow("ec1/i/bob/abcdefghijklmnopq")]
    [DataRow("ec1/i/abcdefghijklmnopq/bob")]
    [DataRow("ec1/p/alice/bob")]
    [DataRow("ec1/p/")]
    [DataRow("ec1/p/+")]
    [DataRow("ec1/p/#")]
    [DataRow("ec1/q/alice")]
    [DataRow("ec2/p/alice")]
    [DataRow("EC1/p/alice")]
    [DataRow("/ec1/p/alice")]
    [DataRow("$SYS/broker")]
    public void What_the_protocol_does_not_know_is_no_topic(string topic)
    {
        var name = new TopicName();
        Topics.TryParse("ec1/i/bob/alice", name);
        Assert.IsFalse(Topics.TryParse(topic, name), topic);
        Assert.AreEqual((int)TopicKind.None, (int)name.Kind);
        Assert.IsNull(name.To);
        Assert.IsNull(name.From);
    }

    [TestMethod]
    public void No_topic_at_all_is_no_topic()
    {
        Assert.IsFalse(Topics.TryParse(null, new TopicName()));
    }

    [TestMethod]
    [DataRow("a", true)]
    [DataRow("0", true)]
    [DataRow("-", true)]
    [DataRow("az-09", true)]
    [DataRow("abcdefghijklmnop", true)]
    [DataRow("abcdefghijklmnopq", false)]
    [DataRow("", false)]
    [DataRow("A", false)]
    [DataRow("a_b", false)]
    [DataRow("a.b", false)]
    [DataRow("a/b", false)]
    [DataRow("a+", false)]
    [DataRow("\u00FC", false)]
    public void Ids_have_1_to_16_small_letters_digits_and_dashes(string id, bool isId)
    {
        Assert.AreEqual(isId, Topics.IsDeviceId(id));
        Assert.IsFalse(Topics.IsDeviceId(null));
    }

    private static void IsRead(string topic, TopicKind kind, string to, string from)
    {
        var name = new TopicName();
        Assert.IsTrue(Topics.TryParse(topic, name), topic);
        Assert.AreEqual((int)kind, (int)name.Kind);
        Assert.AreEqual(to, name.To);
        Assert.AreEqual(from, name.From);
    }
}

namespace EdgeChat.Fleet.Tests;

/// <summary>What a broker may be asked to keep grows with the fleet, and ends somewhere.</summary>
[TestClass]
public class BrokerLimitsTests
{
    [TestMethod]
    [DataRow(7, 1000, 30, 259, 18_825_216)]
    [DataRow(100, 6400, 216, 568, 29_884_416)]
    [DataRow(1000, 10_000, 2016, 5138, 37_257_216)]
    [DataRow(100_000, 10_000, 200_016, 65_792, 37_257_216)]
    public void They_go_by_the_size_of_the_fleet(int users, int queued, int connections, int storeMiB, int sessionBytes)
    {
        var limits = new BrokerLimits(users);
        Assert.AreEqual(
            (queued, connections, storeMiB, (long)sessionBytes),
            (limits.QueuedMessages, limits.Connections, limits.StoreMiB, limits.SessionBytes));
    }
}

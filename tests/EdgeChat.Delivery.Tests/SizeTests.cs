using System.Text;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Bytes on the wire, as PUBLISH packets with QoS 1 (OASIS MQTT 3.1.1, section 3.3).</summary>
[TestClass]
public class SizeTests
{
    private const string Text21 = "On my way, 10 minutes";

    [TestMethod]
    public void A_direct_text_of_21_characters_takes_at_most_80_bytes()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("board-01").Online();
        for (int n = 1; n <= 99; n++)
        {
            alice.Types(Text21, "board-02");
            broker.Publish("ec1/i/board-01/board-02", "{\"y\":\"r\",\"d\":" + n.ToString() + ",\"s\":" + n.ToString() + "}");
        }

        Assert.AreEqual(21, Text21.Length);
        Assert.AreEqual(99, broker.Count("ec1/i/board-02/board-01", Text21));
        int bytes = Bytes("ec1/i/board-02/board-01", "{\"n\":99,\"t\":1790000000,\"c\":\"" + Text21 + "\"}");
        Assert.AreEqual(1, broker.Count("ec1/i/board-02/board-01", "{\"n\":99,\"t\":179000"));
        Assert.IsTrue(bytes <= 80, bytes.ToString());
    }

    [TestMethod]
    public void A_receipt_takes_at_most_60_bytes()
    {
        var broker = new VirtualBroker();
        broker.Board("board-01").Online();
        broker.Publish("ec1/i/board-01/board-02", "{\"n\":1,\"c\":\"x\"}");
        broker.Publish("ec1/i/board-01/board-02", "{\"n\":2,\"c\":\"x\"}");
        broker.Pass(3000);
        Assert.AreEqual("{\"y\":\"r\",\"d\":2,\"s\":0}", broker.Log.LastBody);
        Assert.IsTrue(Bytes("ec1/i/board-02/board-01", "{\"y\":\"r\",\"d\":999,\"s\":999}") <= 60);
    }

    // fixed header, topic with its length, packet id, payload
    private static int Bytes(string topic, string body)
    {
        int rest = 2 + topic.Length + 2 + Encoding.UTF8.GetBytes(body).Length;
        return 1 + (rest < 128 ? 1 : 2) + rest;
    }
}

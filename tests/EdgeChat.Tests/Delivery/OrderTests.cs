using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Configurations from the operator: sealed where provisioning has given a key, and what is refused there and elsewhere.</summary>
[TestClass]
public class OrderTests
{
    private const string Inbox = "ec1/i/alice/fleet";
    private const string Wifi = "{\"y\":\"c\",\"a\":7,\"c\":\"wifi\\nhome\\nsecret secret\"}";

    [TestMethod]
    public void A_sealed_one_is_taken_and_cannot_be_read_on_the_way()
    {
        CoreBoard alice = Alice(new VirtualBroker(), true);
        byte[] envelope = SealKit.Order(Inbox, SealKit.OrderKey(1), Wifi);
        Publish(alice, Inbox, envelope);
        Order order = alice.Messenger.TakeOrder();
        Assert.AreEqual(7, order.Number);
        Assert.AreEqual("wifi\nhome\nsecret secret", order.Text);
        Assert.AreEqual(0, alice.Messenger.Counters.Refused);
        for (int i = 0; i + 2 < envelope.Length; i++)
            Assert.IsFalse(envelope[i] == (byte)'s' && envelope[i + 1] == (byte)'e' && envelope[i + 2] == (byte)'c', "in the clear");
    }

    [TestMethod]
    public void An_open_one_counts_for_nothing_where_there_is_a_key()
    {
        CoreBoard alice = Alice(new VirtualBroker(), true);
        Publish(alice, Inbox, Wifi);
        Refuses(alice, BodyError.NotSealed, 1);
        alice.Flash.Put(Envelope.OrderKeyFile, new byte[3]); // nor where the key is damaged
        Publish(alice, Inbox, Wifi);
        Refuses(alice, BodyError.NotSealed, 2);
        Publish(alice, Inbox, SealKit.Order(Inbox, new byte[A128CbcHs256.KeyBytes], Wifi));
        Refuses(alice, BodyError.WrongSeal, 1);
    }

    [TestMethod]
    public void A_board_of_an_earlier_provisioning_takes_an_open_one_and_no_sealed_one()
    {
        CoreBoard alice = Alice(new VirtualBroker(), false);
        Publish(alice, Inbox, SealKit.Order(Inbox, SealKit.OrderKey(1), Wifi));
        Refuses(alice, BodyError.NoKey, 1);
        Publish(alice, Inbox, Wifi);
        Assert.AreEqual(7, alice.Messenger.TakeOrder().Number);
    }

    [TestMethod]
    public void Whatever_is_changed_is_refused()
    {
        CoreBoard alice = Alice(new VirtualBroker(), true);
        byte[] envelope = SealKit.Order(Inbox, SealKit.OrderKey(1), Wifi);
        int refused = 0;
        for (int i = 1; i < envelope.Length; i += 5) // the vector, the ciphertext, the tag
        {
            byte[] changed = (byte[])envelope.Clone();
            changed[i] ^= 4;
            Publish(alice, Inbox, changed);
            Refuses(alice, BodyError.WrongSeal, ++refused);
        }

        for (int count = 1; count < envelope.Length; count += 15)
        {
            Publish(alice, Inbox, envelope[..count]);
            Refuses(alice, BodyError.WrongSeal, ++refused);
        }

        Publish(alice, Inbox, SealKit.Order(Inbox, SealKit.OrderKey(2), Wifi)); // another board's, or another life's
        Refuses(alice, BodyError.WrongSeal, ++refused);
        Publish(alice, Inbox, SealKit.Order("ec1/i/bob/fleet", SealKit.OrderKey(1), Wifi));
        Refuses(alice, BodyError.WrongSeal, ++refused);
        byte[] text = SealKit.Order(Inbox, SealKit.OrderKey(1), "{\"n\":1,\"c\":\"hi\"}"); // no configuration
        Publish(alice, Inbox, text);
        Refuses(alice, BodyError.WrongSeal, ++refused);
        Assert.AreEqual("", alice.Shows("fleet"));
    }

    [TestMethod]
    public void Nobody_else_is_obeyed_with_the_right_key_and_nothing_that_is_retained()
    {
        const string OfMallory = "ec1/i/alice/mallory";
        var broker = new VirtualBroker();
        broker.Publish(Inbox, SealKit.Order(Inbox, SealKit.OrderKey(1), Wifi), true);
        CoreBoard alice = Alice(broker, true);
        Assert.AreEqual(1, alice.Messenger.Counters.BadTopic);
        Publish(alice, OfMallory, SealKit.Order(OfMallory, SealKit.OrderKey(1), Wifi));
        Assert.AreEqual(1, alice.Messenger.Counters.Refused);
        Publish(alice, OfMallory, Wifi);
        Assert.AreEqual(2, alice.Messenger.Counters.BadTopic);
        Assert.IsNull(alice.Messenger.TakeOrder());
    }

    [TestMethod]
    public void What_the_operator_writes_besides_stays_open()
    {
        CoreBoard alice = Alice(new VirtualBroker(), true);
        Publish(alice, Inbox, "{\"n\":1,\"c\":\"Welcome\"}");
        Assert.AreEqual("Welcome", alice.Shows("fleet"));
        Assert.AreEqual(0, alice.Messenger.Counters.Refused);
    }

    private static CoreBoard Alice(VirtualBroker broker, bool hasKey)
    {
        CoreBoard alice = broker.Board("alice");
        alice.Me.Operator = "fleet";
        if (hasKey) alice.Flash.Put(Envelope.OrderKeyFile, SealKit.OrderKey(1));
        return alice.Online();
    }

    private static void Publish(CoreBoard board, string topic, string body) { Publish(board, topic, Encoding.UTF8.GetBytes(body)); }

    private static void Publish(CoreBoard board, string topic, byte[] body)
    {
        board.Broker.Publish(topic, body, false);
        board.Broker.Settle();
    }

    private static void Refuses(CoreBoard board, BodyError error, int count)
    {
        Assert.AreEqual(count, board.Messenger.Counters.RefusedFor(error));
        Assert.IsNull(board.Messenger.TakeOrder());
    }
}

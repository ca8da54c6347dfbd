using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A log that is full refuses nothing while anything old may give way, and makes room with few writes, whatever the sizes
/// are.</summary>
[TestClass]
public class FullLogTests
{
    private const int Texts = 150; // of each of two senders, and as many of this board's own
    private const int LongestText = 1024;
    private const int OperationsOfText = 10; // on average: it, marks, and a compaction of up to three records, which are a write each

    [TestMethod]
    public void Long_texts_of_two_senders_are_all_taken() { Seeds.Play("FullLogTests", 1, seed => Play(seed, LongestText - 30)); }

    [TestMethod]
    public void Texts_of_any_size_are_all_taken()
    {
        for (int seed = 2; seed <= 4; seed++) Seeds.Play("FullLogTests", seed, play => Play(play, 1));
    }

    [TestMethod]
    public void Texts_that_pack_badly_are_all_taken()
    {
        for (int seed = 5; seed <= 8; seed++)
        {
            Seeds.Play("FullLogTests", seed, play =>
            {
                var dice = new Dice(play);
                int least = LongestText / (1 + dice.Next(5)) - dice.Next(40) - 40;
                Play(play, least, least + 40);
            });
        }
    }

    private static void Play(int seed, int least) { Play(seed, least, LongestText); }

    private static void Play(int seed, int least, int most)
    {
        var dice = new Dice(seed);
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        int operations = 0;
        for (int n = 1; n <= Texts; n++)
        {
            for (int sender = 0; sender < 2; sender++)
            {
                int length = least + dice.Next(most - least + 1);
                broker.Publish("ec1/i/alice/peer" + sender.ToString(),
                    "{\"n\":" + n.ToString() + ",\"c\":\"" + new string('x', length) + "\"}");
            }

            SendError error = alice.Types(new string('y', least + dice.Next(most - least + 1)), "peer" + dice.Next(2).ToString());
            Assert.AreEqual((int)SendError.None, (int)error, "own text " + n.ToString());
            Assert.AreEqual(0, alice.Messenger.Counters.NoRoom, "refused of text " + n.ToString());
            if (n == Texts / 2) operations = alice.Flash.Operations;
            broker.Pass(1000);
        }

        operations = alice.Flash.Operations - operations;
        Assert.IsTrue(operations <= OperationsOfText * 3 * (Texts - Texts / 2), operations.ToString() + " writes and deletes");
        Assert.IsTrue(alice.Flash.UsedBytes <= Limits.SegmentBytes * Limits.Segments, "the log outgrew its room");
        int kept = alice.Chats.Shows("peer0").Length + alice.Chats.Shows("peer1").Length;
        int full = 2 * Limits.MessagesOfConversation * least;
        if (full > Limits.SegmentBytes * Limits.Segments / 2) full = Limits.SegmentBytes * Limits.Segments / 2;
        Assert.IsTrue(kept >= full, "only " + kept.ToString() + " bytes of texts are left");
    }
}

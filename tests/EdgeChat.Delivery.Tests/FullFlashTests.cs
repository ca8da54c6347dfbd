using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A log that is full and compacted all the time, with power cuts in the middle of it.</summary>
[TestClass]
public class FullFlashTests
{
    private const int Senders = 4;
    private const int Messages = 250;

    [TestMethod]
    public void Power_cuts_while_a_full_log_is_compacted_lose_and_repeat_nothing()
    {
        for (int life = 1; life <= 2; life++) Seeds.Play("FullFlashTests", life, Play);
    }

    private static void Play(int seed)
    {
        var random = new Dice(seed);
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        var text = new StringBuilder();
        for (int i = 0; i < 95; i++) text.Append("0123456789");
        string padding = text.ToString();
        for (int n = 1; n <= Messages; n++)
        {
            for (int s = 0; s < Senders; s++)
            {
                if (random.Next(4) == 0) alice.Flash.CutAfter(random.Next(4), random.Next(5000));
                string body = "{\"n\":" + n.ToString() + ",\"c\":\"" + n.ToString() + "-" + padding + "\"}";
                do
                {
                    if (!alice.IsOn) alice.Online();
                    broker.Publish("ec1/i/alice/peer" + s.ToString(), body); // again until it is taken: that is what a sender does
                }
                while (!alice.IsOn);
            }

            if (random.Next(10) == 0) alice.Opens("peer1");
            if (!alice.IsOn) alice.Online();
        }

        alice.Flash.CutAt = 0;
        alice.Reboot();
        Assert.IsTrue(alice.Flash.UsedBytes <= Limits.SegmentBytes * Limits.Segments);
        Assert.AreEqual(0, alice.Messenger.Counters.NoRoom);
        for (int s = 0; s < Senders; s++) Check(alice, "peer" + s.ToString(), "peer" + s.ToString());
    }

    private static void Check(CoreBoard alice, string peer, string where)
    {
        string[] texts = alice.Shows(peer).Split('|');
        int first = Number(texts[0]);
        for (int i = 0; i < texts.Length; i++) Assert.AreEqual(first + i, Number(texts[i]), where + ": each once and in order; after "
            + Number(texts[i > 0 ? i - 1 : 0]).ToString() + " stands " + (texts[i].Length > 40 ? texts[i].Substring(0, 40) : texts[i]));
        Assert.AreEqual(Messages, first + texts.Length - 1, where);
        Assert.IsTrue(texts.Length >= 10, where + ": only " + texts.Length.ToString() + " kept");
    }

    private static int Number(string text)
    {
        int end = text.IndexOf('-');
        return end < 0 ? -1 : int.Parse(text.Substring(0, end));
    }
}

using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Three boards and a group in a world where everything that can go wrong does, at random: in the end each message is there once,
/// in order.</summary>
[TestClass]
public class RandomWorldTests
{
    private const int Worlds = 150;
    private const int ForgetfulWorlds = 100;
    private const int SealedWorlds = 50;
    private const int RollBackEvery = 20;
    private const int StepsOfWorld = 80;
    private static readonly string[] Names = { "alice", "bob", "carol" };

    [TestMethod]
    public void Whatever_goes_wrong_each_message_is_there_once_and_in_order()
    {
        for (int world = 1; world <= Worlds; world++) Seeds.Play("RandomWorldTests", world, Play);
    }

    [TestMethod]
    public void Nor_does_it_matter_that_the_broker_forgets_what_it_kept()
    {
        for (int world = 1; world <= ForgetfulWorlds; world++) Seeds.Play("Nor_does_it_matter", world, PlayForgetful);
    }

    [TestMethod]
    public void Nor_whether_it_is_sealed()
    {
        SealedPair.NeedCryptography();
        for (int world = 1; world <= SealedWorlds; world++) Seeds.Play("Nor_whether_it_is_sealed", world, PlaySealed);
    }

    private static void Play(int seed) { Play(seed, new VirtualBroker(), 0, false); }

    private static void PlaySealed(int seed) { Play(seed, new VirtualBroker { DropsRetained = seed % 2 == 0 }, RollBackEvery, true); }

    // every other broker keeps nothing at all, and each loses what it has now and then
    private static void PlayForgetful(int seed) { Play(seed, new VirtualBroker { DropsRetained = seed % 2 == 0 }, RollBackEvery, false); }

    private static void Play(int seed, VirtualBroker broker, int rollBackEvery, bool isSealed)
    {
        var random = new Dice(seed);
        CoreBoard[] boards = new CoreBoard[Names.Length];
        for (int i = 0; i < boards.Length; i++)
        {
            boards[i] = broker.Board(Names[i]);
            if (isSealed) SealKit.Give(boards[i], Names[(i + 1) % Names.Length], Names[(i + 2) % Names.Length]);
            boards[i].Online();
        }

        int team = boards[0].Messenger.CreateGroup("team", "T", boards[0].NowMs);
        boards[0].Messenger.AddMember(team, "bob", boards[0].NowMs);
        boards[0].Messenger.AddMember(team, "carol", boards[0].NowMs);
        broker.Pass(rollBackEvery > 0 ? 15000 : 5000);
        for (int step = 0; step < StepsOfWorld; step++)
        {
            Do(random, broker, boards, step);
            if (rollBackEvery > 0 && random.Next(rollBackEvery) == 0) broker.RollBack();
        }

        Heal(broker, boards);
        for (int from = 0; from < boards.Length; from++)
        {
            for (int to = 0; to < boards.Length; to++)
            {
                if (from == to) continue;
                string where = Names[from] + " to " + Names[to];
                Assert.AreEqual(boards[from].Chats.TextsOf(Names[to], Names[from]), boards[to].Chats.TextsOf(Names[from], Names[from]),
                    where);
                Assert.AreEqual(boards[from].Chats.TextsOf("team", Names[from]), boards[to].Chats.TextsOf("team", Names[from]),
                    where + " in the team");
            }

            Assert.AreEqual("", boards[from].Chats.NotShown(), Names[from] + ": these lack shown ticks");
        }
    }

    private static void Do(Dice random, VirtualBroker broker, CoreBoard[] boards, int step)
    {
        CoreBoard board = boards[random.Next(boards.Length)];
        CoreBoard other = boards[random.Next(boards.Length)];
        string text = "m" + step.ToString();
        switch (random.Next(15))
        {
            case 0:
            case 1:
            case 2:
                if (board.IsOn && other != board) board.Types(text, other.Me.DeviceId);
                break;
            case 3:
            case 4:
                if (board.IsOn) board.TypesToGroup(text, "team");
                break;
            case 5: board.LosePubacks = random.Next(3); break;
            case 6: board.LosePublishes = random.Next(3); break;
            case 7: board.LoseDeliveries = random.Next(3); break;
            case 8: board.AtBroker.DeliversTwice = random.Next(2) == 0; break;
            case 9: board.Offline(); break;
            case 10: board.Online(); break;
            case 11: board.Flash.CutAfter(random.Next(4), random.Next(60)); break;
            case 12: board.PowerOff(); break;
            case 13: board.Opens(random.Next(2) == 0 ? other.Me.DeviceId : "team"); break;
            default: broker.Pass(random.Next(20000)); break;
        }

        if (random.Next(3) == 0 && !board.IsOn) board.PowerOn();
    }

    private static void Heal(VirtualBroker broker, CoreBoard[] boards)
    {
        for (int i = 0; i < boards.Length; i++)
        {
            boards[i].LoseDeliveries = 0;
            boards[i].LosePublishes = 0;
            boards[i].LosePubacks = 0;
            boards[i].Flash.CutAt = 0;
            boards[i].Online();
        }

        broker.Pass(3 * 3600000);
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < boards.Length; i++)
            {
                for (int k = 0; k < Names.Length; k++) boards[i].Opens(Names[k]);
                boards[i].Opens("team");
            }

            broker.Pass(12 * 3600000);
            // a receipt that was lost behind its PUBACK is said again when its author boots
            for (int i = 0; i < boards.Length; i++)
            {
                boards[i].Reboot();
                broker.Pass(5000);
            }
        }
    }
}

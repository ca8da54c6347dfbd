using CsCheck;
using EdgeChat.TestKit;
using EdgeChat.Tests.Codec;

namespace EdgeChat.Tests.Delivery;

/// <summary>Boards on a network that loses, doubles and mixes, with power cuts at any write: no message is lost or shown twice, and no tick
/// lies.</summary>
/// <remarks>After everything that a board does, all it shows is held against what is so (<see cref="Truth"/>). Seed and steps of a failure
/// are printed.</remarks>
[TestClass]
public class DeliveryPropertyTests
{
    private const int Hour = 3_600_000;

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Do.Write)), (3, Gen.Const(Do.WriteToGroup)), (3, Gen.Const(Do.Open)), (4, Gen.Const(Do.Wait)),
                (2, Gen.Const(Do.WaitLong)),
            (2, Gen.Const(Do.Disconnect)), (2, Gen.Const(Do.NetworkDown)), (3, Gen.Const(Do.NetworkUp)), (1, Gen.Const(Do.ForgetSession)),
            (2, Gen.Const(Do.CutAtWrite)), (1, Gen.Const(Do.PowerOff)), (5, Gen.Const(Do.PowerOn)), (1, Gen.Const(Do.SetClock))),
        Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 9999],
        (what, who, other, number) => new Step(what, who, other, number));

    private static readonly Gen<Case> Cases =
        Gen.Select(Gen.Int, Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 40], Steps.Array[10, 60],
        (seed, lost, unconfirmed, twice, slow, steps) => new Case(seed, lost, unconfirmed, twice, slow, steps));

    private enum Do
    {
        Write,
        WriteToGroup,
        Open,
        Wait,
        WaitLong,
        Disconnect,
        NetworkDown,
        NetworkUp,
        ForgetSession,
        CutAtWrite,
        PowerOff,
        PowerOn,
        SetClock,
    }

    private sealed record Step(Do What, int Who, int Other, int Number);

    private sealed record Case(int Seed, int Lost, int Unconfirmed, int Twice, int Slow, Step[] Steps)
    {
        public int LongestRecord { get; init; }

        public override string ToString() =>
            $"network {Seed}, {Lost}% lost, {Unconfirmed}% unconfirmed, {Twice}% twice, {Slow}% slow: "
                + string.Join("; ", Steps.Select((s, i) => $"{i} {s.What} {s.Who} {s.Other} {s.Number}"));
    }

    [TestMethod]
    public void Two_boards_lose_nothing_show_nothing_twice_and_never_claim_too_much() =>
        Samples.Each(Cases, 200, 11, c => Play(c, "alice", "bob"));

    [TestMethod]
    public void Three_boards_and_their_group_lose_nothing_show_nothing_twice_and_never_claim_too_much() =>
        Samples.Each(Cases, 100, 12, c => Play(c, "alice", "bob", "carol"));

    [TestMethod]
    public void Nor_do_they_where_what_comes_together_is_too_long_for_a_board() =>
        Samples.Each(Cases, 60, 13, c => Play(c with { LongestRecord = 4390 }, "alice", "bob", "carol"));

    private static void Play(Case one, params string[] ids)
    {
        var broker = new VirtualBroker(one.Seed) { LongestRecord = one.LongestRecord };
        broker.Faults.MixesTopics = true;
        CoreBoard[] boards = [.. ids.Select(broker.Board)];
        var truth = new Truth(broker, boards);
        foreach (CoreBoard board in boards)
        {
            board.Dice = broker.Dice;
            board.Online();
        }

        broker.Pass(10_000);
        MakeGroup(boards);
        broker.Pass(10_000);
        (broker.Faults.Lost, broker.Faults.Unconfirmed, broker.Faults.Twice, broker.Faults.Slow) =
            (one.Lost, one.Unconfirmed, one.Twice, one.Slow);
        for (int i = 0; i < one.Steps.Length; i++)
        {
            // where records are too long, so are texts
            Run(boards, truth, one.Steps[i], i + new string('.', one.LongestRecord > 0 ? one.Steps[i].Number % 1000 : 0));
            broker.Settle();
            foreach (CoreBoard each in boards) truth.Check(each);
        }

        Heal(broker, boards, truth);
        truth.CheckEnd();
    }

    private static void MakeGroup(CoreBoard[] boards)
    {
        CoreBoard admin = boards[0];
        admin.Try(m =>
        {
            int group = m.CreateGroup("team", "The Team", admin.NowMs);
            foreach (CoreBoard member in boards.Skip(1)) m.AddMember(group, member.Id, admin.NowMs);
        });
    }

    private static void Run(CoreBoard[] boards, Truth truth, Step step, string number)
    {
        CoreBoard board = boards[step.Who % boards.Length];
        CoreBoard other = boards[(step.Who + 1 + step.Other % (boards.Length - 1)) % boards.Length];
        switch (step.What)
        {
            case Do.Write:
                if (board.IsOn) truth.Write(board, other.Id, false, "m" + number);
                break;
            case Do.WriteToGroup:
                if (board.IsOn) truth.Write(board, "team", true, "g" + number);
                break;
            case Do.Open: truth.Open(board, step.Number % 3 == 0 ? "team" : other.Id, step.Number % 3 == 0); break;
            case Do.Wait: board.Broker.Pass(step.Number / 2); break;
            case Do.WaitLong: board.Broker.Pass(step.Number * 10); break;
            case Do.Disconnect: board.Disconnect(); break;
            case Do.NetworkDown: board.LeaveNetwork(null); break;
            case Do.NetworkUp: board.JoinNetwork(); break;
            case Do.ForgetSession: board.Broker.Forget(board); break;
            case Do.CutAtWrite: board.Flash.CutAfter(step.Number % 5, step.Number % 67); break;
            case Do.PowerOff: board.SwitchOff(); break;
            case Do.PowerOn: board.SwitchOn(); break;
            case Do.SetClock: board.SetClock((step.Number - 5000) * 17); break;
        }
    }

    // faults end; hours later all has come, is shown, and once more hours later everybody knows
    private static void Heal(VirtualBroker broker, CoreBoard[] boards, Truth truth)
    {
        broker.Faults.Heal();
        foreach (CoreBoard board in boards)
        {
            board.Flash.CutAt = 0;
            board.JoinNetwork();
            board.SwitchOn();
            board.SetClock(0);
        }

        broker.Pass(12 * Hour);
        // a receipt that its author's power cut took away says nothing more: the next one says it all
        foreach (CoreBoard board in boards)
        {
            foreach (CoreBoard other in boards.Where(o => o != board)) truth.Write(board, other.Id, false,
                $"last of {board.Id} to {other.Id}");
            truth.Write(board, "team", true, "last of " + board.Id);
        }

        broker.Pass(12 * Hour);
        foreach (CoreBoard board in boards)
        {
            foreach (CoreBoard other in boards.Where(o => o != board)) truth.Open(board, other.Id, false);
            truth.Open(board, "team", true);
        }

        broker.Pass(12 * Hour);
    }
}

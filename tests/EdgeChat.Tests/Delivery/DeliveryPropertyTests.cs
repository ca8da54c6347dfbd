using CsCheck;
using EdgeChat.Tests.Codec;

namespace EdgeChat.Tests.Delivery;

/// <summary>Engines on a network that loses, doubles and mixes, with power cuts at any write: no message is lost or shown twice, and no tick lies.</summary>
/// <remarks>After everything that a peer does, all it shows is held against what is so (<see cref="Truth"/>). Seed and steps of a failure are printed.</remarks>
[TestClass]
public class DeliveryPropertyTests
{
    private const int Hour = 3_600_000;

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Do.Write)), (3, Gen.Const(Do.WriteToGroup)), (3, Gen.Const(Do.Open)), (4, Gen.Const(Do.Wait)), (2, Gen.Const(Do.WaitLong)),
            (2, Gen.Const(Do.Disconnect)), (2, Gen.Const(Do.NetworkDown)), (3, Gen.Const(Do.NetworkUp)), (1, Gen.Const(Do.ForgetSession)),
            (2, Gen.Const(Do.CutAtWrite)), (1, Gen.Const(Do.PowerOff)), (5, Gen.Const(Do.PowerOn)), (1, Gen.Const(Do.SetClock))),
        Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 9999],
        (what, who, other, number) => new Step(what, who, other, number));

    private static readonly Gen<Case> Cases = Gen.Select(Gen.Int, Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 40], Steps.Array[10, 60],
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
        public override string ToString() =>
            $"network {Seed}, {Lost}% lost, {Unconfirmed}% unconfirmed, {Twice}% twice, {Slow}% slow: " + string.Join("; ", Steps.Select((s, i) => $"{i} {s.What} {s.Who} {s.Other} {s.Number}"));
    }

    [TestMethod]
    public void Two_peers_lose_nothing_show_nothing_twice_and_never_claim_too_much() => Samples.Each(Cases, 200, 11, c => Play(c, "alice", "bob"));

    [TestMethod]
    public void Three_peers_and_their_group_lose_nothing_show_nothing_twice_and_never_claim_too_much() => Samples.Each(Cases, 100, 12, c => Play(c, "alice", "bob", "carol"));

    private static void Play(Case one, params string[] ids)
    {
        var network = new FaultyNetwork(one.Seed);
        var truth = new Truth(network);
        foreach (string id in ids) network.Peers.Add(new FaultyPeer(network, id));
        foreach (FaultyPeer peer in network.Peers) peer.PowerOn();
        network.Pass(10_000);
        MakeGroup(network);
        (network.Lost, network.Unconfirmed, network.Twice, network.Slow) = (one.Lost, one.Unconfirmed, one.Twice, one.Slow);
        for (int i = 0; i < one.Steps.Length; i++) Run(network, truth, one.Steps[i], i);
        Heal(network, truth);
        truth.CheckEnd();
    }

    private static void MakeGroup(FaultyNetwork network)
    {
        FaultyPeer admin = network.Peers[0];
        admin.Try(e =>
        {
            int group = e.Messenger.CreateGroup("team", "The Team", admin.NowMs);
            foreach (FaultyPeer member in network.Peers.Skip(1)) e.Messenger.AddMember(group, member.Id, admin.NowMs);
        });
        network.Pass(10_000);
    }

    private static void Run(FaultyNetwork network, Truth truth, Step step, int number)
    {
        FaultyPeer peer = network.Peers[step.Who % network.Peers.Count];
        FaultyPeer other = network.Peers[(step.Who + 1 + step.Other % (network.Peers.Count - 1)) % network.Peers.Count];
        switch (step.What)
        {
            case Do.Write:
                if (peer.Engine != null) truth.Write(peer, other.Id, false, "m" + number);
                break;
            case Do.WriteToGroup:
                if (peer.Engine != null) truth.Write(peer, "team", true, "g" + number);
                break;
            case Do.Open: truth.Open(peer, step.Number % 3 == 0 ? "team" : other.Id, step.Number % 3 == 0); break;
            case Do.Wait: network.Pass(step.Number / 2); break;
            case Do.WaitLong: network.Pass(step.Number * 10); break;
            case Do.Disconnect: peer.Disconnect(); break;
            case Do.NetworkDown: peer.SetNetwork(false); break;
            case Do.NetworkUp: peer.SetNetwork(true); break;
            case Do.ForgetSession: network.ForgetSession(peer); break;
            case Do.CutAtWrite: peer.Flash.CutAfter(step.Number % 5, step.Number % 67); break;
            case Do.PowerOff: peer.PowerOff(); break;
            case Do.PowerOn: peer.PowerOn(); break;
            case Do.SetClock: peer.SetClock((step.Number - 5000) * 17); break;
        }

        network.Settle();
        foreach (FaultyPeer each in network.Peers) truth.Check(each);
    }

    // faults end; hours later all has come, is shown, and once more hours later everybody knows
    private static void Heal(FaultyNetwork network, Truth truth)
    {
        (network.Lost, network.Unconfirmed, network.Twice, network.Slow) = (0, 0, 0, 0);
        foreach (FaultyPeer peer in network.Peers)
        {
            peer.Flash.PowerOn();
            peer.SetNetwork(true);
            peer.PowerOn();
            peer.SetClock(0);
        }

        network.Pass(12 * Hour);
        // a receipt that its author's power cut took away says nothing more: the next one says it all
        foreach (FaultyPeer peer in network.Peers)
        {
            foreach (FaultyPeer other in network.Peers.Where(o => o != peer)) truth.Write(peer, other.Id, false, $"last of {peer.Id} to {other.Id}");
            truth.Write(peer, "team", true, "last of " + peer.Id);
        }

        network.Pass(12 * Hour);
        foreach (FaultyPeer peer in network.Peers)
        {
            foreach (FaultyPeer other in network.Peers.Where(o => o != peer)) truth.Open(peer, other.Id, false);
            truth.Open(peer, "team", true);
        }

        network.Pass(12 * Hour);
    }
}

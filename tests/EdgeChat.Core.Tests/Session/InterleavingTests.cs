using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Every order in which what can happen to a connection can happen, late events of old connections included.</summary>
/// <remarks>What must hold is checked by <see cref="SessionUnderTest"/> with each action and callback. A sequence covers its beginnings
/// too.</remarks>
[TestClass]
public class InterleavingTests
{
    private const int Connected = 0;
    private const int Suback = 1;
    private const int Published = 2;
    private const int Closed = 3;
    private const int Network = 4;
    private const int Stop = 5;
    private const int Kinds = 6;
    private const int Length = 6;

    [TestMethod]
    [DataRow(Connected)]
    [DataRow(Suback)]
    [DataRow(Published)]
    [DataRow(Closed)]
    [DataRow(Network)]
    [DataRow(Stop)]
    public void No_order_of_six_events_breaks_a_rule(int first)
    {
        int others = 1;
        for (int i = 1; i < Length; i++) others *= Kinds;
        for (int number = 0; number < others; number++)
        {
            Run(first, number, false, 1);
            if (number % Kinds == 0) Run(first, number / Kinds, true, 2);
        }
    }

    // the host drains after each event, as it must, or is late and drains after every second
    private static void Run(int first, int number, bool isSessionPresent, int drainEvery)
    {
        var board = new SessionUnderTest();
        board.Dice = 0;
        board.Up();
        bool hasNetwork = true;
        Drain(board);
        board.Wants("a", "1");
        board.Wants("b", "2");
        int left = number;
        int kind = first;
        for (int i = 1; i <= Length; i++)
        {
            switch (kind)
            {
                case Connected: board.Connected(isSessionPresent); break;
                case Suback: board.Suback(1, 1); break;
                case Published: board.Published(i % 2 == 0); break;
                case Closed: board.Closed(); break;
                case Stop: board.Stop(0); break;
                default:
                    if (hasNetwork) board.Down(null);
                    else board.Up();
                    hasNetwork = !hasNetwork;
                    break;
            }

            if (i % drainEvery == 0) Drain(board);
            if (board.Session.NextTryMs <= board.Now) board.At(board.Now);
            if (i % drainEvery == 0) Drain(board);
            kind = left % Kinds;
            left /= Kinds;
        }

        board.Stop(0);
        board.After(Limits.StopTimeoutMs);
        string last = Drain(board);
        if (board.Session.State != SessionState.Stopped || (last.Length > 0 && !last.EndsWith("disconnect; ")))
            Assert.IsTrue(false, "first " + first.ToString() + " sequence " + number.ToString() + ": no end but " + last);
    }

    private static string Drain(SessionUnderTest board)
    {
        string actions = "";
        for (string next = board.Next(); next.Length > 0; next = board.Next())
        {
            actions += next + "; ";
            if (actions.Length > 2000) Assert.IsTrue(false, "no end of actions");
        }

        return actions;
    }
}

using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes configurations from the operator, and publishes what became of them.</summary>
internal static class Orders
{
    /// <summary>A configuration came; from anybody but the operator it is dropped and counted.</summary>
    public static void Take(Ledger ledger, string from, bool isRetained)
    {
        if (from != ledger.Me.Operator || isRetained)
        {
            ledger.Counters.BadTopic++;
            return;
        }

        ledger.Order = new Order { Number = ledger.Body.From, Text = ledger.Body.Content };
    }

    /// <summary>Fills in what became of a configuration, when that is to be told.</summary>
    public static bool Next(Ledger ledger, LinkAction into, FlightTable flights)
    {
        Order outcome = ledger.Outcome;
        if (outcome == null || outcome.IsTold || flights.Has(FlightTable.Outcome, 0)) return false;
        Body body = ledger.Body;
        body.Clear();
        body.Type = BodyTypes.Outcome;
        body.Incarnation = ledger.Me.Incarnation;
        body.From = outcome.Number;
        body.Content = outcome.Text;
        flights.Writer.Write(body);
        flights.Put(into, Topics.Inbox(ledger.Me.Operator, ledger.Me.DeviceId), false, FlightTable.Outcome, 0, outcome.Number, 0);
        return true;
    }

    /// <summary>The publish has ended.</summary>
    public static void OnPublished(Ledger ledger, int number, bool isConfirmed)
    {
        if (isConfirmed && ledger.Outcome != null && ledger.Outcome.Number == number) ledger.Outcome.IsTold = true;
    }
}

using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes configurations from the operator, and publishes what became of them.</summary>
internal static class Orders
{
    /// <summary>A configuration came, and is in the ledger's body; from anybody but the operator it is dropped and counted. Gives why it
    /// is refused: where there is a key, an open one counts for nothing.</summary>
    public static BodyError Take(Ledger ledger, string from, bool isRetained, bool isSealed)
    {
        if (from != ledger.Me.Operator || isRetained)
        {
            ledger.Counters.BadTopic++;
            return BodyError.None;
        }

        if (!isSealed && ledger.OrderKey() != null) return BodyError.NotSealed;
        ledger.Order = new Order { Number = ledger.Body.From, Text = ledger.Body.Content };
        return BodyError.None;
    }

    /// <summary>The body of a sealed configuration; null, and why, when it is refused.</summary>
    public static byte[] Disclose(Ledger ledger, string topic, byte[] bytes, out BodyError error)
    {
        byte[] key = ledger.OrderKey();
        byte[] body = key == null ? null : Envelope.DiscloseOrder(topic, bytes, key);
        error = body != null ? BodyError.None : key == null ? BodyError.NoKey : BodyError.WrongSeal;
        return body;
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

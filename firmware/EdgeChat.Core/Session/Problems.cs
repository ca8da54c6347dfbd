namespace EdgeChat.Core;

/// <summary>Why a session is not online or not whole, in words for a person, each with its cure.</summary>
internal static class Problems
{
    public const string NoNetwork = "no network";
    public const string NoConnection = "the broker cannot be reached: check its address and that it runs";
    public const string Closed = "the connection to the broker broke";
    public const string NoConnect = "the broker does not answer: check its address and that it runs";
    public const string NoSuback = "the broker did not confirm the subscriptions: look at its log";
    public const string NoAnswer = "the connection to the broker has stopped working";
    public const string OldCounter = "the broker knows a later start of this board: counting on from there";

    private const string Allow = ": allow it in the broker's access list";

    /// <summary>Words for a CONNACK return code (OASIS MQTT 3.1.1, section 3.2.2.3).</summary>
    public static string Refused(int code, string id)
    {
        switch (code)
        {
            case 1: return "refused (1): the broker does not speak MQTT 3.1.1; use another broker";
            case 2: return "refused (2): the broker does not accept the id " + id + "; provision another id";
            case 3: return "refused (3): the broker is not ready; wait or look at its log";
            case 4: return "refused (4): wrong user name or password of " + id + "; provision the board again";
            case 5: return "refused (5): " + id + " may not connect; check its password and the broker's users";
            default: return "refused (" + code.ToString() + "): look at the broker's log";
        }
    }

    /// <summary>A CONNACK return code for credentials that the broker has taken since this board started.</summary>
    public static string NotYet(int code)
    {
        return "refused (" + code.ToString() + ") what was accepted before: the broker may be starting; trying again";
    }

    /// <summary>The filters for which SUBACK said 128 (section 3.9.3).</summary>
    /// <param name="filters">All that were refused, the most important one first.</param>
    /// <param name="id">Whom.</param>
    /// <param name="isAll">Whether nothing else was granted.</param>
    public static string RefusedFilters(string[] filters, string id, bool isAll)
    {
        string more = filters.Length == 1 ? "" : " and " + (filters.Length - 1).ToString() + " more";
        return "the broker does not let " + id + " read " + filters[0] + more + Allow + (isAll ? " (NATS: $MQTT.sub.> too)" : "");
    }

    /// <summary>What the board published to its own presence was confirmed and did not come back.</summary>
    public static string Unheard(string topic, string id)
    {
        return "the broker does not give back what " + id + " writes to " + topic +
            ": allow it to write and to read there in the broker's access list";
    }

    /// <summary>The broker ends the connection each time that the birth is published.</summary>
    public static string RefusedBirth(string topic, string id)
    {
        return "the broker ends the connection when " + id + " writes to " + topic + Allow;
    }

    /// <summary>The broker ends the connection each time that something is subscribed to.</summary>
    public static string ClosedOnSubscribe(string id)
    {
        return "the broker ends the connection when " + id + " subscribes: looking for the topic that it may not read";
    }

    /// <summary>The broker ends the connection each time that a message is published.</summary>
    public static string ClosedOnPublish(string id)
    {
        return "the broker ends the connection when " + id + " publishes: check what it may write in the broker's access list";
    }

    /// <summary>The connection ends again and again soon after it was made, under TLS 1.2, where a record of more than 4,390 bytes ends
    /// it.</summary>
    public const string LargeRecord = "each connection ends soon: the broker sends more than 4 KB at once, for which it needs TLS 1.3, or "
        + "another device uses the same id; asking for less at once now";

    /// <summary>The connection ends on what has waited at the broker, under TLS 1.2.</summary>
    public const string LargeQueue = "what waits at the broker comes as more than 4 KB at once, for which it needs TLS 1.3: dropped there, "
        + "and sent again by who wrote it";

    /// <summary>What a filter that is left out may have beside a right that is missing, under TLS 1.2; follows those words.</summary>
    public const string OrLargeRecord = ", or give it TLS 1.3: what it keeps there may be more than 4 KB";

    /// <summary>The connection ends again and again soon after it was made.</summary>
    public static string Kicked(string id)
    {
        return "the broker ends each connection soon: is another device using the id " + id + "?";
    }

    /// <summary>A later start of this id announced itself while this board was there.</summary>
    public static string Twin(string id)
    {
        return "pushed off: another device uses the id " + id + "; end one of the two, or provision another id";
    }
}

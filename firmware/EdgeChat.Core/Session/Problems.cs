namespace EdgeChat.Core;

/// <summary>Why a session is not online or not whole, in words for a person, each with its cure.</summary>
internal static class Problems
{
    public const string NoNetwork = "no network";
    public const string NoConnection = "the broker cannot be reached: check its address and that it runs";
    public const string Closed = "the connection to the broker broke";
    public const string NoConnect = "the broker does not answer: check its address and that it runs";
    public const string NoSuback = "the broker did not confirm the subscriptions: look at its log";
    public const string NoPuback = "the connection to the broker has stopped working";
    public const string OldCounter = "the broker knows a later start of this board: counting on from there";

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

    /// <summary>A filter for which SUBACK said 128 (section 3.9.3).</summary>
    public static string RefusedFilter(string filter, string id)
    {
        return "the broker does not let " + id + " read " + filter + ": allow it in the broker's access list";
    }

    /// <summary>The connection ends again and again soon after it was made.</summary>
    public static string Kicked(string id)
    {
        return "the broker ends each connection soon: is another device using the id " + id + "?";
    }
}

using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What a messenger counted since boot, for <c>status</c> and for whoever looks for the cause of a loss.</summary>
public sealed class Counters
{
    private int[] _refused; // made with the first refusal

    /// <summary>Messages taken in.</summary>
    public int Received;

    /// <summary>Messages confirmed by the broker.</summary>
    public int Sent;

    /// <summary>Messages that came again and were dropped.</summary>
    public int Duplicates;

    /// <summary>Messages sent again.</summary>
    public int Resent;

    /// <summary>Messages that are lost for good.</summary>
    public int Lost;

    /// <summary>Messages dropped because a table was full.</summary>
    public int NoRoom;

    /// <summary>Messages from a topic that is not this board's.</summary>
    public int BadTopic;

    /// <summary>Records of the flash that were found damaged.</summary>
    public int DamagedRecords;

    /// <summary>Counts a refused body.</summary>
    public void Refuse(BodyError error)
    {
        if (_refused == null) _refused = new int[BodyErrors.Count];
        _refused[(int)error]++;
    }

    /// <summary>How many bodies were refused for a reason.</summary>
    public int RefusedFor(BodyError error) { return _refused == null ? 0 : _refused[(int)error]; }

    /// <summary>How many bodies were refused.</summary>
    public int Refused
    {
        get
        {
            int sum = 0;
            for (int i = 1; _refused != null && i < _refused.Length; i++) sum += _refused[i];
            return sum;
        }
    }
}

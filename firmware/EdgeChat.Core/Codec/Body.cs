namespace EdgeChat.Core;

/// <summary>The fields of one message, presence or profile; one object serves for all that are read or written one after another.</summary>
/// <remarks>Which fields belong to which type stands in docs/protocol.md. Absent texts are null; other absent fields have the value
/// given.</remarks>
public sealed class Body
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxBytes = 1536;

    /// <summary>The longest content, in bytes of UTF-8.</summary>
    public const int MaxContentBytes = 1024;

    /// <summary>The last life of a device id (docs/protocol.md, section 1); the first is 1.</summary>
    public const int MaxIncarnation = 65535;

    /// <summary>The most holes that a receipt lists. Whoever has more lowers <see cref="Have"/> to below the first that does not
    /// fit.</summary>
    public const int MaxHoles = 32;

    /// <summary><c>y</c>: one of <see cref="BodyTypes"/> or a type of a later version; never null.</summary>
    public string Type;

    /// <summary><c>n</c>: sequence number, 0 when absent.</summary>
    public int N;

    /// <summary><c>e</c>: incarnation, 1 when absent.</summary>
    public int Incarnation;

    /// <summary><c>t</c>: Unix seconds, 0 when absent.</summary>
    public long Time;

    /// <summary><c>c</c> of a message: its content.</summary>
    public string Content;

    /// <summary><c>sender</c>: who the body claims to come from; read, never written.</summary>
    public string Sender;

    /// <summary><c>re</c>: id of the message that this one answers.</summary>
    public string ReplyTo;

    /// <summary><c>g</c>: the group that a receipt, request, notice, invitation or message sent again is about.</summary>
    public string Group;

    /// <summary><c>d</c> of a receipt: all up to here is in flash; -1 when absent.</summary>
    public int Have;

    /// <summary><c>s</c> of a receipt: all up to here was shown; -1 when absent.</summary>
    public int Shown;

    /// <summary><c>a</c>: first of a range, 0 when absent.</summary>
    public int From;

    /// <summary><c>z</c>: last of a range, 0 when absent.</summary>
    public int To;

    /// <summary><c>h</c>: numbers up to <see cref="Have"/> that are missing; only the first <see cref="HoleCount"/> count. Null before
    /// there was one.</summary>
    public int[] Holes { get; private set; }

    /// <summary>How many of <see cref="Holes"/> are in use.</summary>
    public int HoleCount { get; private set; }

    /// <summary><c>f</c> of a receipt: the first number that its sender has of the stream, 1 when absent.</summary>
    public int First;

    /// <summary><c>i</c> of a receipt, request or notice: incarnation of the stream that it is about, 1 when absent.</summary>
    public int StreamIncarnation;

    /// <summary><c>x</c>, 0 when absent: 1 in a lost notice when the sender withdrew these messages, and in a message when it was
    /// forwarded.</summary>
    public int Flag;

    /// <summary><c>v</c>: a measured value, kept as the text that came.</summary>
    public string Value;

    /// <summary><c>u</c>: the unit of <see cref="Value"/>.</summary>
    public string Unit;

    /// <summary><c>la</c>: latitude in degrees, kept as the text that came.</summary>
    public string Latitude;

    /// <summary><c>lo</c>: longitude in degrees, kept as the text that came.</summary>
    public string Longitude;

    /// <summary><c>s</c> of a presence: <c>on</c>, <c>off</c>, <c>sleep</c>, <c>lost</c>.</summary>
    public string State;

    /// <summary><c>b</c> of a presence: boot counter, -1 when absent.</summary>
    public int Boot;

    /// <summary><c>c</c> of a presence: number of the connection within the boot, -1 when absent.</summary>
    public int Connection;

    /// <summary><c>w</c> of a presence: seconds until a sleeping board wakes, 0 when absent.</summary>
    public int WakeAfter;

    /// <summary><c>nm</c> of a profile: the name that people see.</summary>
    public string Name;

    /// <summary><c>cap</c> of a profile: the letters of the types that the device understands.</summary>
    public string Capabilities;

    // the reader's place and its room for texts with escapes live here, so that reading allocates nothing but the strings
    internal readonly JsonReader Json = new JsonReader();

    /// <summary>Makes an empty body.</summary>
    public Body()
    {
        Clear();
    }

    /// <summary>Adds a number to <see cref="Holes"/>; false when there are as many as there may be.</summary>
    public bool AddHole(int n)
    {
        if (HoleCount == MaxHoles) return false;
        if (Holes == null) Holes = new int[MaxHoles];
        Holes[HoleCount++] = n;
        return true;
    }

    /// <summary>Forgets <see cref="Holes"/>.</summary>
    public void ClearHoles() { HoleCount = 0; }

    /// <summary>Sets every field to absent.</summary>
    public void Clear()
    {
        Type = BodyTypes.Text;
        N = 0;
        Incarnation = 1;
        Time = 0;
        Content = null;
        Sender = null;
        ReplyTo = null;
        Group = null;
        Have = -1;
        Shown = -1;
        From = 0;
        To = 0;
        HoleCount = 0;
        First = 1;
        StreamIncarnation = 1;
        Flag = 0;
        Value = null;
        Unit = null;
        Latitude = null;
        Longitude = null;
        State = null;
        Boot = -1;
        Connection = -1;
        WakeAfter = 0;
        Name = null;
        Capabilities = null;
    }
}

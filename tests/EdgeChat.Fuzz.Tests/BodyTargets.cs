using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What a broker brings in the clear: bodies and topics.</summary>
internal static class BodyTargets
{
    private const int Share = 90; // instructions a byte: the budget of a body that is accepted
    private const string Topic = "ec1/i/alice/bob";

    /// <summary>Members of bodies.</summary>
    public static readonly byte[][] Keys = Words("\"y\":\"m\"", "\"y\":\"r\"", "\"y\":\"q\"", "\"y\":\"l\"", "\"y\":\"e\"",
        "\"y\":\"k\"", "\"y\":\"c\"", "\"n\":1", "\"e\":2", "\"sender\":\"bob\"", "\"content\":\"hi\"",
        "\"timestamp\":\"2026-11-28T07:00:00Z\"", "\"re\":\"bob/1/2\"", "\"g\":\"team\"", "\"h\":7", "\"s\":5", "\"f\":1", "\"t\":9",
        "\"x\":[1,2,3]", "\"v\":3", "\"by\":\"bob\"", "\"nm\":\"Team\"", "\"m\":[\"alice\",\"bob\"]", "\"a\":[\"bob\"]",
        "\"s\":\"on\"", "\"b\":4", "\"c\":1", "\"w\":60", "\"cap\":\"s\"", "null", "true", "-0", "1e9", "\\ud83d\\ude00", "\\u0000",
        "é", "😀");

    private static readonly Body First = new();
    private static readonly Body Second = new();
    private static readonly Roster FirstRoster = new();
    private static readonly Roster SecondRoster = new();
    private static readonly TopicName Name = new();

    public static IEnumerable<FuzzTarget> All() =>
    [
        new("message", b => Round(b, (w, c, body) => BodyReader.Read(w, c, body), (w, body) => w.Write(body)),
        [
            .. Words("{\"sender\":\"bob\",\"content\":\"hello\",\"timestamp\":\"2026-11-28T07:00:00Z\"}",
                "{\"n\":7,\"e\":2,\"sender\":\"bob\",\"content\":\"at 18:45\",\"timestamp\":\"2026-11-28T07:00:00Z\",\"re\":\"al/1/3\"}"),
            .. Written(),
        ], Keys, Share),
        new("presence", b => Round(b, BodyReader.ReadPresence, (w, body) => w.WritePresence(body)),
            Words("{\"s\":\"on\",\"b\":3,\"c\":2,\"w\":60,\"e\":4,\"t\":1795847587}", "{\"s\":\"lost\",\"b\":1}"), Keys, Share),
        new("profile", b => Round(b, BodyReader.ReadProfile, (w, body) => w.WriteProfile(body)),
            Words("{\"nm\":\"Bob\",\"e\":2,\"cap\":\"s\"}"), Keys, Share),
        new("roster", Roster, Words("{\"v\":3,\"by\":\"bob\",\"nm\":\"Team\",\"m\":[\"alice\",\"bob\",\"carol\"],\"a\":[\"bob\"]}"),
            Keys, 300),
        new("topic", b => Topics.TryParse(Encoding.UTF8.GetString(b), Name),
            Words(Topic, "ec1/g/team/bob", "ec1/p/bob", "ec1/d/bob", "ec1/r/team"), Words("ec1/", "/", "bob", "#", "+"), Share),
        new("group-key", GroupKey,
        [
            Encoding.UTF8.GetBytes(GroupKeyText.Write(new byte[KeyTree.TypedBytes], Team())),
            .. Words(GroupKeyText.WriteRemoval("alice"), "\nalice\n*alice\nbob\n\nTeam"),
        ], Words("\n", "\n\n", "*", "\n*", "-", "alice", "bob", "aaaa-aaaa", "\nTeam", "é", "😀"), 300),
    ];

    public static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    // one body of each type, as a board writes it
    private static IEnumerable<byte[]> Written()
    {
        foreach (string type in new[] { BodyTypes.Receipt, BodyTypes.Resend, BodyTypes.Lost, BodyTypes.Ask, BodyTypes.Configure,
            BodyTypes.Outcome })
        {
            var body = new Body
            {
                Type = type,
                N = 3,
                Incarnation = 2,
                Time = 1795847587,
                Content = "text",
                Sender = "bob",
                Have = 7,
                Shown = 5,
                From = 1,
                To = 4,
                First = 1,
                StreamIncarnation = 2,
                Flag = 1,
                Value = "21.5",
                Unit = "C",
            };
            var writer = new BodyWriter(new byte[Body.MaxBytes]);
            if (writer.Write(body) == BodyError.None) yield return writer.ToArray();
        }
    }

    // what was taken can be written, and what was written is taken for the same
    private static void Round(byte[] bytes, Func<byte[], int, Body, BodyError> read, Func<BodyWriter, Body, BodyError> write)
    {
        if (read(bytes, bytes.Length, First) != BodyError.None) return;
        using var _ = new Unmetered();
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        if (write(writer, First) != BodyError.None) return; // more than a board writes itself
        byte[] once = writer.ToArray();
        BodyError error = read(once, once.Length, Second);
        if (error != BodyError.None) throw new InvalidDataException($"{error}: {Encoding.UTF8.GetString(once)}");
        var again = new BodyWriter(new byte[Body.MaxBytes]);
        write(again, Second);
        if (!again.ToArray().AsSpan().SequenceEqual(once))
            throw new InvalidDataException("becomes another: " + Encoding.UTF8.GetString(once));
    }

    private static void Roster(byte[] bytes)
    {
        if (RosterReader.Read(bytes, bytes.Length, First, FirstRoster) != BodyError.None) return;
        using var _ = new Unmetered();
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        if (writer.WriteRoster(FirstRoster) != BodyError.None) return;
        byte[] once = writer.ToArray();
        if (RosterReader.Read(once, once.Length, Second, SecondRoster) != BodyError.None || SecondRoster.Count != FirstRoster.Count
            || SecondRoster.Admins != FirstRoster.Admins || SecondRoster.Version != FirstRoster.Version)
            throw new InvalidDataException("becomes another: " + Encoding.UTF8.GetString(once));
    }

    // as it comes, out of a body; what was taken is written and read for the same
    private static void GroupKey(byte[] bytes)
    {
        if (bytes.Length > Body.MaxContentBytes) return;
        string content = Encoding.UTF8.GetString(bytes);
        var roster = new Roster();
        if (!GroupKeyText.TryRead(content, roster, out byte[]? key)) return;
        using var _ = new Unmetered();
        string once = key == null ? GroupKeyText.WriteRemoval(roster.By) : GroupKeyText.Write(key, roster);
        var again = new Roster();
        if (!GroupKeyText.TryRead(once, again, out byte[]? same) || (key == null ? same != null : !key.SequenceEqual(same ?? []))
            || (again.By, again.Name, again.Count, again.Admins) != (roster.By, roster.Name, roster.Count, roster.Admins)
            || !again.Members.SequenceEqual(roster.Members))
            throw new InvalidDataException("becomes another: " + once);
    }

    private static Roster Team()
    {
        var team = new Roster { By = "alice", Name = "Team", Admins = 1, Count = 2 };
        team.Members[0] = "alice";
        team.Members[1] = "bob";
        return team;
    }
}

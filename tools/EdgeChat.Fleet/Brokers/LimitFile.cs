using System.Globalization;
using System.Text.RegularExpressions;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>A file of a broker's settings, whose limits follow a fleet that grows. A limit that has another value than was written for the
/// number of users in the first line is somebody's choice and stays; so does each when the fleet has become smaller, since what waits
/// already needs its place.</summary>
/// <remarks>A limit that cannot be written while the broker runs has <c># of N users</c> behind it until it can.</remarks>
internal sealed partial class LimitFile
{
    private readonly string _name;
    private readonly int _users;

    /// <summary>Takes a file's text.</summary>
    /// <param name="name">The file's name, to be told.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="users">For how many users it was written, when another file says it.</param>
    public LimitFile(string name, string text, int? users = null)
    {
        _name = name;
        Text = text;
        _users = users ?? Number(Head().Match(text).Groups["users"]);
    }

    /// <summary>For how many users it was written; 0 when it does not say.</summary>
    public int Users => _users;

    /// <summary>The text, as it is now.</summary>
    public string Text { get; private set; }

    /// <summary>Reads a file of a broker's folder, has its limits follow, and writes it when there is something to write.</summary>
    public static IReadOnlyList<LimitChange> Follow(
        BrokerFolder folder, string name, IReadOnlyList<BrokerLimit> limits, bool isRunning, int? users = null)
    {
        string path = folder.At(name), text = SmallFile.Text(path);
        var file = new LimitFile(name, text, users);
        IReadOnlyList<LimitChange> changes = file.Follow(limits, folder.Limits, isRunning);
        bool isSecret = !OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead);
        if (file.Text != text) new BrokerFile(name, file.Text, isSecret).WriteTo(folder.Path);
        return changes;
    }

    /// <summary>Gives the limits the values of a fleet; says of each that was changed, or would have to be.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="fleet">The fleet's size.</param>
    /// <param name="isRunning">Whether the broker runs.</param>
    public IReadOnlyList<LimitChange> Follow(IReadOnlyList<BrokerLimit> limits, BrokerLimits fleet, bool isRunning)
    {
        LimitChange[] changes = [.. limits.Select(l => Follow(l, fleet, isRunning)).OfType<LimitChange>()];
        if (fleet.Users > _users) Text = Head().Replace(Text, m => $"{m.Groups["start"].Value}{fleet.Users}", 1);
        return changes;
    }

    /// <summary>The value of a limit; null when it does not stand there.</summary>
    public string? ValueOf(BrokerLimit limit) =>
        Line(limit).Match(Text) is { Success: true } line ? line.Groups["value"].Value : null;

    private LimitChange? Follow(BrokerLimit limit, BrokerLimits fleet, bool isRunning)
    {
        Match line = Line(limit).Match(Text);
        int users = line.Groups["of"].Success ? Number(line.Groups["of"]) : _users;
        string wanted = limit.Value(fleet);
        string? was = line.Success ? line.Groups["value"].Value : null;
        if (fleet.Users <= users || was == wanted) return null;
        LimitChange Change(LimitState state) => new(_name, limit.Name, was, wanted, fleet.Users, state);
        if (was is null || users == 0 || was != limit.Value(new BrokerLimits(users))) return Change(LimitState.Kept);
        bool isLater = isRunning && limit.Time == LimitTime.StartAlone;
        string value = isLater ? $"{was} # of {users} users" : wanted;
        Text = Line(limit).Replace(Text, m => m.Groups["name"].Value + value + m.Groups["comma"].Value, 1);
        return Change(isRunning && limit.Time != LimitTime.Running ? LimitState.AtStart : LimitState.Set);
    }

    private static int Number(Group digits) =>
        int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static Regex Line(BrokerLimit limit) => new(
        $@"^(?<name>[ \t]*""?{Regex.Escape(limit.Name)}""?[ \t]*[:=]?[ \t]*)(?<value>[^\s,]+)(?<comma>,?)"
            + @"[ \t]*(?:\# of (?<of>\d+) users)?(?=\r?$)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\A(?<start># Written by `edgechat broker init` for (?:\d+ nodes and )?)(?<users>\d+)(?= users;)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}

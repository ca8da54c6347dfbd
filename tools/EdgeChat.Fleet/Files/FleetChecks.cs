using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>What must be so between the parts of a fleet.</summary>
internal static class FleetChecks
{
    public static void Check(FleetFile fleet, List<string> faults)
    {
        if (fleet.Boards.Count == 0) faults.Add("\"boards\" names no board");
        foreach (FleetBoard board in fleet.Boards)
        {
            if (!Topics.IsDeviceId(board.Id))
                faults.Add($"board \"{board.Id}\": an id has 1 to {Topics.MaxIdLength} characters of a-z, 0-9 and -");
            if (board.Id == fleet.Operator)
                faults.Add($"board \"{board.Id}\" has the id of the operator: give another to \"operator\"");
            foreach (string contact in board.Contacts) Known(fleet, $"board \"{board.Id}\": contact", contact, board.Id, faults);
            if (fleet.GroupsOf(board.Id).Count() is > Limits.Groups and var groups)
                faults.Add($"board \"{board.Id}\" is in {groups} groups, and a board has room for {Limits.Groups}");
        }

        foreach (var same in fleet.Boards.Where(b => b.Mac is not null).GroupBy(b => b.Mac).Where(g => g.Count() > 1))
            faults.Add($"MAC {same.Key} belongs to {string.Join(" and ", same.Select(b => b.Id))}: a board has one id");
        string[] ids = [.. fleet.Boards.Select(b => b.Id), .. fleet.Peers, fleet.Operator, .. fleet.Groups.Select(g => g.Id)];
        foreach (string id in ids)
            if (CheckUsers.IsReserved(id)) faults.Add($"\"{id}\" is an id of `edgechat broker check`: take another");
        foreach (FleetGroup group in fleet.Groups)
        {
            foreach (string member in group.Members) Known(fleet, $"group \"{group.Id}\": member", member, "", faults);
            if (!group.Seals) continue;
            foreach (string member in group.Members.Where(m => fleet.Board(m) is null))
                faults.Add($"group \"{group.Id}\" is to be sealed, and its member \"{member}\" is no board of this fleet: it gets no key");
        }
    }

    private static void Known(FleetFile fleet, string what, string id, string own, List<string> faults)
    {
        if (id == own) faults.Add($"{what} \"{id}\" is the board itself");
        else if (fleet.Board(id) is null && id != fleet.Operator && !fleet.Peers.Contains(id))
        {
            string hint = Nearest.Of(id, fleet.Boards.Select(b => b.Id)) is { } near ? $", did you mean \"{near}\"?" : "";
            faults.Add($"{what} \"{id}\" is no board of this fleet and not among \"peers\"{hint}");
        }
    }
}

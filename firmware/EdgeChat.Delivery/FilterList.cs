using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The topic filters of a board: its inbox, presence and profile of whom it follows, roster and messages of its groups, and its
/// own profile.</summary>
internal static class FilterList
{
    /// <summary>Puts the filters into an array, or only counts them when it is null; gives how many there are.</summary>
    public static int Put(Ledger ledger, string[] into)
    {
        if (into != null) into[0] = Topics.InboxFilter(ledger.Me.DeviceId);
        int count = ledger.Contacts.PutFilters(into, 1);
        for (int group = 0; group < ledger.Groups.Capacity; group++)
        {
            if (!ledger.Groups.IsUsed(group)) continue;
            bool isMember = ledger.Groups.IsMember(group);
            if (!isMember && ledger.Groups.Version(group) > 0 && ledger.Groups.Inviter(group) < 0) continue; // left, or removed
            string id = ledger.Ids.At(ledger.Conversations.Id(ledger.Groups.ConversationOf(group)));
            if (ledger.Groups.Maker(group) < 0)
            {
                if (into != null) into[count] = Topics.Roster(id);
                count++;
            }

            if (!isMember) continue;
            if (into != null) into[count] = Topics.GroupFilter(id);
            count++;
        }

        if (!ledger.Contacts.HasProfile) return count;
        if (into != null) into[count] = Topics.Profile(ledger.Me.DeviceId);
        return count + 1;
    }
}

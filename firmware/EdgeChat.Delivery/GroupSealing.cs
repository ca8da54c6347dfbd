using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Seals what a member writes about a sealed group, and opens what others do: in its topic, and in the inboxes of members with
/// whom there is no other key.</summary>
internal static class GroupSealing
{
    /// <summary>The body that was written last, sealed with the key of a group.</summary>
    public static byte[] Enclose(Ledger ledger, int group, string topic, BodyWriter writer)
    {
        // who has left has no key any more, and what it may still owe is said by nobody: an empty body means nothing
        if (!ledger.Groups.IsMember(group)) return new byte[0];
        int slot = ledger.Groups.SlotOf(group, ledger.MyNumber);
        int life = ledger.Seals.LifeOr(ledger.Me.Incarnation);
        return ledger.GroupSeals.Seal(GroupKeys.Of(ledger, group), slot, life, topic, writer.Buffer, writer.Length);
    }

    /// <summary>The body of what a member has written to a group's topic; null, and why, when it is refused.</summary>
    public static byte[] Disclose(Ledger ledger, int group, string topic, string from, byte[] bytes, out BodyError error)
    {
        bool mustBe = GroupKeys.IsSealed(ledger, group);
        if (!Envelope.IsSealed(bytes))
        {
            error = mustBe ? BodyError.NotSealed : BodyError.None;
            return mustBe ? null : bytes;
        }

        error = BodyError.WrongSeal;
        if (!Envelope.IsOfGroup(bytes) || Envelope.HeaderLength(bytes) == 0) return null;
        int known = mustBe ? ledger.Groups.Version(group) : 0;
        int epoch = Envelope.Epoch(bytes);
        if (epoch == known) return Open(ledger, group, topic, from, bytes, out error);
        error = epoch < known ? BodyError.Replayed : BodyError.NoKey;
        if (epoch > known) GroupKeys.Await(ledger, group);
        return null;
    }

    /// <summary>The body of what a member has written to this board's inbox with the key of a group of both; null, and why, when it is
    /// refused.</summary>
    public static byte[] DiscloseOfAny(Ledger ledger, string topic, string from, byte[] bytes, out BodyError error, out int group)
    {
        error = Envelope.HeaderLength(bytes) == 0 ? BodyError.WrongSeal : BodyError.NoKey;
        int peer = ledger.Ids.Find(from);
        for (group = 0; error != BodyError.WrongSeal && group < ledger.Groups.Capacity; group++)
        {
            if (!ledger.Groups.IsUsed(group) || !GroupKeys.IsSealed(ledger, group)) continue;
            if (Envelope.Epoch(bytes) != ledger.Groups.Version(group) || !ledger.Groups.IsMember(group)) continue;
            if (ledger.Groups.BitOf(group, peer) == 0) continue;
            byte[] body = Open(ledger, group, topic, from, bytes, out BodyError refusal);
            if (body != null)
            {
                error = BodyError.None;
                return body;
            }

            // another group may have an epoch of that number too
            if (refusal == BodyError.Replayed) error = refusal;
        }

        group = -1;
        return null;
    }

    private static byte[] Open(Ledger ledger, int group, string topic, string from, byte[] bytes, out BodyError error)
    {
        int slot = ledger.Groups.SlotOf(group, ledger.Ids.Find(from));
        byte[] body = ledger.GroupSeals.Open(GroupKeys.Of(ledger, group), slot, topic, bytes, out error);
        if (body != null) Seals.SaveLater(ledger);
        return body;
    }
}

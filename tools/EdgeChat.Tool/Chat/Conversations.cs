using EdgeChat.Delivery;

namespace EdgeChat.Tool.Chat;

/// <summary>Which conversation somebody means by an id.</summary>
public static class Conversations
{
    /// <summary>The conversation with the device, or that of the group when this peer is in a group of that id; -1 when it cannot be
    /// opened, and <see cref="Messenger.LastError"/> says why.</summary>
    /// <remarks>As on a board's console <c>@id</c> is the device and <c>#id</c> the group, when both exist.</remarks>
    public static int Of(Messenger messenger, string id)
    {
        if (id.StartsWith('@')) return messenger.OpenDirect(id[1..]);
        if (id.StartsWith('#')) return messenger.Find(id[1..], true);
        int group = messenger.Find(id, true);
        return group >= 0 && messenger.Find(id, false) < 0 ? group : messenger.OpenDirect(id);
    }

    /// <summary>The name by which <see cref="Of"/> finds a conversation, whatever others there are.</summary>
    public static string NameOf(Messenger messenger, int conversation) =>
        (messenger.IsGroup(conversation) ? '#' : '@') + messenger.IdOf(conversation);
}

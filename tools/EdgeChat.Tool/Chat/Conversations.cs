using EdgeChat.Delivery;

namespace EdgeChat.Tool.Chat;

/// <summary>Which conversation somebody means by an id.</summary>
public static class Conversations
{
    /// <summary>The conversation with the device, or that of the group when this peer is in a group of that id; -1 when it cannot be
    /// opened, and <see cref="Messenger.LastError"/> says why.</summary>
    public static int Of(Messenger messenger, string id)
    {
        int group = messenger.Find(id, true);
        return group >= 0 && messenger.Find(id, false) < 0 ? group : messenger.OpenDirect(id);
    }
}

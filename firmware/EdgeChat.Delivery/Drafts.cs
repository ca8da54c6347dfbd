using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Texts that were begun and not sent: a small file a conversation, so that they outlive leaving the screen and a
/// reboot.</summary>
public static class Drafts
{
    private const string DirectPrefix = "draft-";
    private const string GroupPrefix = "gdraft-";

    /// <summary>Whether a conversation has a draft.</summary>
    public static bool Has(IFlash flash, string id, bool isGroup) { return flash.Size(NameOf(id, isGroup)) > 0; }

    /// <summary>Reads the draft of a conversation, cut when <paramref name="into"/> is too small; gives its bytes, 0 when there is
    /// none.</summary>
    public static int Load(IFlash flash, string id, bool isGroup, byte[] into)
    {
        string name = NameOf(id, isGroup);
        return flash.Size(name) > 0 ? flash.Read(name, 0, into, 0, into.Length) : 0;
    }

    /// <summary>Keeps the draft of a conversation; an empty one is forgotten.</summary>
    public static void Save(IFlash flash, string id, bool isGroup, byte[] text, int count)
    {
        string name = NameOf(id, isGroup);
        if (count > 0) flash.Replace(name, text, 0, count);
        else flash.Delete(name);
    }

    /// <summary>Deletes a conversation with its draft; both stay when the messenger refuses.</summary>
    public static SendError Delete(IFlash flash, Messenger messenger, int conversation)
    {
        string draft = NameOf(messenger.IdOf(conversation), messenger.IsGroup(conversation));
        SendError error = messenger.Delete(conversation);
        if (error == SendError.None) flash.Delete(draft);
        return error;
    }

    /// <summary>Opens the conversations that a restart has forgotten because they have nothing but a draft.</summary>
    public static void OpenAll(IFlash flash, Messenger messenger)
    {
        string[] files = flash.List();
        for (int i = 0; i < files.Length; i++)
            if (files[i].StartsWith(DirectPrefix) && flash.Size(files[i]) > 0)
                messenger.OpenDirect(files[i].Substring(DirectPrefix.Length));
    }

    private static string NameOf(string id, bool isGroup) { return (isGroup ? GroupPrefix : DirectPrefix) + id; }
}

using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Texts that were begun and not sent: a small file a conversation, so that they outlive leaving the screen and a
/// reboot.</summary>
public sealed class Drafts
{
    private const string DirectPrefix = "draft-";
    private const string GroupPrefix = "gdraft-";

    private readonly IFlash _flash;

    /// <summary>Makes the drafts of a board.</summary>
    public Drafts(IFlash flash)
    {
        _flash = flash;
    }

    /// <summary>Whether a conversation has a draft.</summary>
    public bool Has(string id, bool isGroup) { return _flash.Size(NameOf(id, isGroup)) > 0; }

    /// <summary>Reads the draft of a conversation, cut when <paramref name="into"/> is too small; gives its bytes, 0 when there is
    /// none.</summary>
    public int Load(string id, bool isGroup, byte[] into)
    {
        string name = NameOf(id, isGroup);
        return _flash.Size(name) > 0 ? _flash.Read(name, 0, into, 0, into.Length) : 0;
    }

    /// <summary>Keeps the draft of a conversation; an empty one is forgotten.</summary>
    public void Save(string id, bool isGroup, byte[] text, int count)
    {
        string name = NameOf(id, isGroup);
        if (count > 0) _flash.Replace(name, text, 0, count);
        else _flash.Delete(name);
    }

    /// <summary>Deletes a conversation with its draft; both stay when the messenger refuses.</summary>
    public SendError Delete(Messenger messenger, int conversation)
    {
        string draft = NameOf(messenger.IdOf(conversation), messenger.IsGroup(conversation));
        SendError error = messenger.Delete(conversation);
        if (error == SendError.None) _flash.Delete(draft);
        return error;
    }

    /// <summary>Opens the conversations that a restart has forgotten because they have nothing but a draft.</summary>
    public void OpenAll(Messenger messenger)
    {
        string[] files = _flash.List();
        for (int i = 0; i < files.Length; i++)
            if (files[i].StartsWith(DirectPrefix) && _flash.Size(files[i]) > 0)
                messenger.OpenDirect(files[i].Substring(DirectPrefix.Length));
    }

    private static string NameOf(string id, bool isGroup) { return (isGroup ? GroupPrefix : DirectPrefix) + id; }
}

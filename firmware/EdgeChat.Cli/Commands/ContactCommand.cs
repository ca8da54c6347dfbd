using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>contact</c>: whom this board follows.</summary>
internal sealed class ContactCommand : Command
{
    public const string Word = "contact";

    public ContactCommand()
        : base(Word, "[list | add <device> | remove <device>]", "show, add or remove contacts")
    {
        OtherNames = "contacts who friends";
        First = Completion.Word;
        Words = "list add remove";
        Details = "You see whether a contact is there, and its name.\n"
            + "  contact\n"
            + "  contact add carol\n"
            + "  contact remove carol\n";
    }

    public override Completion CompletionAt(int place, string verb)
    {
        if (place != 2) return base.CompletionAt(place, verb);
        return verb == "remove" ? Completion.Contact : verb == "add" ? Completion.Conversation : Completion.None;
    }

    public override void Run()
    {
        string verb = C.Line.NextWord();
        switch (verb)
        {
            case null:
            case "list":
                List();
                return;
            case "add":
            case "remove":
                string device = Target.Device(C);
                if (device == null) return;
                if (verb == "add") Add(device);
                else Remove(device);
                return;
            default:
                C.FailVerb(verb);
                return;
        }
    }

    /// <summary>Writes how a contact is, in words: "online", "offline, seen 14:05".</summary>
    public static void WritePresence(ShellContext c, int place)
    {
        PresenceTable presence = c.Messenger.Presence;
        PresenceState state = presence.StateAt(place);
        switch (state)
        {
            case PresenceState.On:
                c.Out.Write(StateWords.For(state), c.Session.IsOnline ? TextStyle.Good : TextStyle.Plain);
                if (!c.Session.IsOnline) c.Out.Write(" when the connection was lost");
                return;
            case PresenceState.Sleep:
                c.Out.Write(StateWords.For(state));
                if (presence.WakesAt(place) <= 0) return;
                c.Out.Write(", wakes ");
                TimeText.Write(c, presence.WakesAt(place));
                return;
        }

        c.Out.Write(StateWords.For(state));
        if (presence.LastSeenAt(place) <= 0) return;
        c.Out.Write(", seen ");
        TimeText.Write(c, presence.LastSeenAt(place));
    }

    private void List()
    {
        PresenceTable presence = C.Messenger.Presence;
        for (int i = 0; i < presence.Count; i++)
        {
            string id = presence.DeviceAt(i);
            string name = C.Messenger.DisplayNameOf(id);
            if (C.IsJson)
            {
                C.Json.Begin("item", "contact");
                C.Json.Add("device", id);
                C.Json.Add("name", name);
                C.Json.Add("presence", StateWords.For(presence.StateAt(i)));
                if (presence.LastSeenAt(i) > 0) C.Json.Add("seen", presence.LastSeenAt(i));
                if (presence.WakesAt(i) > 0) C.Json.Add("wakes", presence.WakesAt(i));
                if (C.Messenger.IsBlocked(id)) C.Json.Add("blocked", true);
                C.Json.End();
                continue;
            }

            C.Out.WritePadded(id, IdColumns);
            WritePresence(C, i);
            if (C.Messenger.IsBlocked(id)) C.Out.Write(", blocked");
            if (name != id)
            {
                C.Out.Write("  ");
                C.Out.WriteSafe(name);
            }

            C.Out.EndLine();
        }

        if (presence.Count == 0) C.Done("no contacts yet. To add one: contact add <device>");
        C.EndList(presence.Count);
    }

    private void Add(string device)
    {
        if (!C.FailWhen(C.Messenger.AddContact(device))) C.Done(device + " is a contact now. To write: send " + device + " Hello");
    }

    private void Remove(string device)
    {
        if (C.Messenger.Presence.Find(device) < 0)
        {
            C.Fail("unknown-device", "contact: \"" + device + "\" is no contact. See: contact list");
            return;
        }

        if (!C.FailWhen(C.Messenger.RemoveContact(device))) C.Done(device + " is no contact any more; the messages stay");
    }
}

using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>group</c>: groups and their members.</summary>
internal sealed class GroupCommand : Command
{
    public const string Word = "group";

    public GroupCommand()
        : base(Word, "[list | create | rename | add | remove | admin | accept | decline | leave | members]", "show, make and change groups")
    {
        OtherNames = "groups";
        First = Completion.Word;
        Words = "list create rename add remove admin accept decline leave members";
        Details = "  group                          the groups\n"
            + "  group create team bob carol    make one; you are its admin\n"
            + "  group create team Blue team bob    the same with a name; who is no contact yet: @bob\n"
            + "  group add team bob             invite\n"
            + "  group remove team bob\n"
            + "  group rename team Red team\n"
            + "  group admin team bob           make an admin; with off at the end: no longer\n"
            + "  group members team\n"
            + "  group accept team              join; a stranger has invited you\n"
            + "  group decline team\n"
            + "  group leave team\n";
    }

    public override Completion CompletionAt(int place, string verb)
    {
        switch (place)
        {
            case 2: return verb == "create" || verb == "list" ? Completion.None : Completion.Group;
            case 3: return verb == "add" ? Completion.Contact : verb == "remove" || verb == "admin" ? Completion.Member : Completion.None;
            default: return base.CompletionAt(place, verb);
        }
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
            case "create":
                Create();
                return;
            case "rename":
            case "add":
            case "remove":
            case "admin":
            case "accept":
            case "decline":
            case "leave":
            case "members":
                int group = Target.Group(C);
                if (group >= 0) Change(verb, group);
                return;
            default:
                C.FailVerb(verb);
                return;
        }
    }

    private void Change(string verb, int group)
    {
        switch (verb)
        {
            case "rename":
                Rename(group);
                return;
            case "members":
                Members(group);
                return;
            case "accept":
            case "decline":
                Answer(group, verb == "accept");
                return;
            case "leave":
                if (!C.FailWhen(C.Messenger.RemoveMember(group, C.Me.DeviceId, C.NowMs)))
                    C.Done("you have left #" + C.Messenger.IdOf(group));
                return;
        }

        string device = Target.Device(C);
        if (device == null) return;
        string id = "#" + C.Messenger.IdOf(group);
        if (verb == "add")
        {
            if (!C.FailWhen(C.Messenger.AddMember(group, device, C.NowMs))) C.Done(device + " is invited to " + id);
            return;
        }

        if (C.Messenger.FindMember(group, device) < 0)
        {
            C.Fail("unknown-device", "group: \"" + device + "\" is not in " + id + ". See: group members " + id);
            return;
        }

        if (verb == "remove")
        {
            if (!C.FailWhen(C.Messenger.RemoveMember(group, device, C.NowMs))) C.Done(device + " is not in " + id + " any more");
            return;
        }

        bool isAdmin = C.Line.NextWord() != "off";
        if (!C.FailWhen(C.Messenger.SetAdmin(group, device, isAdmin, C.NowMs)))
            C.Done(device + (isAdmin ? " is an admin of " : " is no admin any more of ") + id);
    }

    private void Answer(int group, bool accepts)
    {
        string id = "#" + C.Messenger.IdOf(group);
        if (!C.FailWhen(C.Messenger.Answer(group, accepts, C.NowMs)))
            C.Done(accepts ? "you are in " + id + " now" : id + " is declined");
    }

    private void Create()
    {
        string id = C.Line.NextWord();
        if (id == null)
        {
            C.FailUsage("the new group's id is missing");
            return;
        }

        if (CommandLine.Begins(id, "#")) id = id.Substring(1);
        if (!Topics.IsDeviceId(id))
        {
            C.Fail("bad-id", "group: \"" + id + "\" is no group id: expected 1 to 16 of a-z 0-9 -, such as team");
            return;
        }

        if (C.Messenger.Find(id, true) >= 0)
        {
            C.Fail("exists", "group: there is a group \"" + id + "\" already: choose another id");
            return;
        }

        string[] members = Column.Strings(Limits.GroupMembers - 1);
        int count = TakeMembers(members);
        string name = C.Line.RestAsText();
        int group = C.Messenger.CreateGroup(id, name == null ? id : name, C.NowMs);
        if (group < 0)
        {
            C.FailWhen(C.Messenger.LastError);
            return;
        }

        string with = "";
        for (int i = count - 1; i >= 0; i--)
        {
            if (C.FailWhen(C.Messenger.AddMember(group, members[i], C.NowMs))) return;
            with += (with.Length == 0 ? " with " : ", ") + members[i];
        }

        C.Done("#" + id + " is made" + with + "; you are its admin" + (count > 0 ? "" : ". To invite: group add " + id + " <device>"));
    }

    // the words at the end that are devices, the last one first: known ones, or such as @bob
    private int TakeMembers(string[] members)
    {
        int count = 0;
        for (; count < members.Length; count++)
        {
            string word = C.Line.LastWord();
            if (word == null) break;
            bool isMeant = CommandLine.Begins(word, "@");
            if (isMeant) word = word.Substring(1);
            bool isKnown = C.Messenger.Presence.Find(word) >= 0 || C.Messenger.Find(word, false) >= 0;
            if (!isKnown && !(isMeant && Topics.IsDeviceId(word))) break;
            members[count] = word;
            C.Line.DropLastWord();
        }

        return count;
    }

    private void Rename(int group)
    {
        string name = C.Line.RestAsText();
        if (name == null)
        {
            C.FailUsage("the new name is missing");
            return;
        }

        if (!C.FailWhen(C.Messenger.RenameGroup(group, name, C.NowMs)))
            C.Done("#" + C.Messenger.IdOf(group) + " is called " + name + " now");
    }

    private void List()
    {
        Messenger m = C.Messenger;
        int groups = 0;
        int count = m.ConversationCount;
        for (int i = 0; i < count; i++)
        {
            int group = m.ConversationAt(i);
            if (!m.IsGroup(group)) continue;
            groups++;
            if (C.IsJson)
            {
                C.Json.Begin("item", "group");
                C.Json.Add("who", m.IdOf(group));
                C.Json.Add("name", m.NameOf(group));
                C.Json.Add("members", m.MemberCountOf(group));
                C.Json.Add("writable", m.CanWrite(group));
                if (m.IsInvited(group)) C.Json.Add(StateWords.Invited, m.InviterOf(group));
                C.Json.End();
                continue;
            }

            C.Out.WritePadded("#" + m.IdOf(group), IdColumns);
            C.Out.Write(m.MemberCountOf(group));
            C.Out.Write(m.MemberCountOf(group) == 1 ? " member" : " members");
            C.Out.Write(m.CanWrite(group) ? "  " : m.IsInvited(group) ? ", " + StateWords.Invited + "  " : ", not you  ");
            C.Out.WriteSafe(m.NameOf(group));
            C.Out.EndLine();
        }

        if (groups == 0) C.Done("no groups yet. To make one: group create <id> <device> <device>");
        C.EndList(groups);
    }

    private void Members(int group)
    {
        int count = C.Messenger.MemberCountOf(group);
        for (int i = 0; i < count; i++)
        {
            string id = C.Messenger.MemberOf(group, i);
            string name = C.Messenger.DisplayNameOf(id);
            bool isAdmin = C.Messenger.IsAdmin(group, i);
            if (C.IsJson)
            {
                C.Json.Begin("item", "member");
                C.Json.Add("device", id);
                C.Json.Add("name", name);
                C.Json.Add("admin", isAdmin);
                if (C.Messenger.KeepsOpen(group, id)) C.Json.Add("key", false);
                C.Json.End();
                continue;
            }

            C.Out.WritePadded(id, IdColumns);
            C.Out.Write(isAdmin ? "admin   " : "member  ");
            if (name != id) C.Out.WriteSafe(name);
            if (C.Messenger.KeepsOpen(group, id)) C.Out.Write("  no key: the group stays open");
            C.Out.EndLine();
        }

        C.EndList(count);
    }
}

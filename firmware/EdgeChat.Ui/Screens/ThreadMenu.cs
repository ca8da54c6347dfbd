using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

// the menu of a message, and behind its last item that of the conversation
public sealed partial class ThreadScreen
{
    private const int ActionReply = 0;
    private const int ActionReact = 1;
    private const int ActionDetails = 2;
    private const int ActionCancel = 3;
    private const int ActionPeople = 4; // of a group its members, of a sealed conversation its security code
    private const int ActionMute = 5;
    private const int ActionDelete = 6;
    private const int ActionReallyDelete = 7;
    private const int ActionNothing = 8;
    private const int ActionGo = 9;
    private const int ActionDeleteOne = 10;
    private const int ActionReallyDeleteOne = 11;
    private const int ActionForward = 12;
    private const int ActionReallyCancel = 13;
    private const int ActionEdit = 14;
    private const int ActionStar = 15;
    private const int ActionConversation = 16;

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0) return;
        int message = Selected;
        if (message < 0)
        {
            OpenOfConversation(conversation, nowMs);
            return;
        }

        Messenger messenger = Ui.Messenger;
        var menu = new MenuScreen(Ui, this, "Message");
        bool canWrite = messenger.CanWrite(conversation);
        bool hasNumber = messenger.NumberOf(message) > 0 && messenger.KindOf(message) != MessageKind.TakenBack;
        if (canWrite && hasNumber) menu.Add(ActionReply);
        if (canWrite && hasNumber && !messenger.IsMine(message)) menu.Add(ActionReact);
        menu.Add(ActionDetails);
        if (messenger.KindOf(message) <= MessageKind.Value) menu.Add(ActionForward);
        if (messenger.CanEdit(message, nowMs)) menu.Add(ActionEdit);
        if (messenger.TickOf(message) != Tick.None) menu.Add(ActionCancel);
        if (messenger.KindOf(message) != MessageKind.Missing) menu.Add(ActionDeleteOne);
        if (messenger.KindOf(message) <= MessageKind.Unsupported) menu.Add(ActionStar);
        Ui.Stack.Open(menu.Add(ActionConversation), nowMs);
    }

    private void OpenOfConversation(int conversation, long nowMs)
    {
        MenuScreen menu = new MenuScreen(Ui, this, Ui.Messenger.NameOf(conversation)).Add(ActionGo);
        if (Ui.Messenger.IsGroup(conversation) || Ui.Messenger.IsSealed(conversation)) menu.Add(ActionPeople);
        Ui.Stack.Open(menu.Add(ActionMute).Add(ActionDelete), nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionReply: return "Reply";
            case ActionReact: return "React";
            case ActionDetails: return "Details";
            case ActionEdit: return "Edit";
            case ActionCancel: return "Take back…";
            case ActionReallyCancel: return "Yes, take back";
            case ActionPeople: return Ui.Messenger.IsGroup(Ui.Stack.Conversation) ? "Members" : "Security code";
            case ActionMute: return Ui.Stack.IsMuted ? "Unmute" : "Mute";
            case ActionDelete: return "Delete all…";
            case ActionForward: return "Forward…";
            case ActionConversation: return "Conversation…";
            case ActionDeleteOne: return "Delete here…";
            case ActionStar: return IsStarred ? "Unstar" : "Star";
            case ActionNothing: return "No, keep";
            case ActionReallyDelete:
            case ActionReallyDeleteOne: return "Yes, delete";
            default: return "Go to…";
        }
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        int message = Selected;
        if (conversation < 0) return;
        if (action == ActionConversation) OpenOfConversation(conversation, nowMs);
        else if (action == ActionPeople) OpenPeople(conversation, nowMs);
        else if (action == ActionMute) Ui.Messenger.SetMuted(conversation, !Ui.Messenger.IsMuted(conversation));
        else if (action == ActionGo) Ui.Stack.Open(new GoScreen(Ui, this, FirstUnread(conversation)), nowMs);
        else if (action == ActionDelete)
            Ui.Stack.Open(new MenuScreen(Ui, this, "Delete messages?").Add(ActionNothing).Add(ActionReallyDelete), nowMs);
        else if (action == ActionReallyDelete)
        {
            if (Ui.Stack.Delete(conversation, nowMs)) Ui.Stack.Home(nowMs);
        }
        else if (action != ActionNothing && message >= 0) OnMessage(action, conversation, message, nowMs);
        Ui.Stack.MustDraw = true;
    }

    private bool IsStarred { get { return Selected >= 0 && Ui.Messenger.IsStarred(Selected); } }

    private void OpenPeople(int conversation, long nowMs)
    {
        if (Ui.Messenger.IsGroup(conversation)) Ui.Stack.Open(new MembersScreen(Ui), nowMs);
        else Ui.Stack.Open(new SecurityScreen(Ui, Ui.Messenger.IdOf(conversation)), nowMs);
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        int message = Selected;
        SendError error = message < 0 ? SendError.NotHere : Ui.Messenger.Edit(message, text, count, nowMs);
        if (error != SendError.None) Ui.Stack.Check("Not edited", error, nowMs);
        else Ui.Stack.BackToThread(nowMs);
    }

    private void Edit(int message, long nowMs)
    {
        byte[] text = Ui.LongText.Take(null).Bytes;
        int count = Ui.Messenger.ReadText(message, text);
        if (count > Limits.WrittenBytes) Ui.Stack.Check("Not edited", SendError.TooLong, nowMs); // it came from the console
        else Ui.Stack.Ask(this, "edit", text, count, nowMs);
    }

    private void OnMessage(int action, int conversation, int message, long nowMs)
    {
        switch (action)
        {
            case ActionReply:
                Answer(conversation, message, nowMs);
                break;
            case ActionDetails:
                Ui.Stack.Open(new DetailsScreen(Ui, this), nowMs);
                break;
            case ActionEdit:
                Edit(message, nowMs);
                break;
            case ActionCancel:
                Ui.Stack.Open(new MenuScreen(Ui, this, "Take back for all?").Add(ActionNothing).Add(ActionReallyCancel), nowMs);
                break;
            case ActionReallyCancel:
                Ui.Stack.Check("Not taken back", Ui.Messenger.TakeBack(message, nowMs), nowMs);
                break;
            case ActionForward:
                Ui.Stack.Open(new ForwardScreen(Ui, this), nowMs);
                break;
            case ActionDeleteOne:
                Ui.Stack.Open(new MenuScreen(Ui, this, "Delete here?").Add(ActionNothing).Add(ActionReallyDeleteOne), nowMs);
                break;
            case ActionReallyDeleteOne:
                Ui.Stack.Check("Not deleted", Ui.Messenger.DeleteMessage(message, nowMs), nowMs);
                break;
            case ActionStar:
                Ui.Stack.Check("Not kept", Ui.Messenger.SetStarred(message, !IsStarred, nowMs), nowMs);
                break;
            case ActionReact:
                Ui.Stack.Open(new ReactScreen(Ui, this), nowMs);
                break;
        }
    }
}

using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Who invites to the group that is open, and who is in it; Ok asks for the answer.</summary>
public sealed class InvitationScreen : PageScreen
{
    private const int ActionAccept = 0;
    private const int ActionDecline = 1;
    private const int ActionBlock = 2;

    /// <summary>Makes the screen.</summary>
    public InvitationScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override string Title
    {
        get { return Ui.Stack.Conversation < 0 ? "Invitation" : Ui.Messenger.NameOf(Ui.Stack.Conversation); }
    }

    /// <inheritdoc/>
    protected override string Hint { get { return IsOpen ? "● answer" : "● back"; } }

    // it may have been answered on the console, or taken back
    private bool IsOpen { get { return Ui.Stack.Conversation >= 0 && Ui.Messenger.IsInvited(Ui.Stack.Conversation); } }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionAccept: return "Accept";
            case ActionDecline: return "Decline";
            default: return "Decline and block";
        }
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        if (!IsOpen) return;
        Messenger messenger = Ui.Messenger;
        int group = Ui.Stack.Conversation;
        string inviter = messenger.InviterOf(group);
        SendError error = messenger.Answer(group, action == ActionAccept, nowMs);
        if (error == SendError.None && action == ActionBlock) error = messenger.SetBlocked(inviter, true);
        if (error == SendError.None) Ui.Stack.Back(nowMs);
        if (error == SendError.None && action == ActionAccept) Ui.Stack.OpenThread(group, nowMs);
        Ui.Stack.Check("Not answered", error, nowMs);
    }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        if (!IsOpen)
        {
            page.Add("The invitation is over.");
            return;
        }

        Messenger messenger = Ui.Messenger;
        int group = Ui.Stack.Conversation;
        Ui.Chrome.AddInvitation(page, group);
        page.Add(".\n");
        int count = messenger.MemberCountOf(group);
        for (int i = 0; i < count; i++)
        {
            string device = messenger.MemberOf(group, i);
            if (device == Ui.Me.DeviceId) page.Add("you");
            else page.Add(messenger.DisplayNameOf(device));
            page.Add(messenger.IsAdmin(group, i) ? "\tadmin\n" : "\n");
        }
    }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs)
    {
        if (!IsOpen)
        {
            Ui.Stack.Back(nowMs);
            return;
        }

        Ui.Stack.Open(new MenuScreen(Ui, this, "Join the group?").Add(ActionAccept).Add(ActionDecline).Add(ActionBlock), nowMs);
    }
}

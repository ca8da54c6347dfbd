using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>What the screens of a board work with.</summary>
public sealed class ScreenContext
{
    /// <summary>Who the board is.</summary>
    public readonly Identity Me;

    /// <summary>What is shown and what sends.</summary>
    public readonly Messenger Messenger;

    /// <summary>How the board reaches the broker.</summary>
    public readonly Session Session;

    /// <summary>What only the host knows.</summary>
    public readonly DeviceStatus Status;

    /// <summary>Where things are kept.</summary>
    public readonly IFlash Flash;

    /// <summary>What draws.</summary>
    public readonly Painter Painter;

    /// <summary>How many buttons the hints speak of: 3, 2 or 1.</summary>
    public readonly int Buttons;

    /// <summary>What the person has set.</summary>
    public readonly Settings Settings;

    /// <summary>The name and the local time, as the person has set them.</summary>
    public readonly OwnSettings Own;

    /// <summary>The quick replies.</summary>
    public readonly QuickReplies Replies;

    /// <summary>The text of the page that is open, or of the message that is drawn or printed at the moment.</summary>
    public readonly LongText LongText = new LongText();

    /// <summary>What the screens ask of the board.</summary>
    public readonly BoardRequests Requests;

    /// <summary>Which screens are open.</summary>
    public readonly ScreenStack Stack;

    /// <summary>What is the same on all of them.</summary>
    public readonly Chrome Chrome;

    /// <summary>Puts together what the screens of a board work with; nothing is read yet.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="messenger">What is shown and what sends.</param>
    /// <param name="session">How the board reaches the broker.</param>
    /// <param name="status">What only the host knows.</param>
    /// <param name="flash">Where settings, quick replies and drafts are kept.</param>
    /// <param name="frame">What is drawn on.</param>
    /// <param name="buttons">Buttons of the board, 0 to 3; the hints of a board that has none are those for three.</param>
    /// <param name="own">The name and the local time, already read.</param>
    /// <param name="requests">Where the screens put what they ask of the board.</param>
    public ScreenContext(Identity me, Messenger messenger, Session session, DeviceStatus status, IFlash flash, Frame frame, int buttons,
        OwnSettings own, BoardRequests requests)
    {
        Me = me;
        Messenger = messenger;
        Session = session;
        Status = status;
        Flash = flash;
        Painter = new Painter(frame);
        Buttons = buttons == 0 ? 3 : buttons;
        Settings = new Settings(flash, frame.Colours != null, Painter.HasSizes, requests.HasBuzzer);
        Own = own;
        Replies = new QuickReplies(flash);
        Requests = requests;
        Stack = new ScreenStack(this);
        Chrome = new Chrome(this);
    }
}

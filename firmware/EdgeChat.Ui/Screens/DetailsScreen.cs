using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>All about one message: who sent it and when, how far it has come with each recipient, and why it failed.</summary>
public sealed class DetailsScreen : PageScreen
{
    private readonly ThreadScreen _thread;

    /// <summary>Makes the details of the message that a thread has chosen.</summary>
    public DetailsScreen(ScreenContext ui, ThreadScreen thread)
        : base(ui)
    {
        _thread = thread;
    }

    /// <inheritdoc/>
    protected override string Title { get { return "Details"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        int message = _thread.Selected;
        if (message < 0)
        {
            page.Add("The message is not there any more.");
            return;
        }

        Messenger messenger = Ui.Messenger;
        bool isMine = messenger.IsMine(message);
        MessageKind kind = messenger.KindOf(message);
        if (isMine) WriteDelivery(page, messenger, message);
        else if (kind != MessageKind.Event) page.Add("From\t").Add(messenger.SenderNameOf(message)).Add('\n');
        long time = messenger.TimeOf(message);
        if (time > 0)
        {
            page.Add(isMine ? "Written\t" : "Sent\t");
            LocalTime.AddDay(page, LocalTime.DayOf(Ui.Chrome.LocalOf(time)), Ui.Chrome.Today(nowMs)).Add(' ');
            LocalTime.AddTime(page, Ui.Chrome.LocalOf(time)).Add('\n');
        }

        if (messenger.IsEdited(message))
            page.Add("Edited\t").Add(isMine ? StateWords.For(messenger.EditTickOf(message)) : "yes").Add('\n');
        string sender = messenger.SenderOf(message);
        if (sender != null) page.Add("Device\t").Add(sender).Add('\n');
        page.Add("Number\t");
        if (messenger.NumberOf(message) > 0) page.Add(messenger.NumberOf(message));
        else page.Add("none");
        page.Add('\n');
    }

    private void WriteDelivery(TextBuffer page, Messenger messenger, int message)
    {
        Tick tick = messenger.TickOf(message);
        int recipients = messenger.RecipientsOf(message);
        bool isGroup = messenger.IsGroup(Ui.Stack.Conversation);
        AddSign(page, Chrome.IconOf(tick));
        if (isGroup && tick == Tick.One)
            page.Add(StateWords.For(Tick.Two)).Add(" by ").Add(Received(messenger, message, recipients))
                .Add(" of ").Add(recipients).Add('\n');
        else page.Add(StateWords.For(tick)).Add('\n');
        string failure = messenger.FailureOf(message);
        if (failure != null) page.Add(failure).Add('\n');
        if (!isGroup) return;
        for (int i = 0; i < recipients; i++)
        {
            AddSign(page, Chrome.IconOf(messenger.RecipientTickOf(message, i)));
            page.Add(messenger.DisplayNameOf(messenger.RecipientOf(message, i))).Add('\n');
        }
    }

    private static int Received(Messenger messenger, int message, int recipients)
    {
        int count = 0;
        for (int i = 0; i < recipients; i++)
        {
            Tick tick = messenger.RecipientTickOf(message, i);
            if (tick == Tick.Two || tick == Tick.Shown) count++;
        }

        return count;
    }
}

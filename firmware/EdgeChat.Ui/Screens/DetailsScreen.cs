using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>All about one message: who sent it and when, how far it has come with each recipient, and why it failed.</summary>
public sealed class DetailsScreen : PageScreen
{
    /// <summary>Makes the screen.</summary>
    public DetailsScreen(Screens ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override string Title { get { return "Details"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        int message = Ui.Thread.Selected;
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
            LocalTime.AddDay(page, LocalTime.DayOf(Ui.LocalOf(time)), Ui.Today(nowMs)).Add(' ');
            LocalTime.AddTime(page, Ui.LocalOf(time)).Add('\n');
        }

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
        bool isGroup = messenger.IsGroup(Ui.Conversation);
        AddSign(page, Screens.IconOf(tick));
        if (isGroup && tick == Tick.One) page.Add("received by ").Add(Received(messenger, message, recipients)).Add(" of ").Add(recipients).Add('\n');
        else page.Add(WordsFor(tick)).Add('\n');
        string failure = messenger.FailureOf(message);
        if (failure != null) page.Add(failure).Add('\n');
        if (!isGroup) return;
        for (int i = 0; i < recipients; i++)
        {
            AddSign(page, Screens.IconOf(messenger.RecipientTickOf(message, i)));
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

    private static string WordsFor(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return "waits to be sent";
            case Tick.One: return "with the broker";
            case Tick.Two: return "received";
            case Tick.Shown: return "seen";
            default: return "given up";
        }
    }
}

using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>All about one message: how it begins, who sent it and when, how far it has come with each recipient and when, and why it
/// failed.</summary>
public sealed class DetailsScreen : PageScreen
{
    private const int BytesOfCharacter = 4; // at most

    private readonly ThreadScreen _thread;
    private ReceiptTimes _times; // null before they were asked for

    /// <summary>Makes the details of the message that a thread has chosen.</summary>
    public DetailsScreen(ScreenContext ui, ThreadScreen thread)
        : base(ui)
    {
        _thread = thread;
    }

    /// <inheritdoc/>
    public override long NextTickMs { get { return _times == null || _times.IsDone ? Deadline.Never : 0; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Details"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "hold ▲ back"; } }

    /// <inheritdoc/>
    public override void Refresh()
    {
        base.Refresh();
        _times = null;
    }

    /// <inheritdoc/>
    public override void OnTime(long nowMs)
    {
        if (NextTickMs == Deadline.Never || !_times.GoOn()) return;
        base.Refresh();
        Ui.Stack.MustDraw = true;
    }

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
        WriteText(page, messenger, message);
        if (isMine) WriteDelivery(page, messenger, message, nowMs);
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

    // how it begins, in one paragraph
    private static void WriteText(TextBuffer page, Messenger messenger, int message)
    {
        var text = new byte[Limits.QuoteBytes + BytesOfCharacter];
        int count = messenger.ReadText(message, text);
        bool isLonger = count > Limits.QuoteBytes;
        if (isLonger) count = Limits.QuoteBytes;
        while (isLonger && (text[count] & 0xC0) == 0x80) count--; // cut where a character begins
        for (int i = 0; i < count; i++)
            if (text[i] < ' ') text[i] = (byte)' ';
        page.Add('"').Add(text, 0, count).Add(isLonger ? "…\n" : "\"\n");
    }

    private void WriteDelivery(TextBuffer page, Messenger messenger, int message, long nowMs)
    {
        if (_times == null)
        {
            _times = messenger.TimesOf(message);
            _times.GoOn(); // mostly that is all
        }

        Tick tick = messenger.TickOf(message);
        int recipients = messenger.RecipientsOf(message);
        bool isGroup = messenger.IsGroup(Ui.Stack.Conversation);
        AddSign(page, Chrome.IconOf(tick));
        if (isGroup && tick == Tick.One)
            page.Add(StateWords.For(Tick.Two)).Add(" by ").Add(Received(messenger, message, recipients))
                .Add(" of ").Add(recipients).Add('\n');
        else AddTimes(page.Add(StateWords.For(tick)), isGroup ? Tick.None : tick, 0, nowMs);
        string failure = messenger.FailureOf(message);
        if (failure != null) page.Add(failure).Add('\n');
        if (!isGroup) return;
        for (int i = 0; i < recipients; i++)
        {
            Tick its = messenger.RecipientTickOf(message, i);
            AddSign(page, Chrome.IconOf(its)).Add(messenger.DisplayNameOf(messenger.RecipientOf(message, i)));
            AddTimes(page, its, i, nowMs);
        }
    }

    // when a recipient has come as far as its tick says, and below that of who has read when it was received
    private void AddTimes(TextBuffer page, Tick tick, int place, long nowMs)
    {
        long received = tick == Tick.Two || tick == Tick.Shown ? _times.ReceivedAt(place) : 0;
        AddTime(page, tick == Tick.Shown ? _times.ReadAt(place) : received, nowMs);
        if (tick != Tick.Shown || received == 0) return;
        AddSign(page, 0).Add(StateWords.For(Tick.Two));
        AddTime(page, received, nowMs);
    }

    private void AddTime(TextBuffer page, long time, long nowMs)
    {
        if (time > 0) LocalTime.AddMoment(page.Add('\t'), Ui.Chrome.LocalOf(time), Ui.Chrome.Today(nowMs));
        page.Add('\n');
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

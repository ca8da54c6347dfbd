using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>info</c>: one message, who has it and since when. Times are looked for on the flash, a part at a time.</summary>
internal sealed class InfoCommand : LongCommand
{
    public const string Word = "info";

    private string _who;
    private int _number;
    private ReceiptTimes _times;

    public InfoCommand()
        : base(Word, "<who> <message>", "show who has a message and who has read it")
    {
        First = Completion.Conversation;
        Details = "A number alone is one of your own messages; others are named as in read.\n"
            + "  info bob 5\n"
            + "  info team carol/12\n";
    }

    public override void Run()
    {
        int message = Target.MessageOf(C, true, out int conversation);
        if (message < 0) return;
        if (C.Messenger.IsMine(message)) _times = C.Messenger.TimesOf(message);
        if (_times == null || _times.GoOn())
        {
            Write(conversation, message);
            return;
        }

        _who = Target.NameFor(C, conversation);
        _number = C.Messenger.NumberOf(message);
        Begin();
    }

    /// <summary>Looks for more times.</summary>
    public override void GoOn()
    {
        if (!_times.GoOn()) return;
        End();
        int conversation = Target.Find(C, _who);
        int message = conversation < 0 ? -1 : C.Messenger.FindMessage(conversation, C.Me.DeviceId, _number);
        if (message < 0) C.Fail("unknown-message", Word + ": the message has gone meanwhile. See: read " + _who);
        else Write(conversation, message);
        C.EndResult();
    }

    private void Write(int conversation, int message)
    {
        Messenger m = C.Messenger;
        bool isMine = m.IsMine(message);
        if (!C.IsJson)
        {
            MessagePrinter.WriteLines(C, conversation, message);
            if (isMine) C.Done("  " + StateWords.For(m.TickOf(message)));
            if (isMine && m.IsEdited(message)) C.Done("  edit: " + StateWords.For(m.EditTickOf(message)));
        }

        int recipients = isMine ? m.RecipientsOf(message) : 0;
        for (int i = 0; i < recipients; i++) WriteRecipient(m.RecipientOf(message, i), m.RecipientTickOf(message, i), i);
        if (!C.IsJson) return;
        C.Result();
        MessagePrinter.AddKeys(C, conversation, message);
    }

    private void WriteRecipient(string device, Tick tick, int place)
    {
        long read = tick == Tick.Shown ? _times.ReadAt(place) : 0;
        long received = tick == Tick.Two || tick == Tick.Shown ? _times.ReceivedAt(place) : 0;
        if (C.IsJson)
        {
            C.Json.Begin("item", "recipient");
            C.Json.Add("device", device);
            C.Json.Add("tick", StateWords.For(tick));
            if (received > 0) C.Json.Add("t-received", received);
            if (read > 0) C.Json.Add("t-read", read);
            C.Json.End();
            return;
        }

        C.Out.Write("  ");
        C.Out.WritePadded(device, IdColumns);
        C.Out.Write(StateWords.For(tick));
        if (tick != Tick.Shown) WriteTime(" ", received);
        else
        {
            WriteTime(" ", read);
            WriteTime(received > 0 ? ", " + StateWords.For(Tick.Two) + " " : "", received);
        }

        C.Out.EndLine();
    }

    private void WriteTime(string before, long time)
    {
        if (time == 0) return;
        C.Out.Write(before);
        TimeText.Write(C, time);
    }
}

using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>info</c>: one message, and who has it.</summary>
internal sealed class InfoCommand : Command
{
    public const string Word = "info";

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
        Messenger m = C.Messenger;
        bool isMine = m.IsMine(message);
        if (!C.IsJson)
        {
            MessagePrinter.WriteLines(C, conversation, message);
            if (isMine) C.Done("  " + StateWords.For(m.TickOf(message)));
            if (isMine && m.IsEdited(message)) C.Done("  edit: " + StateWords.For(m.EditTickOf(message)));
        }

        int recipients = isMine ? m.RecipientsOf(message) : 0;
        for (int i = 0; i < recipients; i++) WriteRecipient(m.RecipientOf(message, i), m.RecipientTickOf(message, i));
        if (!C.IsJson) return;
        C.Result();
        MessagePrinter.AddKeys(C, conversation, message);
    }

    private void WriteRecipient(string device, Tick tick)
    {
        if (C.IsJson)
        {
            C.Json.Begin("item", "recipient");
            C.Json.Add("device", device);
            C.Json.Add("tick", StateWords.For(tick));
            C.Json.End();
            return;
        }

        C.Out.Write("  ");
        C.Out.WritePadded(device, IdColumns);
        C.Out.WriteLine(StateWords.For(tick));
    }
}

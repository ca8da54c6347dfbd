using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>A command that sends a message to a conversation.</summary>
internal abstract class SendingCommand : Command
{
    /// <inheritdoc cref="Command(string, string, string)"/>
    protected SendingCommand(string name, string arguments, string help)
        : base(name, arguments, help)
    {
        First = Completion.Conversation;
    }

    /// <summary>Sends the rest of the line as a text that answers a message, or none when that is negative.</summary>
    protected void SendText(int conversation, int answered)
    {
        int count = TakeText();
        if (count > 0 && !C.FailWhen(C.Messenger.SendText(conversation, C.Text, count, answered, C.NowMs))) TellTaken(conversation);
    }

    /// <summary>Takes the rest of the line as the text of a message; gives its bytes, 0 when it has said what is wrong with it.</summary>
    protected int TakeText()
    {
        int count = C.Line.RestCount;
        if (count == 0)
        {
            C.FailUsage("the text is missing");
            return 0;
        }

        if (count > Body.MaxContentBytes)
        {
            string sizes = count.ToString() + " bytes is too long, at most " + Body.MaxContentBytes.ToString();
            C.Fail("too-long", Name + ": a text of " + sizes + ": send it in parts");
            return 0;
        }

        Array.Copy(C.Line.Bytes, C.Line.RestStart, C.Text, 0, count);
        return count;
    }

    /// <summary>Says which message it is that was taken.</summary>
    protected void TellTaken(int conversation)
    {
        int message = C.Messenger.Newest(conversation);
        if (C.IsJson)
        {
            C.Result();
            C.Json.Add("who", C.Messenger.IdOf(conversation));
            C.Json.Add("group", C.Messenger.IsGroup(conversation));
            C.Json.Add("n", C.Messenger.NumberOf(message));
            C.Json.Add("tick", StateWords.For(C.Messenger.TickOf(message)));
            if (C.Messenger.IsGroup(conversation)) C.Json.Add("members", C.Messenger.MemberCountOf(conversation));
            return;
        }

        C.Out.Style(TextStyle.Faint);
        C.Out.Raw((byte)'[');
        Target.WriteReference(C, conversation, message);
        C.Out.Write("] to ");
        C.Out.Write(Target.NameFor(C, conversation));
        if (C.Messenger.IsGroup(conversation) && C.Messenger.MemberCountOf(conversation) == 1)
            C.Out.WriteLine(": nobody else is in it. To invite: group add " + C.Messenger.IdOf(conversation) + " <device>");
        else C.Out.WriteLine(C.Session.IsOnline ? "" : ": kept, goes out when connected");
    }
}

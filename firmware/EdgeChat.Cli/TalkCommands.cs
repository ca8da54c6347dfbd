using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Commands that send something: <c>send</c>, <c>reply</c>, <c>react</c>, <c>cancel</c>, <c>value</c>, <c>location</c>.</summary>
internal sealed class TalkCommands : CommandFamily
{
    public TalkCommands(ShellContext context)
        : base(context)
    {
    }

    public override void Run()
    {
        bool needsNew = C.Command == CommandId.Send || C.Command == CommandId.Value || C.Command == CommandId.Location;
        int conversation = C.Target.Conversation(needsNew);
        if (conversation < 0) return;
        switch (C.Command)
        {
            case CommandId.Send:
                SendText(conversation, -1);
                break;
            case CommandId.Reply:
                int answered = C.Target.Message(conversation, false);
                if (answered >= 0) SendText(conversation, answered);
                break;
            case CommandId.React:
                React(conversation);
                break;
            case CommandId.Cancel:
                Cancel(conversation);
                break;
            case CommandId.Value:
                SendValue(conversation);
                break;
            case CommandId.Location:
                SendLocation(conversation);
                break;
        }
    }

    private void SendText(int conversation, int answered)
    {
        int start = C.Line.RestStart;
        int count = C.Line.RestCount;
        if (count == 0)
        {
            C.FailUsage("the text is missing");
            return;
        }

        if (count > Body.MaxContentBytes)
        {
            C.Fail("too-long", CommandTable.NameOf(C.Command) + ": a text of " + count.ToString() + " bytes is too long, at most " + Body.MaxContentBytes.ToString() + ": send it in parts");
            return;
        }

        Array.Copy(C.Line.Bytes, start, C.Text, 0, count);
        if (!C.FailWhen(C.Messenger.SendText(conversation, C.Text, count, answered, C.NowMs))) Taken(conversation);
    }

    private void SendValue(int conversation)
    {
        string value = C.Line.NextWord();
        if (value == null)
        {
            C.FailUsage("the value is missing");
            return;
        }

        if (!C.FailWhen(C.Messenger.SendValue(conversation, value, C.Line.RestAsText(), C.NowMs))) Taken(conversation);
    }

    private void SendLocation(int conversation)
    {
        string latitude = C.Line.NextWord();
        string longitude = C.Line.NextWord();
        if (longitude == null)
        {
            C.FailUsage("latitude and longitude are missing");
            return;
        }

        if (!IsDegrees(latitude, 90))
        {
            C.Fail("bad-number", "location: latitude \"" + latitude + "\": expected degrees from -90 to 90, such as 52.5163");
            return;
        }

        if (!IsDegrees(longitude, 180))
        {
            C.Fail("bad-number", "location: longitude \"" + longitude + "\": expected degrees from -180 to 180, such as 13.3777");
            return;
        }

        if (!C.FailWhen(C.Messenger.SendLocation(conversation, latitude, longitude, C.NowMs))) Taken(conversation);
    }

    private void React(int conversation)
    {
        int message = C.Target.Message(conversation, false);
        if (message < 0) return;
        string emoji = C.Line.RestAsText();
        if (C.FailWhen(C.Messenger.SendReaction(message, emoji == null ? "" : emoji, C.NowMs))) return;
        C.Done(emoji == null ? "reaction taken back" : "reacted");
    }

    private void Cancel(int conversation)
    {
        int message = C.Target.Message(conversation, true);
        if (message < 0) return;
        if (C.Messenger.Cancel(message)) C.Done("taken back");
        else C.Fail("too-late", "cancel: too late: only a message that waits in this board (..) can be taken back");
    }

    private void Taken(int conversation)
    {
        int message = C.Messenger.Newest(conversation);
        if (C.IsJson)
        {
            C.Result();
            C.Json.Add("who", C.Messenger.IdOf(conversation));
            C.Json.Add("group", C.Messenger.IsGroup(conversation));
            C.Json.Add("n", C.Messenger.NumberOf(message));
            C.Json.Add("tick", ShellContext.WordFor(C.Messenger.TickOf(message)));
            return;
        }

        C.Out.Style(TextStyle.Faint);
        C.Out.Raw((byte)'[');
        C.Target.WriteReference(conversation, message);
        C.Out.Write("] to ");
        C.Out.Write(C.Target.NameFor(conversation));
        C.Out.WriteLine(C.Session.State == SessionState.Online ? "" : ": kept, goes out when connected");
    }

    // a JSON number whose whole part is in range; the last degree allows no fraction
    private static bool IsDegrees(string text, int most)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (JsonNumber.End(bytes, 0, bytes.Length) != bytes.Length) return false;
        int at = bytes[0] == '-' ? 1 : 0;
        int whole = 0;
        while (at < bytes.Length && bytes[at] >= '0' && bytes[at] <= '9' && whole <= most) whole = whole * 10 + bytes[at++] - '0';
        if (whole > most) return false;
        for (; at < bytes.Length; at++)
        {
            if (bytes[at] == 'e' || bytes[at] == 'E') return false;
            if (whole == most && bytes[at] >= '1' && bytes[at] <= '9') return false;
        }

        return true;
    }
}

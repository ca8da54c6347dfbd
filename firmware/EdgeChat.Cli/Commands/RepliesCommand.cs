using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>replies</c>: the answers that the keys offer.</summary>
internal sealed class RepliesCommand : Command
{
    public const string Word = "replies";

    public RepliesCommand()
        : base(
            Word,
            "[list | add <text> | change <number> <text> | remove <number>]",
            "show or change the answers that the keys offer")
    {
        NeedsDevice = false;
        First = Completion.Word;
        Words = "list add change remove";
        Details = "The most used come first. At most 24, of 80 bytes each.\n"
            + "  replies\n"
            + "  replies add Back at 5\n"
            + "  replies change 3 No, sorry\n"
            + "  replies remove 7\n";
    }

    public override void Run()
    {
        if (C.Replies == null)
        {
            C.Fail("no-screen", "replies: there are no keys here to choose one with: write it with send");
            return;
        }

        string verb = C.Line.NextWord();
        try
        {
            switch (verb)
            {
                case null:
                case "list":
                    List();
                    return;
                case "add":
                    Add();
                    return;
                case "change":
                case "remove":
                    int place = Place();
                    if (place < 0) return;
                    if (verb == "change") Change(place);
                    else Remove(place);
                    return;
                default:
                    C.FailVerb(verb);
                    return;
            }
        }
        catch (FlashException e)
        {
            C.Fail("flash", "replies: changed, but only until the next restart: " + e.Message);
        }
    }

    private void List()
    {
        for (int i = 0; i < C.Replies.Count; i++)
        {
            if (C.IsJson)
            {
                C.Json.Begin("item", "reply");
                C.Json.Add("place", i + 1);
                C.Json.Add("text", C.Replies.TextOf(i));
                C.Json.End();
                continue;
            }

            if (i < 9) C.Out.Raw((byte)' ');
            C.Out.Write(i + 1);
            C.Out.Write("  ");
            C.Out.WriteSafe(C.Replies.TextOf(i));
            C.Out.EndLine();
        }

        if (C.Replies.Count == 0) C.Done("no quick replies. To make one: replies add <text>");
        C.EndList(C.Replies.Count);
    }

    private void Add()
    {
        int count = TakeText();
        if (count == 0) return;
        if (C.Replies.Add(C.Text, count)) C.Done("added");
        else FailText(count);
    }

    private void Change(int place)
    {
        int count = TakeText();
        if (count == 0) return;
        if (C.Replies.Change(place, C.Text, count)) C.Done("changed");
        else FailText(count);
    }

    private void Remove(int place)
    {
        string text = C.Replies.TextOf(place);
        C.Replies.Remove(place);
        C.Done("removed " + text);
    }

    private int Place()
    {
        string word = C.Line.NextWord();
        int place = CommandLine.ToNumber(word) - 1;
        if (place >= 0 && place < C.Replies.Count) return place;
        string most = C.Replies.Count.ToString();
        if (word == null) C.FailUsage("the number is missing");
        else C.Fail("bad-number", "replies: \"" + word + "\": expected a number from 1 to " + most + ", as replies shows them");
        return -1;
    }

    private int TakeText()
    {
        int count = C.Line.RestCount;
        if (count == 0) C.FailUsage("the text is missing");
        else if (count > QuickReplies.MostBytes) FailText(count);
        else Array.Copy(C.Line.Bytes, C.Line.RestStart, C.Text, 0, count);
        return count > QuickReplies.MostBytes ? 0 : count;
    }

    private void FailText(int count)
    {
        if (count > QuickReplies.MostBytes)
        {
            string sizes = count.ToString() + " bytes is too long, at most " + QuickReplies.MostBytes.ToString();
            C.Fail("too-long", "replies: a text of " + sizes + ": shorten it");
        }
        else if (C.Replies.Count == QuickReplies.Most)
        {
            C.Fail("no-room", "replies: there are " + QuickReplies.Most.ToString() + ", which is all there can be: remove one");
        }
        else
        {
            C.Fail("no-room", "replies: no room for this text, or it has a line break: remove one, or shorten it");
        }
    }
}

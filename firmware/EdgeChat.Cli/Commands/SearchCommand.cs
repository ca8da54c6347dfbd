using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>search</c>: looks through all messages a few at a time, because each is read from flash.</summary>
internal class SearchCommand : LongCommand
{
    public const string Word = "search";

    private MessageSearch _search;
    private int _found;

    public SearchCommand()
        : this(Word, "<text>", "find messages that contain a text")
    {
        OtherNames = "find grep";
        Details = "Looks through everything this board keeps. Capital and small letters count as the same. Ctrl-C stops it.\n"
            + "  search lunch\n";
    }

    protected SearchCommand(string name, string arguments, string help)
        : base(name, arguments, help)
    {
    }

    /// <summary>Begins; the results come from <see cref="GoOn"/>.</summary>
    public override void Run()
    {
        if (C.Line.RestCount == 0)
        {
            C.FailUsage("the text is missing");
            return;
        }

        Look(C.Messenger.Search(C.Line.Bytes, C.Line.RestStart, C.Line.RestCount, -1));
    }

    /// <summary>Begins to report what a search finds.</summary>
    protected void Look(MessageSearch search)
    {
        _search = search;
        Begin();
    }

    /// <summary>Looks at a few more messages.</summary>
    public override void GoOn()
    {
        for (int budget = MessagesOfStep; budget > 0;)
        {
            int message = _search.Next(C.Text, ref budget);
            if (message >= 0) Report(_search.Conversation, message, _search.Count);
            else if (_search.IsDone)
            {
                Finish();
                return;
            }
        }
    }

    private void Finish()
    {
        End();
        if (C.IsJson)
        {
            C.EndList(_found);
            C.Json.End();
            return;
        }

        C.Out.Write(_found);
        C.Out.WriteLine(_found == 1 ? " message found" : " messages found");
    }

    private void Report(int conversation, int message, int count)
    {
        _found++;
        if (!C.IsJson)
        {
            C.Out.Write(Target.NameFor(C, conversation), TextStyle.Name);
            C.Out.Raw((byte)' ');
        }

        MessagePrinter.Write(C, conversation, message, count);
    }
}

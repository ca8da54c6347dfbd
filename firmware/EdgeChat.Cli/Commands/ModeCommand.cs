namespace EdgeChat.Cli;

/// <summary>The command <c>mode</c>: text for people, or JSON for programs.</summary>
internal sealed class ModeCommand : Command
{
    public const string Word = "mode";

    public ModeCommand()
        : base(Word, "<text | json>", "talk in text for people, or in JSON for programs")
    {
        NeedsDevice = false;
        First = Completion.Word;
        Words = "text json";
        Details = "In JSON each result and each event is one object on a line, and nothing is echoed.\n"
            + "The keys stand in docs/console.md. A restart is in text again.\n"
            + "  mode json\n"
            + "  mode text\n";
    }

    public override void Run()
    {
        string mode = C.Line.NextWord();
        if (mode != "json" && mode != "text")
        {
            C.FailUsage(mode == null ? "the mode is missing" : "\"" + mode + "\" is not known");
            return;
        }

        // the answer is in the mode that was asked for
        C.Settings.IsJson = mode == "json";
        C.Done("text mode: type help");
    }
}

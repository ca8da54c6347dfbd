using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>sleep</c>: an end with a time to wake.</summary>
internal sealed class SleepCommand : Command
{
    public const string Word = "sleep";

    private const int LongestSeconds = 86400;

    public SleepCommand()
        : base(Word, "<seconds>", "sleep, and tell the contacts when the board wakes")
    {
        NeedsDevice = false;
        Details = "The broker keeps what comes meanwhile. The OK key wakes the board too, where its pin can.\n"
            + "  sleep 600\n";
    }

    public override void Run()
    {
        string word = C.Line.NextWord();
        int seconds = word == null ? -1 : CommandLine.ToNumber(word);
        if (seconds < 1 || seconds > LongestSeconds)
        {
            C.FailUsage(word == null ? "the time is missing" : "\"" + word + "\" is no time: give 1 to 86400 seconds");
            return;
        }

        C.SleepSeconds = seconds;
        C.Done("sleeping");
        C.Request = BoardRequest.Sleep;
    }
}

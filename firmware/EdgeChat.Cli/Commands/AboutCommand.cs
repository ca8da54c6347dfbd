using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>about</c>: what the board runs.</summary>
internal sealed class AboutCommand : Command
{
    public const string Word = "about";

    public AboutCommand()
        : base(Word, "", "show name and version")
    {
        OtherNames = "version ver";
        NeedsDevice = false;
    }

    /// <summary>Writes name and version as a line.</summary>
    public static void WriteVersion(ShellContext c)
    {
        c.Out.Write("EdgeChat ");
        c.Out.Write(DeviceStatus.Version);
        c.Out.Write(" on ");
        c.Out.WriteSafe(c.Status.BoardName);
        c.Out.EndLine();
    }

    public override void Run()
    {
        if (!C.IsJson)
        {
            WriteVersion(C);
            return;
        }

        C.Result();
        C.Json.Add("device", C.Me.DeviceId);
        C.Json.Add("version", DeviceStatus.Version);
        C.Json.Add("board", C.Status.BoardName);
    }
}

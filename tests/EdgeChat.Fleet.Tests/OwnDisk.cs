namespace EdgeChat.Fleet.Tests;

/// <summary>A small file system that nobody else sees, to try what a disk can do to a command.</summary>
internal static class OwnDisk
{
    /// <summary>Runs a script in it, with <c>$tool</c> for the tool; what it has printed.</summary>
    public static string Run(TestFolder folder, string name, string script)
    {
        Directory.CreateDirectory(folder[name]);
        var ran = ShellRun.Of(folder, $"""
            mount -t tmpfs -o size=128k none {name} || exit 77
            cd {name}
            {script}
            """, "unshare", "--map-root-user", "--mount");
        if (ran.Code is 77 or 1 && ran.Out.Length == 0) Assert.Inconclusive("no file system can be made here: " + ran.Error);
        return ran.Out + ran.Error;
    }
}

using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>What a shell can do to a command: files that are closed, full, endless or no files, and readers that go.</summary>
[TestClass]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public class ShellTests
{
    // nobody listens there, so that what is sent is kept
    private const string Chat = "$tool chat --as carol --to alice --broker 127.0.0.1:1 --data history --timeout 1";

    [TestMethod]
    public void Input_and_output_that_are_not_there_are_told_and_what_was_taken_is_kept()
    {
        using var folder = new TestFolder();
        var ran = ShellRun.Of(folder, $"""
            {Chat} < /; echo "directory $?"
            echo one | {Chat} 2>&-; echo "no errors $?"
            echo two | {Chat} 2>/dev/full; echo "full errors $?"
            echo three | {Chat} --json >&-; echo "no output $?"
            echo four | {Chat} --json >/dev/full; echo "full output $?"
            {Chat} </dev/null; echo "kept $?"
            """);
        Assert.AreEqual(
            $"directory {ExitCode.Machine}; no errors {ExitCode.NotDelivered}; full errors {ExitCode.NotDelivered}; "
            + $"no output {ExitCode.Machine}; full output {ExitCode.Machine}; kept {ExitCode.NotDelivered}",
            Codes(ran.Out), ran.Error);
        StringAssert.Contains(ran.Error, "edgechat: the standard input cannot be read (Is a directory)");
        StringAssert.Contains(ran.Error, "edgechat: the standard output is closed, or cannot be written");
        StringAssert.Contains(ran.Error, "4 of 4 not received by alice within 1 s, first \"one\"");
        StringAssert.DoesNotMatch(ran.Error, new("this is a defect|   at "));
    }

    [TestMethod]
    public void Files_that_never_end_are_larger_than_they_can_be_or_have_no_name_are_told()
    {
        using var folder = new TestFolder();
        var ran = ShellRun.Of(folder, $"""
            {Chat} --password-file /dev/zero </dev/null; echo "secret $?"
            {Chat} --key-file '' </dev/null; echo "nameless key $?"
            {Chat} --tls --ca /dev/zero </dev/null; echo "ca $?"
            {Chat} --tls --ca '' </dev/null; echo "nameless ca $?"
            $tool chat --as carol --data '' </dev/null; echo "nameless folder $?"
            $tool demo --scenario /dev/zero; echo "scenario $?"
            $tool demo --data ''; echo "nameless data $?"
            $tool fleet check /dev/zero; echo "fleet $?"
            $tool fleet check ''; echo "nameless fleet $?"
            $tool bundle verify ''; echo "nameless bundle $?"
            head -c 100000000 /dev/zero | tr '\0' a | {Chat}; echo "line $?"
            truncate -s 3G history/m1
            {Chat} </dev/null; echo "history $?"
            """);
        Assert.AreEqual(
            $"secret {ExitCode.Machine}; nameless key {ExitCode.Usage}; ca {ExitCode.Usage}; nameless ca {ExitCode.Usage}; "
            + $"nameless folder {ExitCode.Usage}; scenario {ExitCode.Usage}; nameless data {ExitCode.Usage}; fleet {ExitCode.Fleet}; "
            + $"nameless fleet {ExitCode.Usage}; nameless bundle {ExitCode.Usage}; line {ExitCode.Machine}; history {ExitCode.Broker}",
            Codes(ran.Out), ran.Error);
        Assert.AreEqual(4, ran.Error.Split("it has more than 16 MiB, so it is another kind of file").Length - 1, ran.Error);
        StringAssert.Contains(ran.Error, "edgechat chat: --key-file is empty: give the name of a file or folder");
        StringAssert.Contains(ran.Error, "too long: at most 1024 bytes");
        StringAssert.Contains(ran.Error, "history: 1 damaged place in the history; what stood there is left out");
        StringAssert.DoesNotMatch(ran.Error, new("this is a defect|   at "));
    }

    [TestMethod]
    public void What_only_shows_ends_with_its_reader()
    {
        using var folder = new TestFolder();
        var ran = ShellRun.Of(folder, """
            { $tool demo --headless --boards 1 </dev/null; echo "demo $?" >&2; } | head -n 1
            { $tool monitor /dev/nothing-there </dev/null; echo "monitor $?" >&2; } | head -n 1
            """);
        StringAssert.Contains(ran.Out, "alice at broker 127.0.0.1:");
        StringAssert.Contains(ran.Out, "waiting for it");
        Assert.AreEqual("demo 0; monitor 0", Codes(ran.Error), ran.Error);
    }

    [TestMethod]
    public void A_command_whose_input_and_output_are_closed_has_none()
    {
        using var folder = new TestFolder();
        string script = Path.Combine(Repository(), "tools", "edgechat");
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(folder["bin/dotnet"], "#!/bin/sh\nls -l /proc/$$/fd > $SEEN\n");
        File.SetUnixFileMode(folder["bin/dotnet"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var ran = ShellRun.Of(folder, $"""
            mkdir -p tools artifacts/bin/EdgeChat.Tool/release firmware hardware
            cp {script} tools/edgechat
            touch artifacts/bin/EdgeChat.Tool/release/edgechat.dll artifacts/edgechat.built
            export PATH="$PWD/bin:$PATH" SEEN="$PWD/seen"
            tools/edgechat chat <&- >&- 2>&-
            """);
        Assert.AreEqual(0, ran.Code, ran.Error);
        string seen = File.ReadAllText(folder["seen"]);
        foreach (int file in new[] { 0, 2 }) StringAssert.Matches(seen, new($" {file} -> /dev/null\n"));
    }

    // the lines that a script says of each command
    private static string Codes(string said) => string.Join("; ", said.Split('\n').Where(
        l => l.Length > 0 && char.IsAsciiLetterLower(l[0]) && char.IsAsciiDigit(l[^1]) && l.Split(' ').Length <= 3));

    private static string Repository([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}

using System.CommandLine;
using System.Diagnostics;
using System.Text;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary>Before the first build <c>tools/edgechat</c> tells the help out of a file, and it is that of the command.</summary>
[TestClass]
public class HelpTests
{
    private static readonly string Copy = Repository.File("tools/edgechat.help");

    [TestMethod]
    public async Task The_copy_of_the_help_is_what_the_command_says()
    {
        var all = new StringBuilder("What `edgechat` says about itself, for the time before it is built; written by its tests.\n\n");
        await AddAsync(all, []);
        string text = all.ToString();
        if (Approval.Takes("edgechat.help")) File.WriteAllText(Copy, text);
        Assert.AreEqual(File.Exists(Copy) ? File.ReadAllText(Copy) : "", text, "tools/edgechat.help: " + Approval.Cure("edgechat.help"));
    }

    [TestMethod]
    [DataRow("--help", "Usage:", 0)]
    [DataRow("demo --help", "--headless", 0)]
    [DataRow("fleet export -h", "Usage:", 0)]
    [DataRow("dmo --help", "the .NET 10 SDK is missing", 3)]
    [DataRow("demo --bords --help", "the .NET 10 SDK is missing", 3)]
    [DataRow("", "the .NET 10 SDK is missing", 3)]
    public async Task A_clean_clone_answers_help_without_a_build_or_an_SDK(string words, string says, int code)
    {
        string clone = Directory.CreateTempSubdirectory("edgechat-clone-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(clone, "tools"));
            File.Copy(Copy, Path.Combine(clone, "tools", "edgechat.help"));
            File.Copy(Repository.File("tools/edgechat"), Path.Combine(clone, "tools", "edgechat"));
            foreach (string program in new[] { "awk", "dirname", "bash" }) // a PATH without dotnet
                File.CreateSymbolicLink(Path.Combine(clone, program), Where(program));
            var start = new ProcessStartInfo(Where("bash")) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Path.Combine(clone, "tools", "edgechat"));
            foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) start.ArgumentList.Add(word);
            start.Environment["PATH"] = clone;
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync() + await error;
            await process.WaitForExitAsync();
            Assert.AreEqual(code, process.ExitCode, output);
            StringAssert.Contains(output, says);
        }
        finally
        {
            Directory.Delete(clone, true);
        }
    }

    // What a build is told when the one before it came to its end, failed, or was cut off.
    [TestMethod]
    [DataRow("exit 0", 0, false)]
    [DataRow("exit 1", 3, false)]
    [DataRow("kill -9 $PPID", 137, true)]
    public async Task A_build_that_was_cut_off_is_done_anew_by_the_next(string end, int code, bool isAnew)
    {
        string clone = Directory.CreateTempSubdirectory("edgechat-clone-").FullName;
        try
        {
            foreach (string folder in new[] { "tools", "firmware", "hardware", "bin" })
                Directory.CreateDirectory(Path.Combine(clone, folder));
            File.Copy(Repository.File("tools/edgechat"), Path.Combine(clone, "tools", "edgechat"));
            string dotnet = Path.Combine(clone, "bin", "dotnet");
            void Answer(string script) =>
                File.WriteAllText(dotnet, $"#!/bin/sh\n[ \"$1\" = build ] || exit 0\necho \"$@\" >> {clone}/builds\n{script}\n");
            File.Copy(Repository.File("tools/edgechat"), dotnet); // for its mode
            Answer(end);
            Assert.AreEqual(code, await Start(clone));
            Answer("exit 0");
            Assert.AreEqual(0, await Start(clone));
            string[] builds = File.ReadAllLines(Path.Combine(clone, "builds"));
            Assert.HasCount(2, builds);
            Assert.IsFalse(builds[0].Contains("--no-incremental", StringComparison.Ordinal));
            Assert.AreEqual(isAnew, builds[1].Contains("--no-incremental", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(clone, true);
        }
    }

    private static async Task<int> Start(string clone)
    {
        var start = new ProcessStartInfo(Where("bash")) { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(clone, "tools", "edgechat"));
        start.Environment["PATH"] = Path.Combine(clone, "bin") + ":" + start.Environment["PATH"];
        using Process process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task AddAsync(StringBuilder all, string[] path)
    {
        var output = new StringWriter { NewLine = "\n" };
        using var host = new ToolHost { Out = output, Error = new StringWriter(), In = new LineInput(Stream.Null) };
        Assert.AreEqual(ExitCode.Success, await EdgeChatCommand.RunAsync([.. path, "--help"], host));
        all.Append(string.Join(' ', new[] { "$ edgechat" }.Concat(path))).Append(" --help\n")
            .Append(output.ToString().Replace($"  {RootCommand.ExecutableName} ", "  edgechat ", StringComparison.Ordinal)).Append('\n');
        foreach (string below in CommandsOf(path)) await AddAsync(all, [.. path, below]);
    }

    private static string[] CommandsOf(string[] path)
    {
        using var host = new ToolHost { Out = TextWriter.Null, Error = TextWriter.Null, In = new LineInput(Stream.Null) };
        Command command = EdgeChatCommand.Create(host, () => { });
        foreach (string word in path) command = command.Subcommands.Single(c => c.Name == word);
        return [.. command.Subcommands.Select(c => c.Name)];
    }

    private static string Where(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, program)).First(File.Exists);
}

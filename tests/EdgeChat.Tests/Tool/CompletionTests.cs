using System.Diagnostics;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary><c>edgechat completion</c> in the shells themselves.</summary>
[TestClass]
public class CompletionTests
{
    // bash calls the function with the words in COMP_WORDS: bash(1), Programmable Completion
    private const string InBash = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        compopt() { :; }
        _edgechat
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    // without a terminal there is no line to complete: what the function gives to compadd is all that matters
    private const string InZsh = """
        compdef() { :; }
        _files() { print -l -- *(N); }
        compadd() { shift; for one in "$@"; do [[ $one == $words[CURRENT]* ]] && print -r -- "$one"; done; true; }
        source "$1"; shift
        words=("$@"); CURRENT=$#
        _edgechat
        """;

    private const string InFish = """
        source $argv[1]
        complete -C (string join ' ' -- $argv[2..]) | string replace -r '\t.*' ''
        """;

    [TestMethod]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("fish")]
    public async Task A_shell_completes_commands_options_values_and_files(string shell)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-completion-").FullName;
        try
        {
            using var tool = new ToolUnderTest();
            Assert.AreEqual(ExitCode.Success, await tool.StartAsync(null, "completion", shell));
            string script = Path.Combine(folder, "script");
            File.WriteAllText(script, tool.Out);
            string files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
            File.WriteAllText(Path.Combine(files, "fleet.yaml"), "");
            foreach ((string line, string[] has, string[] hasNot) in new (string, string[], string[])[]
            {
                ("edgechat ", ["demo", "chat", "completion"], ["--boards", "init"]),
                ("edgechat de", ["demo"], ["chat"]),
                ("tools/edgechat demo --b", ["--board", "--boards", "--broker"], ["--port"]),
                ("edgechat demo --board ", ["esp32-devkit", "m5stack-core"], ["--boards"]),
                ("edgechat demo --headless --board m", ["m5stack-core", "m5stickc-plus"], ["esp32-devkit"]),
                ("edgechat fleet ", ["check", "init"], ["demo"]),
                ("edgechat sim usb --chip ", ["esp32", "s3"], ["demo"]),
                ("edgechat chat --ca ", ["fleet.yaml"], ["--as"]),
            })
            {
                string[] given = await CompleteAsync(shell, script, files, line);
                foreach (string word in has) CollectionAssert.Contains(given, word, $"{shell}: {line}: {string.Join(' ', given)}");
                foreach (string word in hasNot) CollectionAssert.DoesNotContain(given, word, $"{shell}: {line}: {string.Join(' ', given)}");
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public async Task A_shell_that_is_not_known_is_named()
    {
        (int code, string error) = await ToolUnderTest.RunAsync("completion", "tcsh");
        Assert.AreEqual(ExitCode.Usage, code);
        StringAssert.Contains(error, "tcsh: no such shell; give bash, zsh or fish");
    }

    private static async Task<string[]> CompleteAsync(string shell, string script, string folder, string line)
    {
        string runner = Path.Combine(Path.GetDirectoryName(script)!, "run." + shell);
        File.WriteAllText(runner, shell switch { "bash" => InBash, "zsh" => InZsh, _ => InFish });
        var start = new ProcessStartInfo(shell) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        if (shell == "zsh") start.ArgumentList.Add("-f"); // without the settings of whoever runs the tests
        if (shell == "fish") start.ArgumentList.Add("--no-config");
        start.ArgumentList.Add(runner);
        start.ArgumentList.Add(script);
        foreach (string word in line.Split(' ')) start.ArgumentList.Add(word);
        start.Environment["HOME"] = Path.GetDirectoryName(script);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.AreEqual("", await error, $"{shell}: {line}");
        return lines;
    }
}

using System.CommandLine;

namespace EdgeChat.Tool.Commands.Completion;

/// <summary>The command line of <c>edgechat completion</c>.</summary>
public static class CompletionCommand
{
    private const string Description = """
        Prints what a shell needs to complete commands, options and their values with Tab.

        bash: source <(tools/edgechat completion bash), zsh: source <(tools/edgechat completion zsh),
        fish: tools/edgechat completion fish | source. It works for `edgechat` and for any path that ends in it.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        var command = new Command("completion", Description) { shell };
        command.SetAction(parsed =>
        {
            IReadOnlyList<CommandWords> all = CommandWords.Of(parsed.RootCommandResult.Command);
            host.Out.Write(parsed.GetValue(shell) switch
            {
                "bash" => ShellScripts.Bash(all),
                "zsh" => ShellScripts.Zsh(all),
                "fish" => ShellScripts.Fish(all),
                var other => throw new ToolException(ExitCode.Usage, $"{other}: no such shell; give bash, zsh or fish"),
            });
            host.Out.Flush();
            return ExitCode.Success;
        });
        return command;
    }
}

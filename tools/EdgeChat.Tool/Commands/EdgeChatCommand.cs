using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Brokers;
using EdgeChat.Tool.Bundles;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands.Completion;
using EdgeChat.Tool.Fleets;
using EdgeChat.Tool.Usb;
using EdgeChat.Usb;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Tool.Commands;

/// <summary>The whole command line: picks the command, and turns what goes wrong into one line and an exit code.</summary>
public static class EdgeChatCommand
{
    private const string Description = """
        EdgeChat: messages between ESP32 boards over MQTT, and the same boards on this PC.

        Begin with `edgechat demo`: it prints the address of a page with two boards that chat. `edgechat COMMAND --help` tells
        the options of a command.

        Exit codes: 0 well, 2 wrong command line, 3 this machine (a port in use, a folder that cannot be written),
        4 the broker is not there or refuses, 5 a board's flash cannot be read,
        6 a message not delivered in time, 7 a bundle damaged or not fitting,
        8 the fleet's file or store, 9 a board on a cable, 10 a broker that `broker check` finds wrong,
        11 a scenario's expectation did not hold, 20 and up the step of `provision` that failed, 1 a defect of edgechat.
        """;

    private const int HelpColumns = 132; // descriptions are in lines of at most so many

    /// <summary>Runs the command that <paramref name="args"/> name and returns its exit code. Throws nothing.</summary>
    /// <param name="args">The words of the command line.</param>
    /// <param name="host">The process around it.</param>
    /// <param name="firmware">What boards run; null for the real firmware.</param>
    public static async Task<int> RunAsync(string[] args, ToolHost host, Action? firmware = null)
    {
        RootCommand root = Create(host, firmware ?? Device.Program.Main);
        var parsed = root.Parse(args);
        // --help hides what is unknown beside it
        string? wrong = parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0 ? UsageError(parsed) : null;
        if (Nameless(parsed) is { } nameless)
            wrong = $"{NameOf(parsed.CommandResult)}: {nameless} is empty: give the name of a file or folder";
        if (wrong is not null)
        {
            host.Error.WriteLine(wrong);
            if (JsonOption.IsIn(parsed)) JsonOption.Fail(host, ExitCode.Usage, wrong);
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                // Signals come from the host, so that each command can end cleanly.
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (host.Stop.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (Exception e)
        {
            (int code, string message) = e switch
            {
                ToolException tool => (tool.ExitCode, e.Message),
                BundleException => (ExitCode.Bundle, e.Message),
                FleetException => (ExitCode.Fleet, e.Message),
                UsbException or LineGoneException => (ExitCode.Board, e.Message),
                UnauthorizedAccessException when OutputFault.Is(e) => (ExitCode.Machine, OutputFault.Words),
                IOException when FileFault.IsFull(e) => (ExitCode.Machine, $"{FileFault.Of(e)} (it goes on where it was)"),
                _ => (ExitCode.Defect, "this is a defect, please report it: " + e),
            };
            string[] faults = code == ExitCode.Defect ? [message] : message.Split('\n');
            foreach (string fault in faults) host.Error.WriteLine("edgechat: " + fault);
            if (JsonOption.IsIn(parsed)) JsonOption.Fail(host, code, message);
            return code;
        }
    }

    /// <summary>The command with all below it; <paramref name="firmware"/> is the boards' <c>Main</c>.</summary>
    public static RootCommand Create(ToolHost host, Action firmware)
    {
        var root = new RootCommand(Description)
        {
            DemoCommand.Create(host, firmware),
            ChatCommand.Create(host),
            BrokerCommand.Create(host),
            BundleCommand.Create(host),
            ProvisionCommand.Create(host),
            FleetCommand.Create(host),
            DoctorCommand.Create(host),
            MonitorCommand.Create(host),
            FlashCommand.Create(host),
            PortsCommand.Create(host),
            SimCommand.Create(host, firmware),
            CompletionCommand.Create(host),
        };
        root.SetAction(NoCommand);
        // the same in every terminal and in a pipe: tools/edgechat answers with a copy of it before the first build
        foreach (Option option in root.Options)
            if (option.Action is HelpAction help) help.MaxWidth = HelpColumns;
        return root;
    }

    private static int NoCommand(ParseResult parsed) => throw new ToolException(
        ExitCode.Usage, "no command given: `edgechat demo` shows two boards that chat, `edgechat --help` lists the commands");

    private static string UsageError(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = NameOf(parsed.CommandResult);
        var unknown = parsed.UnmatchedTokens.FirstOrDefault();
        if (unknown is null)
            return $"{name}: {Explain(parsed.Errors[0])}; see `{name} --help`";

        var known = unknown.StartsWith('-')
            ? command.Options.Select(o => o.Name).Append("--help")
            : command.Subcommands.Select(c => c.Name);
        var near = Nearest.Of(unknown, known);
        var hint = near is null ? "" : $", did you mean {near}?";
        var what = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"{name}: unknown {what} {unknown}{(hint.Length > 0 ? hint : ";")} see `{name} --help`";
    }

    // what is to be a file or folder and has no name, as in a script whose variable is empty
    private static string? Nameless(ParseResult parsed) => parsed.CommandResult.Children
        .Where(child => child.Tokens.Any(token => token.Value.Length == 0))
        .Select(child => child switch
        {
            OptionResult { Option: { HelpName: "FILE" or "DIR" or "ZIP" } option } => option.Name,
            ArgumentResult { Argument: { Name: "FILE" or "DIR" or "BUNDLE" } argument } => argument.Name,
            _ => null,
        })
        .FirstOrDefault(name => name is not null);

    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult above ? NameOf(above) + " " + result.Command.Name : "edgechat";

    // System.CommandLine names the type of .NET that it wanted; people want to know what to write.
    private static string Explain(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 1 } option when option.Option.ValueType == typeof(int) =>
            $"{option.Option.Name} {option.Tokens[0].Value}: expected a whole number",
        OptionResult { Tokens.Count: 1 } option
            when (Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType).IsEnum =>
            $"{option.Option.Name} {option.Tokens[0].Value}: expected {option.Option.HelpName!.Replace("|", " or ")}",
        ArgumentResult { Tokens.Count: 0 } argument => $"{argument.Argument.Name} is missing",
        CommandResult command when command.Command.Arguments.FirstOrDefault(
            a => a.Arity.MinimumNumberOfValues > 0 && command.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing
            => $"{missing.Name} is missing",
        _ => error.Message.TrimEnd('.'),
    };
}

using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Demo;
using EdgeChat.Tool.Demo.Scenarios;

namespace EdgeChat.Tool.Commands;

/// <summary>The command line of <c>edgechat demo</c>.</summary>
public static class DemoCommand
{
    private const string Description = """
        Runs the boards' firmware on this PC: boards that chat through an MQTT broker, on a page in the browser.

        Without options: boards alice and bob, a broker inside this process, a page on a free port of 127.0.0.1, and flash in a
        temporary folder. Ctrl-C lets the boards say goodbye and ends.
        """;

    /// <summary>Makes the command; <paramref name="firmware"/> is the boards' <c>Main</c>.</summary>
    public static Command Create(ToolHost host, Action firmware)
    {
        var boards = new Option<int>("--boards")
        {
            Description = $"How many boards, 1 to {DemoSettings.MaxBoards}: alice, bob, carol, dave, erin, board-06, ...",
            HelpName = "N",
            DefaultValueFactory = _ => 2,
        };
        var model = new Option<string>("--board")
        {
            Description = $"Which board they are: {string.Join(", ", BoardModel.Names)}",
            HelpName = "NAME",
            DefaultValueFactory = _ => new DemoSettings().Model,
            CompletionSources = { _ => BoardModel.Names.Select(name => new CompletionItem(name)) },
        };
        var broker = new Option<string?>("--broker")
        {
            Description = "Use this broker, for example a Mosquitto, instead of the one inside",
            HelpName = "[mqtt[s]://]HOST[:PORT]",
        };
        var tls = new Option<bool>("--tls") { Description = "Boards and broker speak TLS, and each board checks the broker's certificate" };
        var way = new Option<BrokerAuthentication>("--auth")
        {
            Description = "How boards prove to the broker inside who they are; by a certificate with --tls",
            HelpName = "password|certificate",
        };
        var ca = new Option<FileInfo?>("--ca")
        {
            Description = "The CA certificate (PEM) of --broker with TLS; the broker inside makes its own",
            HelpName = "FILE",
        };
        var port = new Option<int>("--port") { Description = "Port of the page on 127.0.0.1 (default: a free one)", HelpName = "PORT" };
        var data = new Option<string?>("--data")
        {
            Description = "Folder for the boards' flash, kept for next time (default: a temporary one)",
            HelpName = "DIR",
        };
        var skip = new Option<bool>("--skip-damaged")
        {
            Description = "Start boards whose messages in --data are damaged; they leave out what is",
        };
        var headless = new Option<bool>("--headless") { Description = "Draw the screens in this terminal, without a page" };
        var scenario = new Option<string?>("--scenario")
        {
            Description = "Play a scenario that the page has saved, or somebody wrote, without a page; 0 when all that it expects holds",
            HelpName = "FILE",
        };
        var open = new Option<bool>("--open") { Description = "Open the page in the browser" };
        var json = JsonOption.Create("Say where everything is in one line of JSON, for scripts");

        var command = new Command("demo", Description)
        {
            boards, model, broker, tls, way, ca, port, data, skip, headless, scenario, open, json,
        };
        command.SetAction((parsed, _) => new DemoRun(
            Check(With(parsed.GetValue(scenario), [parsed.GetResult(boards), parsed.GetResult(model)], new DemoSettings
            {
                Boards = parsed.GetValue(boards),
                Model = parsed.GetValue(model)!,
                Broker = Broker(parsed.GetValue(broker), parsed.GetValue(tls)),
                IsTls = parsed.GetValue(tls),
                Authentication = parsed.GetValue(way),
                Ca = parsed.GetValue(ca) is { } file ? BrokerTls.FileForBoards(file) : null,
                Port = parsed.GetValue(port),
                Data = parsed.GetValue(data),
                SkipsDamaged = parsed.GetValue(skip),
                IsHeadless = parsed.GetValue(headless),
                OpensBrowser = parsed.GetValue(open),
                PrintsJson = parsed.GetValue(json),
            })),
            host,
            firmware).RunAsync());
        return command;
    }

    private static BrokerAddress? Broker(string? text, bool isTls) =>
        text is null ? null : BrokerAddress.Parse(isTls && !text.Contains("://", StringComparison.Ordinal) ? "mqtts://" + text : text);

    private static DemoSettings With(string? scenario, OptionResult?[] boards, DemoSettings settings)
    {
        if (scenario is null) return settings;
        if (boards.FirstOrDefault(b => b is { Implicit: false })?.Option.Name is { } given)
            throw new ToolException(ExitCode.Usage, $"{given}: the scenario says which boards there are; leave {given} out");
        ScenarioFile file = ScenarioFile.Load(scenario);
        return settings with { Scenario = file, Boards = file.Boards, Model = file.Model, IsHeadless = true };
    }

    private static DemoSettings Check(DemoSettings settings)
    {
        if (settings.Boards is < 1 or > DemoSettings.MaxBoards)
            throw new ToolException(ExitCode.Usage, $"--boards {settings.Boards}: give a number from 1 to {DemoSettings.MaxBoards}");
        if (settings.Port is < 0 or > 65535)
            throw new ToolException(ExitCode.Usage,
                $"--port {settings.Port}: give a number from 1 to 65535, or leave it out for a free port");
        if (settings.IsHeadless && (settings.Port != 0 || settings.OpensBrowser))
            throw new ToolException(ExitCode.Usage,
                $"{(settings.Scenario is null ? "--headless" : "--scenario")} has no page: leave --port and --open out");
        if (settings.Broker is { IsTls: false } plain && settings.IsTls)
            throw new ToolException(ExitCode.Usage, $"--tls: --broker mqtt://{plain} is without TLS; write mqtts://, or leave --tls out");
        if (settings.Authentication == BrokerAuthentication.Certificate && settings.Broker is not null)
            throw new ToolException(ExitCode.Usage, "--auth certificate: is for the broker inside; at --broker a board comes with the "
                + $"{Fleet.BoardFiles.Certificate} and {Fleet.BoardFiles.Key} in its folder of --data");
        if (settings is { Authentication: BrokerAuthentication.Certificate, IsTls: false })
            throw new ToolException(ExitCode.Usage, "--auth certificate: is for TLS: add --tls");
        if (settings.Ca is not null && settings.Broker is not { IsTls: true })
            throw new ToolException(ExitCode.Usage, settings.Broker is null
                ? "--ca: is for --broker; the broker inside makes its own CA"
                : "--ca: is for TLS: write --broker mqtts://HOST, or add --tls");
        if (settings is { Broker: { IsTls: true } secure, Ca: null })
            throw new ToolException(ExitCode.Usage,
                $"--broker {secure}: a board trusts the CA that it is given and no other: add --ca FILE with the CA of this broker");
        _ = BoardModel.Load(settings.Model);
        return settings;
    }
}

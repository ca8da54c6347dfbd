using System.CommandLine;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>The command line of <c>edgechat doctor</c>.</summary>
public static class DoctorCommand
{
    private const string Description = """
        Looks for what would keep a fleet from being provisioned: ports, file, clock, store, bundles, broker, CA, versions.
        Each finding comes with its cure. Ends with 0 when nothing is wrong.
        """;

    private const string BoardsTimeServer = "0.pool.ntp.org"; // what nanoFramework asks unless it is told another

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var fleet = new FleetOptions(host);
        var json = JsonOption.Create("One JSON object a finding");
        var command = new Command("doctor", Description) { json };
        fleet.AddTo(command);
        command.SetAction((parsed, _) => host.WholeAsync(RunAsync(parsed)));
        return command;

        async Task<int> RunAsync(ParseResult parsed)
        {
            var doctor = new Doctor(f => host.Out.WriteLine(parsed.GetValue(json)
                ? ToolJson.Object(("what", f.What), ("well", f.IsWell), ("text", f.Text))
                : $"{(f.IsWell ? "well" : "WRONG"),-5}  {f.What,-8}  {f.Text}"));
            doctor.Ports();
            FleetFile? file = doctor.Fleet(needed => fleet.Fleet(parsed, needed));
            string[] servers = file is null ? [BoardsTimeServer] : [file.Broker.Host, BoardsTimeServer];
            await doctor.ClockAsync(servers, TimeServer.Port, TimeProvider.System, host.Stop);
            if (file is not null)
            {
                doctor.Wifi(file);
                using FleetStore? store = doctor.Store(() => fleet.Store(parsed, file, StoreUse.Write));
                doctor.Bundles(file, store);
                doctor.Certificates(file, store);
                await doctor.BrokerAsync(file, store, host.Stop);
            }

            return doctor.IsWell ? ExitCode.Success : ExitCode.Machine;
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Fleet.Tests;

/// <summary>A real Mosquitto of one test.</summary>
internal sealed class Mosquitto : IDisposable
{
    public const string Acl = """
        pattern write ec1/i/+/%u
        pattern read ec1/i/%u/+
        pattern write ec1/g/+/%u
        pattern read ec1/g/+/+
        pattern readwrite ec1/p/%u
        pattern read ec1/p/+
        pattern write ec1/d/%u
        pattern read ec1/d/+
        pattern readwrite ec1/r/+
        pattern write ec1/x/%u

        """;

    private readonly Process _process;
    private readonly ReservedPorts _ports;

    private Mosquitto(Process process, ReservedPorts ports)
    {
        _process = process;
        _ports = ports;
    }

    public int Port => _ports.First;

    public static async Task<Mosquitto> StartAsync(TestFolder folder, params string[] settings)
    {
        ReservedPorts ports = ReservedPorts.Take();
        int port = ports.First;
        File.WriteAllLines(folder["mosquitto.conf"],
        [
            $"listener {port} 127.0.0.1", $"pid_file {folder["pid"]}",
                .. Environment.IsPrivilegedProcess ? ["user root"] : Array.Empty<string>(),
            .. settings,
        ]);
        string program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        Process process = Process.Start(new ProcessStartInfo(program, ["-c", folder["mosquitto.conf"]]) { RedirectStandardError = true })!;
        var broker = new Mosquitto(process, ports);
        process.BeginErrorReadLine();
        while (!process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                if (File.Exists(folder["pid"])) return broker;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        throw new InvalidOperationException($"mosquitto ended with {process.ExitCode}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _ports.Dispose();
    }
}

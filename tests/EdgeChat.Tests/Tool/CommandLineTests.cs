using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Tests.Tool;

/// <summary>What a user does wrong is said in one line that names it and the cure, with an exit code for scripts.</summary>
[TestClass]
public class CommandLineTests
{
    [TestMethod]
    [DataRow("demo --bords 3", "unknown option --bords, did you mean --boards?")]
    [DataRow("demo --zzz", "unknown option --zzz;")]
    [DataRow("dmo", "unknown command dmo, did you mean demo?")]
    [DataRow("dmeo", "unknown command dmeo, did you mean demo?")]
    [DataRow("demo alice", "unknown argument alice")]
    [DataRow("demo --boards two", "--boards two: expected a whole number")]
    [DataRow("demo --boards 0", "--boards 0: give a number from 1 to 64")]
    [DataRow("demo --boards 65", "--boards 65: give a number from 1 to 64")]
    [DataRow("demo --boards", "--boards")]
    [DataRow("demo --port 65536", "--port 65536: give a number from 1 to 65535")]
    [DataRow("demo --board toaster", "--board 'toaster': there is no such board; choose one of")]
    [DataRow("demo --broker localhost:mqtt", "the port 'mqtt' is not a number")]
    [DataRow("demo --broker localhost:0", "the port '0' is not a number from 1 to 65535")]
    [DataRow("demo --broker localhost:", "the port is missing")]
    [DataRow("demo --broker :1883", "'' is not a host name")]
    [DataRow("demo --broker ::1:1883", "an IPv6 address stands in brackets")]
    [DataRow("demo --broker [::1:1883", "the ']' of the IPv6 address is missing")]
    [DataRow("demo --broker mqtt://localhost:mqtt", "the port 'mqtt' is not a number")]
    [DataRow("demo --broker mqtts://localhost", "a board trusts the CA that it is given and no other: add --ca FILE")]
    [DataRow("demo --broker ws://localhost", "only mqtt:// and mqtts:// are spoken")]
    [DataRow("demo --broker localhost:1883/edge", "nothing follows the port")]
    [DataRow("demo --broker mqtt://alice@localhost", "an address here has no user")]
    [DataRow("dmo --help", "unknown command dmo, did you mean demo?")]
    [DataRow("demo --headless --port 8080", "--headless has no page")]
    [DataRow("demo --headless --open", "--headless has no page")]
    [DataRow("broker init x --kind foo", "--kind foo: expected mosquitto or rabbitmq or nats;")]
    [DataRow("broker init", "edgechat broker init: DIR is missing;")]
    [DataRow("broker password x --password-file y", "ID is missing")]
    [DataRow("", "no command given")]
    public async Task A_wrong_command_line_is_one_line_and_exit_code_2(string args, string says)
    {
        var (code, error) = await ToolUnderTest.RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.AreEqual(ExitCode.Usage, code, error);
        IsOneLine(error, says);
    }

    [TestMethod]
    public async Task A_secret_in_a_brokers_address_is_not_repeated()
    {
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", "mqtt://alice:hunter2@localhost");
        Assert.AreEqual(ExitCode.Usage, code, error);
        Assert.IsFalse(error.Contains("hunter2", StringComparison.Ordinal), error);
    }

    [TestMethod]
    public async Task A_port_in_use_is_exit_code_3_and_says_which()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--port", $"{port}");
        Assert.AreEqual(ExitCode.Machine, code, error);
        IsOneLine(error, $"--port {port}: another program listens there; choose another port");
    }

    [TestMethod]
    public async Task A_data_folder_that_cannot_be_written_is_exit_code_3()
    {
        // A file in the place of the folder: root cannot write there either.
        var file = Path.GetTempFileName();
        try
        {
            var (code, error) = await ToolUnderTest.RunAsync("demo", "--data", Path.Combine(file, "boards"));
            Assert.AreEqual(ExitCode.Machine, code, error);
            IsOneLine(error, "cannot write there");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public async Task A_broker_that_is_not_there_is_exit_code_4()
    {
        using ReservedPorts nobodys = ReservedPorts.Take();
        int port = nobodys.First;
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", $"127.0.0.1:{port}");
        Assert.AreEqual(ExitCode.Broker, code, error);
        IsOneLine(error, $"no broker answers at 127.0.0.1:{port}");
    }

    // return code 3 of CONNACK (OASIS MQTT 3.1.1, section 3.2.2.3)
    [TestMethod]
    public async Task A_broker_that_is_not_ready_is_told_so_and_not_as_a_wrong_password()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var stop = new CancellationTokenSource();
        Task serving = Task.Run(async () =>
        {
            while (true)
            {
                using TcpClient client = await other.AcceptTcpClientAsync(stop.Token);
                await client.GetStream().ReadExactlyAsync(new byte[1], stop.Token);
                await client.GetStream().WriteAsync(new byte[] { 0x20, 2, 0, 3 }, stop.Token);
            }
        });
        var address = BrokerAddress.Parse($"{other.LocalEndpoint}");
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", $"{address}");
        Assert.AreEqual(ExitCode.Broker, code, error);
        IsOneLine(error, $"the broker at {address} is not ready: wait, or look at its log");
        string? why = null;
        await Assert.ThrowsAsync<OperationCanceledException>(() => BrokerTalk.OpenAsync(new BrokerLogin(address), w =>
        {
            why = w;
            stop.Cancel();
        }, stop.Token));
        Assert.AreEqual($"the broker at {address} is not ready: wait, or look at its log", why);
        await Assert.ThrowsAsync<OperationCanceledException>(() => serving);
    }

    [TestMethod]
    public async Task Something_else_than_a_broker_is_exit_code_4()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await other.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", $"127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        await serving;
        Assert.AreEqual(ExitCode.Broker, code, error);
        IsOneLine(error, "127.0.0.1:");
    }

    [TestMethod]
    public async Task A_damaged_settings_file_is_exit_code_5_and_is_left_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            var file = Path.Combine(folder, "alice", "edgechat.json");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "{\n\"id\": \"alice\", \"contac");
            var (code, error) = await ToolUnderTest.RunAsync("demo", "--data", folder);
            Assert.AreEqual(ExitCode.Flash, code, error);
            IsOneLine(error, $"{file}: these are not the settings of board alice in line 2");
            Assert.AreEqual("{\n\"id\": \"alice\", \"contac", File.ReadAllText(file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public async Task The_real_process_ends_with_the_same_line_and_code()
    {
        var (code, error) = await RunProcessAsync(null, "demo", "--bords", "3");
        Assert.AreEqual(ExitCode.Usage, code, error);
        IsOneLine(error, "edgechat demo: unknown option --bords, did you mean --boards? see `edgechat demo --help`");
    }

    [TestMethod]
    public async Task A_home_that_cannot_be_written_is_no_defect_of_chat()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, error) = await RunProcessAsync(Path.Combine(file, "data"), "chat", "--as", "carol", "--to", "alice");
            Assert.AreEqual(ExitCode.Machine, code, error);
            IsOneLine(error, $"--data {Path.Combine(file, "data", "edgechat", "carol")}: cannot write there");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Code, string Error)> RunProcessAsync(string? dataHome, params string[] words)
    {
        var start =
            new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "edgechat.dll"));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        if (dataHome is not null)
            start.Environment["XDG_DATA_HOME"] = dataHome;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    private static void IsOneLine(string error, string says)
    {
        Assert.AreEqual(1, error.Count(c => c == '\n'), "not one line: " + error);
        StringAssert.StartsWith(error, "edgechat", error);
        StringAssert.Contains(error, says);
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Exceptions;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary><c>demo --tls</c>: whole boards at a broker that speaks nothing else.</summary>
[TestClass]
public class DemoTlsTests
{
    private const string Again = """
        edgechat scenario 1
        patience 170
        alice types send bob Hello
        expect alice received Hello
        broker off
        alice types send bob Again
        broker on
        expect alice received Again
        """;

    private static readonly TimeSpan Limit = Waiting.Longest;

    [TestMethod]
    public async Task Boards_and_a_peer_on_the_PC_chat_with_the_broker_inside_over_TLS_only()
    {
        using var demo = new ToolUnderTest();
        Task<int> run = demo.StartAsync(Firmware.Main, "demo", "--tls", "--json");
        await demo.PrintsAsync("\n", Limit);
        using JsonDocument start = JsonDocument.Parse(demo.Out);
        string broker = start.RootElement.GetProperty("broker").GetString()!;
        string ca = start.RootElement.GetProperty("ca").GetString()!;
        StringAssert.StartsWith(broker, "mqtts://127.0.0.1:");
        string history = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        using (var said = new StringWriter())
        using (var peer = new ToolHost { Out = said, Error = said, In = new LineInput(new MemoryStream("Hello bob\n"u8.ToArray())) })
            Assert.AreEqual(ExitCode.Success, await EdgeChatCommand.RunAsync(
                ["chat", "--as", "carol", "--to", "bob", "--broker", broker, "--ca", ca, "--data", history, "--timeout", "170"], peer),
                said.ToString());

        // plain text gets nowhere
        using IMqttClient plain = new MqttClientFactory().CreateMqttClient();
        BrokerAddress address = BrokerAddress.Parse(broker);
        await Assert.ThrowsAsync<MqttCommunicationException>(
            () => plain.ConnectAsync(new BrokerLogin(address with { IsTls = false }).Passing("plain")));
        demo.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run, demo.Error);
        Directory.Delete(history, recursive: true);
    }

    [TestMethod]
    public async Task Boards_prove_who_they_are_by_certificates_and_a_guest_needs_one_too()
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        string At(string name) => Path.Combine(folder, name);
        using (var demo = new ToolUnderTest())
        {
            Task<int> run = demo.StartAsync(Firmware.Main, "demo", "--tls", "--auth", "certificate", "--json", "--data", At("flash"));
            await demo.PrintsAsync("\n", Limit);
            using JsonDocument start = JsonDocument.Parse(demo.Out);
            string Of(string name) => start.RootElement.GetProperty(name).GetString()!;
            string[] chat = ["chat", "--as", "carol", "--to", "bob", "--broker", Of("broker"), "--ca", Of("ca"), "--data", At("carol")];
            using (var said = new StringWriter())
            using (var peer = new ToolHost { Out = said, Error = said, In = new LineInput(new MemoryStream("Hello\n"u8.ToArray())) })
                Assert.AreEqual(ExitCode.Success, await EdgeChatCommand.RunAsync(
                    [.. chat, "--cert", Of("cert"), "--key", Of("key"), "--timeout", "170"], peer), said.ToString());
            using (var said = new StringWriter())
            using (var peer = new ToolHost { Out = said, Error = said, In = new LineInput(Stream.Null) })
            {
                Assert.AreEqual(ExitCode.Broker, await EdgeChatCommand.RunAsync(chat, peer), said.ToString());
                StringAssert.Contains(said.ToString(),
                    "the broker wants a client certificate: give --cert FILE and --key FILE, which `edgechat broker certificate` makes");
            }

            demo.RequestStop();
            Assert.AreEqual(ExitCode.Success, await run, demo.Error);
        }

        // with the same folder, and broker off and on: each connection shows the certificate, whatever was kept of the last one
        File.WriteAllText(At("scenario"), Again);
        string[] again = ["demo", "--scenario", At("scenario"), "--tls", "--data", At("flash")];
        using (var tool = new ToolUnderTest())
        {
            int played = await tool.StartAsync(Firmware.Main, [.. again, "--auth", "certificate"]);
            Assert.AreEqual(ExitCode.Success, played, tool.Error + tool.Out);
        }

        Assert.IsTrue(File.Exists(At("flash/alice/client.pem")));
        using (var tool = new ToolUnderTest())
            Assert.AreEqual(ExitCode.Success, await tool.StartAsync(Firmware.Main, again), tool.Error + tool.Out);
        Assert.IsFalse(File.Exists(At("flash/alice/client.pem")) || File.Exists(At("flash/alice/client.key")));

        File.WriteAllText(At("flash/bob/client.key"), "of another broker");
        (int code, string error) = await ToolUnderTest.RunAsync([.. again, "--auth", "certificate"]);
        Assert.AreEqual(ExitCode.Flash, code);
        StringAssert.Contains(error, "client.key: is for another broker, and the one inside makes its own");
        Assert.AreEqual("of another broker", File.ReadAllText(At("flash/bob/client.key")));
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task A_scenario_plays_over_TLS_as_it_does_without()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Again);
        using var tool = new ToolUnderTest();
        int code = await tool.StartAsync(Firmware.Main, "demo", "--scenario", file, "--tls");
        File.Delete(file);
        Assert.AreEqual(ExitCode.Success, code, tool.Error + tool.Out);
    }

    [TestMethod]
    public async Task Boards_come_to_the_users_broker_over_TLS_with_the_CA_that_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        string At(string name) => Path.Combine(folder, name);
        using (var proof = new LoopbackCertificate("test"))
        {
            File.WriteAllBytes(At("ca.pem"), proof.Ca);
            File.WriteAllText(At("server.pem"), proof.OfServer.ExportCertificatePem());
            File.WriteAllText(At("server.key"), proof.OfServer.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(At("scenario"), "edgechat scenario 1\npatience 170\nalice types send bob Hello\nexpect alice received Hello\n");
        await using (var mosquitto = new MosquittoBroker(
            At("broker"), $"certfile {At("server.pem")}\nkeyfile {At("server.key")}\nallow_anonymous true"))
        {
            await mosquitto.StartAsync();
            using var tool = new ToolUnderTest();
            int code = await tool.StartAsync(Firmware.Main,
                "demo", "--scenario", At("scenario"), "--broker", $"mqtts://127.0.0.1:{mosquitto.Port}", "--ca", At("ca.pem"));
            Assert.AreEqual(ExitCode.Success, code, tool.Error + tool.Out);
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    [DataRow("--ca: is for --broker; the broker inside makes its own CA", "--tls", "--ca", "CA")]
    [DataRow("--ca: is for TLS: write --broker mqtts://HOST, or add --tls", "--broker", "h", "--ca", "CA")]
    [DataRow("--broker mqtts://h:8883: a board trusts the CA that it is given and no other: add --ca FILE", "--broker", "h", "--tls")]
    [DataRow("--auth certificate: is for the broker inside; at --broker a board comes with the client.pem and client.key in its folder",
        "--broker", "mqtts://h", "--ca", "CA", "--auth", "certificate")]
    [DataRow("--auth certificate: is for TLS: add --tls", "--auth", "certificate")]
    [DataRow("--tls: --broker mqtt://h:1883 is without TLS", "--broker", "mqtt://h", "--tls")]
    [DataRow("--ca /nowhere/ca.pem: ", "--broker", "mqtts://h", "--ca", "/nowhere/ca.pem")]
    [DataRow("it holds no PEM certificate; name the PEM file of the broker's CA", "--broker", "mqtts://h", "--ca", "EMPTY")]
    public async Task What_does_not_go_together_is_said(string error, params string[] words)
    {
        string file = Path.GetTempFileName();
        using (var proof = new LoopbackCertificate("test")) File.WriteAllBytes(file, words.Contains("EMPTY") ? [] : proof.Ca);
        var (code, said) = await ToolUnderTest.RunAsync(["demo", .. words.Select(w => w is "CA" or "EMPTY" ? file : w)]);
        File.Delete(file);
        Assert.AreEqual(ExitCode.Usage, code);
        StringAssert.Contains(said, error);
        Assert.AreEqual(1, said.Count(c => c == '\n'), said);
    }
}

using System.Text.Json;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Fleet.Tests;

/// <summary>The command lines of <c>edgechat fleet</c>, <c>provision</c>, <c>doctor</c> and <c>monitor</c>.</summary>
[TestClass]
public class FleetCommandTests
{
    [TestMethod]
    public async Task A_first_fleet_file_is_written_and_good()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        File.Delete(folder["fleet.yaml"]);
        string bundle = folder["edgechat.bundle"];
        Expect(0, await ToolRun.Of("fleet", "init", "--broker", "mqtt.home:1884", "--bundle", bundle, "--board", "a", "--board", "b",
            folder["fleet.yaml"]));
        FleetFile fleet = FleetReader.Load(folder["fleet.yaml"]);
        Assert.AreEqual(("mqtt.home", 1884, 2), (fleet.Broker.Host, fleet.Broker.Port, fleet.Boards.Count));
        StringAssert.Contains((await ToolRun.Of("fleet", "check", folder["fleet.yaml"])).Out, "2 boards, 0 groups, well");
        StringAssert.Contains(Expect(ExitCode.Fleet, await ToolRun.Of("fleet", "init", folder["fleet.yaml"])), "is not written over");
    }

    [TestMethod]
    public async Task A_dry_run_says_what_would_be_done_and_touches_nothing()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards + "\nseal: true\n");
        string[] before = Directory.GetFiles(folder.Path);
        var ran = await ToolRun.Of("provision", "--dry-run", "--fleet", folder["fleet.yaml"]);
        Assert.AreEqual(0, ran.Code, ran.Error);
        StringAssert.Contains(ran.Out, "alice: not provisioned");
        StringAssert.Contains(ran.Out, "a new password into " + folder["passwords"]);
        StringAssert.Contains(ran.Out, "board.json, ec.keys, ec.order, edgechat.json");
        CollectionAssert.AreEquivalent(before, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public async Task A_board_without_a_key_for_it_is_sent_no_configuration_that_others_can_read_unless_somebody_says_so()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        folder.HasProvisionedAlice();
        string[] configure = ["fleet", "configure", "alice", "--broker", "b.home", "--wait", "1", "--fleet", folder["fleet.yaml"],
            "--key-file", folder["store.key"]];
        string error = Expect(ExitCode.Fleet, await ToolRun.Of(configure));
        StringAssert.Contains(error, "alice: no key for a sealed configuration: `edgechat provision` puts one on a board");
        StringAssert.Contains(error, "--open");

        // a broker that is not there has taken nothing that the board could find later
        error = Expect(ExitCode.Broker, await ToolRun.Of([.. configure, "--open"]));
        StringAssert.Contains(error, "nothing was sent: no broker answers at broker.home:1883");
        using FleetStore store = folder.Store();
        Assert.IsFalse(store.History("alice").Any(e => e.What.Contains("not answered", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Files_for_nanoff_are_exported_with_an_identity_of_their_own()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["wifi"], "wifi-secret-7\n");
        folder.Fleet(TestFolder.TwoBoards + "\nwifi: { ssid: home, password-file: wifi }\n");
        StoreSecret.MakeKeyFile(folder["store.key"]);
        var ran = await ToolRun.Of(
            "provision", "--export", folder["out"], "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]);
        Assert.AreEqual(0, ran.Code, ran.Error);
        StringAssert.Contains(ran.Out, "--address 0x1E0000");
        using (var files = JsonDocument.Parse(File.ReadAllText(folder["out/alice/files.json"])))
            Assert.AreEqual(
                @"I:\board.json I:\ec.order I:\edgechat.json",
                string.Join(' ', files.RootElement.GetProperty("files").EnumerateArray()
                    .Select(f => f.GetProperty("DestinationFilePath"))));
        using (var network = JsonDocument.Parse(File.ReadAllText(folder["out/bob/network.json"])))
            Assert.AreEqual("WPA2_PSK2", network.RootElement.GetProperty("WirelessClient").GetProperty("Encryption").GetString());
        using (FleetStore store = folder.Store())
        {
            Assert.IsTrue(store.Boards().All(b => b.State == BoardState.Exported && b.Incarnation == 1));
            string password = store.Secret(Provisioner.SecretOf("alice"))!;
            StringAssert.Contains(File.ReadAllText(folder["out/alice/edgechat.json"]), password);
            Assert.IsFalse((ran.Out + ran.Error).Contains(password, StringComparison.Ordinal));
        }

        Assert.IsFalse(ran.Out.Contains("wifi-secret-7", StringComparison.Ordinal));
        Assert.IsFalse(File.Exists(folder["passwords"]), "the broker knows nothing of a board that may never be");
    }

    [TestMethod]
    public async Task The_store_is_listed_shown_exported_and_imported()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        using (FleetStore store = folder.Store())
        {
            store.Claim("alice", "24:6f:28:00:00:01");
            store.SetSecret(Provisioner.SecretOf("alice"), "board-secret");
            store.Record("alice", BoardState.Provisioned, "esp32");
        }

        string[] fleet = ["--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        var list = await ToolRun.Of(["fleet", "list", "--json", .. fleet]);
        using var json = JsonDocument.Parse(list.Out);
        Assert.AreEqual("provisioned", json.RootElement.GetProperty("state").GetString());
        StringAssert.Contains((await ToolRun.Of(["fleet", "show", "alice", .. fleet])).Out, "given to 24:6f:28:00:00:01 as incarnation 1");
        StringAssert.Contains(Expect(ExitCode.Fleet, await ToolRun.Of(["fleet", "show", "alcie", .. fleet])), "did you mean alice?");
        Expect(0, await ToolRun.Of(["fleet", "export", folder["export.json"], .. fleet]));
        Assert.IsFalse(File.ReadAllText(folder["export.json"]).Contains("board-secret", StringComparison.Ordinal));

        using var other = new TestFolder();
        other.Fleet();
        StoreSecret.MakeKeyFile(other["store.key"]);
        string[] there = ["--fleet", other["fleet.yaml"], "--key-file", other["store.key"]];
        StringAssert.Contains((await ToolRun.Of(["fleet", "import", folder["export.json"], .. there])).Out, "1 boards added");
        StringAssert.Contains((await ToolRun.Of(["fleet", "import", folder["export.json"], .. there])).Out, "0 boards added");
        using (FleetStore store = other.Store()) Assert.AreEqual(2, store.Claim("alice", "24:6f:28:00:00:01"), "1 was given elsewhere");
        File.WriteAllText(other["no.json"], "{}");
        StringAssert.Contains(Expect(ExitCode.Fleet, await ToolRun.Of(["fleet", "import", other["no.json"], .. there])), "is no export");
    }

    [TestMethod]
    public async Task A_first_fleet_file_is_one_that_is_read_again_whatever_it_was_asked_for()
    {
        using var folder = new TestFolder();
        string path = folder["fleet.yaml"];
        Expect(0, await ToolRun.Of("fleet", "init", "--broker", "mqtts://mqtt.home", "--name", "a: b #1", "--bundle", "x y.bundle", path));
        FleetFile fleet = FleetReader.Read(path, File.ReadAllText(path), FleetFiles.None);
        Assert.AreEqual(("a: b #1", true, 8883), (fleet.Name, fleet.Broker.Tls, fleet.Broker.Port));
        File.Delete(path);
        var made = await ToolRun.Of("fleet", "init", folder["second.yaml"]);
        Assert.AreEqual($"{folder["second.yaml"]}: edit it, then `edgechat fleet check {folder["second.yaml"]}`", made.Out.Trim());
        StringAssert.Contains(Expect(ExitCode.Usage, await ToolRun.Of("fleet", "init", "--board", "Al ice", path)), "characters of a-z");
        StringAssert.Contains(Expect(ExitCode.Usage, await ToolRun.Of("fleet", "init", "--board", "", path)), "an id has 1 to");
        StringAssert.Contains(
            Expect(ExitCode.Usage, await ToolRun.Of("fleet", "init", "--board", "a", "--board", "a", path)), "given twice");
        StringAssert.Contains(Expect(ExitCode.Fleet, await ToolRun.Of("fleet", "init", "--name", "", path)), "fleet");
        Assert.IsFalse(File.Exists(path));
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("null")]
    [DataRow("{\"format\":1}")]
    [DataRow("{\"format\":1,\"boards\":[null],\"incarnations\":[]}")]
    [DataRow("{\"format\":1,\"boards\":[],\"incarnations\":[{\"id\":\"a\",\"incarnation\":70000}]}")]
    [DataRow("{\"format\":1,\"boards\":[],\"incarnations\":[{\"id\":\"A B\",\"incarnation\":1}]}")]
    [DataRow("{\"format\":1,\"boards\":[{\"id\":\"a\",\"incarnation\":1,\"state\":\"Gone\"}],\"incarnations\":[]}")]
    [DataRow("{\"format\":1,\"boards\":[{\"id\":\"a\",\"incarnation\":1,\"state\":\"Claimed\"}],\"incarnations\":[]}")]
    public async Task What_is_no_export_is_not_imported(string text)
    {
        using var folder = new TestFolder();
        folder.Fleet();
        StoreSecret.MakeKeyFile(folder["store.key"]);
        File.WriteAllText(folder["x.json"], text);
        StringAssert.Contains(
            Expect(ExitCode.Fleet, await ToolRun.Of(
                "fleet", "import", folder["x.json"], "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"])),
            "x.json is ");
        using FleetStore store = folder.Store();
        Assert.IsEmpty(store.Boards());
        Assert.IsEmpty(store.Incarnations());
    }

    [TestMethod]
    public async Task What_flashes_no_board_needs_no_bundle()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards.Replace("host: broker.home", "host: 127.0.0.1, port: 1"));
        folder.HasProvisionedAlice();

        File.Delete(folder["edgechat.bundle"]);
        string[] fleet = ["--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        Expect(0, await ToolRun.Of(["fleet", "list", .. fleet]));
        Expect(0, await ToolRun.Of(["fleet", "show", "alice", .. fleet]));
        Expect(0, await ToolRun.Of(["fleet", "export", folder["export.json"], .. fleet]));
        Expect(0, await ToolRun.Of(["fleet", "import", folder["export.json"], .. fleet]));
        Expect(0, await ToolRun.Of(["fleet", "rotate", "alice", .. fleet]));
        StringAssert.Contains(
            Expect(ExitCode.Fleet, await ToolRun.Of(["provision", "--dry-run", .. fleet])), "names a file that is not there");
        var doctor = await ToolRun.Of(["doctor", .. fleet]);
        Assert.AreEqual(ExitCode.Machine, doctor.Code);
        StringAssert.Matches(
            doctor.Out,
            new(@"WRONG  file .*""bundle"" is .* names a file that is not there.*\nwell   clock.*\nwell   store +1 boards"));
    }

    [TestMethod]
    public async Task A_board_that_is_revoked_loses_its_password_and_its_id()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        File.WriteAllLines(folder["passwords"], [MosquittoPasswords.Line("alice", "x"), MosquittoPasswords.Line("bob", "y")]);
        folder.HasProvisionedAlice();

        string[] fleet = ["--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        Expect(0, await ToolRun.Of(["fleet", "rotate", "alice", .. fleet]));
        using (FleetStore store = folder.Store()) Assert.AreNotEqual("x", store.Secret(Provisioner.SecretOf("alice")));
        var revoked = await ToolRun.Of(["fleet", "revoke", "alice", "--json", .. fleet]);
        Assert.AreEqual("""{"id":"alice","mac":"24:6f:28:00:00:01","state":"revoked"}""", revoked.Out.TrimEnd(), revoked.Error);
        Assert.IsTrue(File.ReadAllText(folder["passwords"]).StartsWith("bob:", StringComparison.Ordinal));
        using (FleetStore store = folder.Store())
        {
            Assert.AreEqual(BoardState.Revoked, store.Find("alice")!.State);
            Assert.IsNull(store.Secret(Provisioner.SecretOf("alice")));
            Assert.AreEqual(2, store.Claim("alice", "24:6f:28:00:00:09"));
        }
    }

    [TestMethod]
    public async Task The_doctor_tells_each_fault_with_its_cure()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards.Replace("host: broker.home", "host: 127.0.0.1, port: 1"));
        using (FleetStore store = folder.Store())
        {
            store.Claim("alice", "24:6f:28:00:00:01");
            store.Record("alice", BoardState.Provisioned, "esp32", "EdgeChat.Device 0.0.1.0", "ESP32_REV3 1.16.0.1");
        }

        var ran = await ToolRun.Of("doctor", "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]);
        Assert.AreEqual(ExitCode.Machine, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Out, "alice has EdgeChat.Device 0.0.1.0, and the bundle EdgeChat.Device 0.1.0.0");
        StringAssert.Contains(ran.Out, "alice has the runtime ESP32_REV3 1.16.0.1, and the bundle ESP32_REV3 1.17.0.10: plug it in");
        StringAssert.Matches(ran.Out, new("WRONG  broker .*no broker answers at 127.0.0.1:1.*start it"));
        StringAssert.Contains(ran.Out, "well   clock");
    }

    [TestMethod]
    public async Task One_board_needs_no_fleet_file()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        string[] words =
        [
            "provision", "--dry-run", "--id", "zoe", "--name", "Zo\u00eb \"Z\" \U0001F642", "--broker", "b.home:1884", "--contact", "alice",
            "--bundle", folder["edgechat.bundle"], "--passwords", folder["passwords"], "--wifi", "net: #1", "--store", folder["one.db"],
            "--labels", folder["labels"],
        ];
        var ran = await ToolRun.Of(words);
        Expect(0, ran);
        StringAssert.Contains(ran.Out, "broker       b.home:1884");
        StringAssert.Contains(ran.Out, "wifi         net: #1");
        StringAssert.Contains(ran.Out, "a new password into " + folder["passwords"]);

        // the password of the Wi-Fi from a file, or nobody is there to be asked
        StoreSecret.MakeKeyFile(folder["store.key"]);
        string[] export = [.. words.Where(w => w != "--dry-run"), "--export", folder["out"], "--key-file", folder["store.key"]];
        StringAssert.Contains(Expect(ExitCode.Usage, await ToolRun.Of(export)), "its password is missing: give --wifi-password-file");
        File.WriteAllText(folder["wifi"], "wifi-secret-7\n");
        Expect(0, await ToolRun.Of([.. export, "--wifi-password-file", folder["wifi"]]));
        using var network = JsonDocument.Parse(File.ReadAllText(folder["out/zoe/network.json"]));
        JsonElement client = network.RootElement.GetProperty("WirelessClient");
        Assert.AreEqual(("net: #1", "wifi-secret-7"), (client.GetProperty("Ssid").GetString(), client.GetProperty("Password").GetString()));
        using var settings = JsonDocument.Parse(File.ReadAllText(folder["out/zoe/edgechat.json"]));
        Assert.AreEqual("Zo\u00eb \"Z\" \U0001F642", settings.RootElement.GetProperty("name").GetString());
    }

    [TestMethod]
    public async Task A_secret_is_asked_for_in_a_terminal_and_not_shown()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        var keys = new Queue<ConsoleKeyInfo>("a long passX\bphrase\ra long passphrase\r".Select(c => new ConsoleKeyInfo(
            c, c switch { '\r' => ConsoleKey.Enter, '\b' => ConsoleKey.Backspace, _ => ConsoleKey.A }, false, false, false)));
        using var host = new ToolHost
        {
            Out = new StringWriter(),
            Error = new StringWriter(),
            In = new LineInput(Stream.Null),
            HasTerminal = true,
            TerminalSize = () => (100, 30),
            ReadKey = keys.Dequeue,
        };
        string[] words = ["provision", "--export", folder["out"], "--fleet", folder["fleet.yaml"]];
        Assert.AreEqual(0, await EdgeChatCommand.RunAsync(words, host), host.Error.ToString());
        Assert.AreEqual(
            "Passphrase of the fleet's store: \nThe same again, for the new store: \n",
            host.Error.ToString()!.Replace("\r", "", StringComparison.Ordinal));
        using var store = FleetStore.Open(folder["fleet.db"], StoreSecret.Passphrase("a long passphrase"), "x");
        Assert.AreEqual(2, store.Boards().Count);
    }

    [TestMethod]
    public void In_a_terminal_each_board_has_a_line_and_what_became_of_it_stays_above()
    {
        var screen = new StringWriter();
        using var host = new ToolHost
        {
            Out = screen,
            Error = new StringWriter(),
            In = new LineInput(Stream.Null),
            HasTerminal = true,
            TerminalSize = () => (60, 4),
        };
        var report = new ProvisionReport(host, asJson: false);
        report.Begin();
        for (int i = 0; i < 5; i++) report.Report(new StepEvent($"port-{i}", $"board-{i}", null, Step.Flash, StepState.Running, null, 0.5));
        var done = new BoardOutcome("port-0", "board-0", null, "provisioned", TimeSpan.FromSeconds(12.3));
        var failed = new BoardOutcome("port-1", "board-1", Step.Birth, "it is dark: look at it", TimeSpan.FromSeconds(4));
        report.End(done);
        report.End(failed);
        Assert.AreEqual((int)Step.Birth, report.Sum([done, failed]));
        string text = screen.ToString();
        StringAssert.Contains(text, "port-0  board-0           provisioned (12.3 s)");
        StringAssert.Contains(text, "port-1  board-1           FAILED at birth after 4.0 s");
        StringAssert.Matches(text, new("port-2  board-2            3/13  flash        50 %    0:0"));
        StringAssert.Contains(text, "3 at work, 1 provisioned, 1 failed");
        Assert.IsFalse(text.Contains("port-4  ", StringComparison.Ordinal), "what has no room waits");
        Assert.IsTrue(text.TrimEnd().EndsWith("\e[1A\r\e[2K1 provisioned, 1 failed", StringComparison.Ordinal), "the table is gone");
        StringAssert.Contains(host.Error.ToString(), "edgechat: port-1 board-1: birth: it is dark: look at it");
    }

    [TestMethod]
    [DataRow("--replace says that one board is gone", "provision", "--replace")]
    [DataRow("--adopt goes on with one board", "provision", "--adopt")]
    [DataRow("--watch is for all boards", "provision", "--watch", "--id", "alice")]
    [DataRow("--id is for one board", "provision", "--id", "alice", "--port", "a", "--port", "b")]
    [DataRow("say with --id who it becomes", "provision", "--broker", "b.home", "--bundle", "x")]
    [DataRow("give --bundle", "provision", "--broker", "b.home", "--id", "alice")]
    [DataRow("--wifi is for one board", "provision", "--wifi", "home", "--id", "alice")]
    [DataRow("unknown option --wifi-password;", "provision", "--wifi-password", "secret")]
    [DataRow("names a file that is not there", "provision", "--broker", "b.home", "--id", "alice", "--bundle", "/nowhere/x")]
    [DataRow("is missing: with tls boards need", "provision", "--broker", "mqtts://b", "--id", "alice", "--bundle", "/nowhere/x")]
    [DataRow("--baud 1: give 300 to 4000000", "monitor", "x", "--baud", "1")]
    public async Task A_wrong_command_line_says_what_is_meant(string error, params string[] words) =>
        StringAssert.Contains(Expect(ExitCode.Usage, await ToolRun.Of(words)), error);

    [TestMethod]
    public async Task A_fleet_that_is_not_there_and_one_that_is_wrong_are_said()
    {
        using var folder = new TestFolder();
        StringAssert.Contains(
            Expect(ExitCode.Fleet, await ToolRun.Of("fleet", "check", folder["fleet.yaml"])), "`edgechat fleet init` writes a first one");
        Assert.ThrowsExactly<FleetException>(() => folder.Fleet("fleet: home\nboard: {}\nbords: {}"));
        string error = Expect(ExitCode.Fleet, await ToolRun.Of("provision", "--fleet", folder["fleet.yaml"]));
        Assert.IsTrue(error.TrimEnd().Split('\n').All(l => l.StartsWith("edgechat: ", StringComparison.Ordinal)), error);
    }

    private static string Expect(int code, (int Code, string Out, string Error) ran)
    {
        Assert.AreEqual(code, ran.Code, ran.Out + ran.Error);
        return ran.Error;
    }
}

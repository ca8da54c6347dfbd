namespace EdgeChat.Fleet.Tests;

/// <summary>The fleet file, checked whole.</summary>
[TestClass]
public class FleetReaderTests
{
    [TestMethod]
    public void A_fleet_is_read_with_what_its_boards_inherit()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["ca.pem"], "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        File.WriteAllText(folder["wifi"], "hunter2\n");
        FleetFile fleet = folder.Fleet("""
            fleet: home
            bundle: edgechat.bundle
            operator: ops
            time-zone: CET-1CEST,M3.5.0,M10.5.0/3
            keep-alive: 30
            peers: [carol]
            labels: labels
            broker: { host: broker.home, tls: true, ca: ca.pem, credentials: dynamic-security, admin: admin,
              admin-password-file: wifi, role: board }
            wifi: { ssid: home, password-file: wifi }
            groups:
              team: { name: Team, members: [alice, bob], admins: [alice] }
            boards:
              alice: { name: Alice, contacts: [bob, carol, ops], mac: 24-6F-28-00-00-01, keep-alive: 90 }
              bob:
            """);
        Assert.AreEqual("24:6f:28:00:00:01", fleet.Board("alice")!.Mac);
        Assert.AreEqual((90, 30), (fleet.Board("alice")!.KeepAlive, fleet.Board("bob")!.KeepAlive));
        Assert.AreEqual("CET-1CEST,M3.5.0,M10.5.0/3", fleet.Board("bob")!.TimeZone);
        Assert.AreEqual("bob", fleet.Board("bob")!.Name);
        Assert.AreEqual((8883, CredentialKind.DynamicSecurity), (fleet.Broker.Port, fleet.Broker.Credentials));
        Assert.AreEqual("team", fleet.GroupsOf("bob").Single().Id);
        Assert.AreEqual(folder["fleet.db"], fleet.Store);
    }

    [TestMethod]
    [DataRow("", "", false, false)]
    [DataRow("seal: false", "seal: true", false, true)]
    [DataRow("seal: true", "seal: false", true, false)]
    [DataRow("seal: true", "", true, false)]
    public void What_is_to_be_sealed_is_said_for_the_fleet_and_for_a_group(string fleet, string group, bool seals, bool groupSeals)
    {
        string yaml = $"fleet: home\n{fleet}\nbroker: {{ host: h }}\nboards: {{ a: {{}}, b: {{}} }}\n"
            + $"groups:\n  team:\n    members: [a, b]\n    {group}\n";
        FleetFile read = FleetReader.Read("fleet.yaml", yaml, FleetFiles.None);
        Assert.AreEqual((seals, groupSeals), (read.Seals, read.Groups.Single().Seals));
    }

    [TestMethod]
    [DataRow("boards:\n  alice: ", "[", "]")]
    [DataRow("boards: ", "{a: ", "}")]
    [DataRow("boards:\n  ", "- ", "")]
    public void What_is_nested_too_deeply_is_told_before_it_is_read(string before, string open, string close)
    {
        string text = before + string.Concat(Enumerable.Repeat(open, 40)) + "x" + string.Concat(Enumerable.Repeat(close, 40));
        FleetException e = Assert.ThrowsExactly<FleetException>(() => FleetReader.Read("fleet.yaml", text, FleetFiles.None));
        StringAssert.EndsWith(e.Message, "is nested more deeply than any fleet file");
    }

    [TestMethod]
    public void All_faults_are_told_at_once_with_their_lines()
    {
        using var folder = new TestFolder();
        string[] faults = Faults(folder, """
            fleet: home
            bundel: edgechat.bundle
            bundle: edgechat.bundle
            broker:
              host: broker.home
              prot: 1883
              credentials: mosquito
            wifi: { ssid: home, password: hunter2 }
            boards:
              alice: { contcts: [bob], contacts: [bbo, alice] }
              bob: { mac: 24-6F, keep-alive: 3 }
              Carol: {}
              fleet: { time-zone: Berlin }
            groups:
              team: { members: [alice, erin], admins: [bob] }
            """);
        Expect(faults, "line 2: \"bundel\" is no key, did you mean \"bundle\"?");
        Expect(faults, "line 6: \"broker.prot\" is no key, did you mean \"port\"?");
        Expect(faults, "line 7: \"broker.credentials\" is \"mosquito\"; it must be one of");
        Expect(faults, "did you mean mosquitto?");
        Expect(faults, "line 8: \"wifi.password\" is no key; a secret never stands in this file");
        Expect(faults, "line 10: \"boards.alice.contcts\" is no key, did you mean \"contacts\"?");
        Expect(faults, "board \"alice\": contact \"bbo\" is no board of this fleet and not among \"peers\", did you mean \"bob\"?");
        Expect(faults, "board \"alice\": contact \"alice\" is the board itself");
        Expect(faults, "line 11: \"boards.bob.mac\" is \"24-6F\"; it must be six pairs");
        Expect(faults, "line 11: \"boards.bob.keep-alive\" is \"3\"; it must be a whole number from 5 to 3600");
        Expect(faults, "board \"Carol\": an id has 1 to 16 characters");
        Expect(faults, "line 13: \"boards.fleet.time-zone\" is \"Berlin\"; it must be as POSIX writes it");
        Expect(faults, "board \"fleet\" has the id of the operator");
        Expect(faults, "group \"team\": member \"erin\" is no board");
        Expect(faults, "line 15: \"groups.team.admins\" names bob, who is no member");
        Assert.IsFalse(faults.Any(f => f.Contains("hunter2", StringComparison.Ordinal)), "a secret is not said again");
    }

    [TestMethod]
    [DataRow("fleet: [", "line 2: ")]
    [DataRow("fleet: home\nlabels: fleet.yaml\nbroker: {host: b}\nboards: {a: {}}",
        "line 2: \"labels\" is \"fleet.yaml\"; it names a file that is there, and must be a folder")]
    [DataRow("fleet: home\nstore: .\nbroker: {host: b}\nboards: {a: {}}",
        "line 2: \"store\" is \".\"; it names a folder, and must be a file")]
    [DataRow("- a\n- b", "must be one YAML mapping")]
    [DataRow("fleet: a\nfleet: b", "line 2: \"fleet\" stands twice in one mapping: take one of them away")]
    [DataRow("fleet: a\nboards: {a: {name: x, name: y}}", "line 2: \"name\" stands twice in one mapping: take one of them away")]
    [DataRow("fleet: a\nbroker:\n\thost: b", "line 3: is not YAML (")]
    [DataRow("fleet: a: b", "line 1: is not YAML (")]
    [DataRow("fleet: a\nstore: *db", "line 2: is not YAML (")]
    [DataRow("", "must be one YAML mapping")]
    [DataRow("fleet: home", "\"boards\" is missing")]
    [DataRow("fleet: home\nbroker: {}\nboards: {a: {}}", "\"broker.host\" is missing")]
    [DataRow("fleet: home\nbroker: {host: b, tls: true}\nboards: {a: {}}", "\"broker.ca\" is missing")]
    [DataRow("fleet: home\nbroker: {host: b, credentials: mosquitto}\nboards: {a: {}}", "\"broker.passwords\" is missing")]
    [DataRow("fleet: home\nbundle: gone\nbroker: {host: b}\nboards: {a: {}}", "names a file that is not there")]
    [DataRow("fleet: home\nbroker: {host: b}\nboards: {a: {}}", "\"boards.a.bundle\" is missing")]
    [DataRow("fleet: home\nbroker: {host: b}\nboards: 3", "must be a mapping with a name before each entry")]
    [DataRow("fleet: home\nbroker: {host: b}\nboards: {a: {mac: 24:6f:28:00:00:01}, b: {mac: 24:6F:28:00:00:01}}", "belongs to a and b")]
    public void Each_fault_says_what_is_wrong(string yaml, string fault)
    {
        using var folder = new TestFolder();
        Expect(Faults(folder, yaml), fault);
    }

    [TestMethod]
    public void A_file_of_another_encoding_gives_no_board_another_name()
    {
        using var folder = new TestFolder();
        const string Yaml = "fleet: home\nbroker: { host: b }\nboards:\n  a: { name: Åsa }\n";
        File.WriteAllText(folder["fleet.yaml"], Yaml, System.Text.Encoding.Latin1);
        var e = Assert.ThrowsExactly<FleetException>(() => FleetReader.Load(folder["fleet.yaml"], FleetFiles.None));
        StringAssert.EndsWith(e.Message, "fleet.yaml: cannot be read (line 4 is no text in UTF-8: save it as UTF-8)");
        foreach (var known in new[] { new System.Text.UTF8Encoding(true), System.Text.Encoding.Unicode })
        {
            File.WriteAllText(folder["fleet.yaml"], Yaml, known);
            Assert.AreEqual("Åsa", FleetReader.Load(folder["fleet.yaml"], FleetFiles.None).Boards[0].Name);
        }
    }

    [TestMethod]
    public void A_ca_with_a_private_key_is_refused()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["ca.pem"], "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n");
        string[] faults = Faults(folder, "fleet: home\nbroker: { host: b, tls: true, ca: ca.pem }\nboards: { a: {} }");
        Expect(faults, "holds a private key, which must not leave this machine");
    }

    [TestMethod]
    public void An_access_list_is_compared_with_what_the_protocol_needs()
    {
        using var folder = new TestFolder();
        string[] lines =
        [
            "pattern write ec1/i/+/%u", "pattern read ec1/i/%u/+", "pattern write ec1/g/+/%u", "pattern read ec1/g/+/+",
            "pattern readwrite ec1/p/%u", "pattern read ec1/p/+", "pattern write ec1/d/%u", "pattern read ec1/d/+",
            "pattern readwrite ec1/r/+", "pattern write ec1/x/%u",
        ];
        string yaml = TestFolder.TwoBoards.Replace("passwords: passwords", "passwords: passwords, acl: acl");
        File.WriteAllLines(folder["acl"], lines);
        folder.Fleet(yaml);
        File.WriteAllLines(folder["acl"], [.. lines.Skip(1), "pattern write ec1/p/#"]);
        string[] faults = Faults(folder, yaml);
        Expect(faults, "lacks the line `pattern write ec1/i/+/%u`");
        Expect(faults, "has `pattern write ec1/p/#`, with which each board may write as any other");
        Assert.AreEqual(2, faults.Length);
    }

    [TestMethod]
    public void An_access_list_needs_lines_for_the_groups_of_the_file()
    {
        using var folder = new TestFolder();
        string yaml = TestFolder.TwoBoards.Replace("passwords: passwords", "passwords: passwords, acl: acl")
            + "\ngroups:\n  team: { members: [alice, bob], admins: [alice] }\n";
        File.WriteAllText(folder["acl"], "");
        string[] lines = MosquittoAcl.Write(TopicRights.Of(FleetReader.Read(folder["fleet.yaml"], yaml, FleetFiles.None))).Split('\n');
        File.WriteAllLines(folder["acl"], lines);
        folder.Fleet(yaml);
        File.WriteAllLines(folder["acl"], lines.Where(l => !l.EndsWith("ec1/r/team", StringComparison.Ordinal)));
        Expect(Faults(folder, yaml), "lacks the line `topic write ec1/r/team` of user alice");
        Expect(Faults(folder, yaml), "lacks the line `topic read ec1/r/team` of user bob");
    }

    private static string[] Faults(TestFolder folder, string yaml) =>
        Assert.ThrowsExactly<FleetException>(() => folder.Fleet(yaml)).Message.Split('\n');

    private static void Expect(string[] faults, string fault) =>
        Assert.IsTrue(faults.Any(f => f.Contains(fault, StringComparison.Ordinal)), $"{fault}\nis not among\n{string.Join('\n', faults)}");
}

using System.Text;
using EdgeChat.Tool.Usb;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Fleet.Tests;

/// <summary>The whole commands with a real Mosquitto and a board behind a port, and then a look into everything that they have left and
/// said: no secret is in it but where it belongs.</summary>
[TestClass]
public class SecretTests
{
    private const string WifiPassword = "wifi-secret-7";

    [TestMethod]
    public async Task No_secret_is_in_any_output_argument_label_manifest_or_file()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["passwords"], "");
        File.WriteAllText(folder["acl"], Mosquitto.Acl);
        File.WriteAllText(folder["wifi"], WifiPassword + "\n");
        using Mosquitto broker = await Mosquitto.StartAsync(
            folder, "allow_anonymous false", $"password_file {folder["passwords"]}", $"acl_file {folder["acl"]}", "log_type all",
            $"log_dest file {folder["mosquitto.log"]}");
        WriteHook(folder);
        folder.Fleet($$"""
            fleet: home
            bundle: edgechat.bundle
            labels: labels
            broker: { host: 127.0.0.1, port: {{broker.Port}}, credentials: command, command: hook }
            wifi: { ssid: home, password-file: wifi }
            groups: { team: { name: Team, members: [alice, bob] } }
            boards: { alice: { name: Alice, contacts: [bob] }, bob: { name: Bob } }
            """);
        StoreSecret.MakeKeyFile(folder["store.key"]);
        string[] fleet = ["--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        using var board = new VirtualUsbBoard(new VirtualUsbOptions
        {
            Folder = folder["drive"],
            Program = new FirmwareProgram(
                "alice", BoardHardware.Load(EdgeChat.Tool.Demo.BoardModel.Load("esp32-devkit").Json),
                new StationBlock("home", WifiPassword), EdgeChat.Device.Program.Main),
        });
        using var port = new UsbPort("alice", board);
        var said = new StringBuilder();
        var secrets = new List<string> { WifiPassword, Convert.ToHexString(File.ReadAllBytes(folder["store.key"])) };
        await Run(["provision", "--id", "alice", "--port", port.Path, .. fleet]);
        Take();
        await Run(["fleet", "rotate", "alice", .. fleet]);
        Take();
        await Run(["provision", "--port", port.Path, "--json", .. fleet]);
        await Run(["provision", "--dry-run", .. fleet]);
        await Run(["provision", "--export", folder["out"], "--id", "bob", .. fleet]);
        Take();
        await Run(["fleet", "list", "--json", .. fleet]);
        await Run(["fleet", "show", "alice", .. fleet]);
        await Run(["fleet", "export", folder["export.json"], .. fleet]);
        await Run("bundle", "inspect", folder["edgechat.bundle"], "--json");
        await Run(["doctor", "--json", .. fleet]);
        await Run(["fleet", "revoke", "alice", .. fleet]);

        Assert.AreEqual(6, secrets.Count, "the Wi-Fi's, the key's, the operator's, alice's two, and bob's");
        StringAssert.Contains(File.ReadAllText(folder["out/bob/edgechat.json"]), secrets[^1]);
        StringAssert.Contains(File.ReadAllText(folder["words"]), "hook set alice");
        ExpectNone("what was printed", said.ToString());
        foreach (string file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            string name = System.IO.Path.GetRelativePath(folder.Path, file);
            // the board itself, what nanoff is to bring to it, and the file that somebody wrote
            if (name.StartsWith("drive/", StringComparison.Ordinal) || name.StartsWith("out/", StringComparison.Ordinal) || name == "wifi")
                continue;
            ExpectNone(name, Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        void ExpectNone(string where, string text)
        {
            foreach (string secret in secrets) Assert.IsFalse(text.Contains(secret, StringComparison.Ordinal), $"{where} has {secret}");
        }

        void Take()
        {
            using FleetStore store = folder.Store();
            foreach (string name in new[] { "operator", Provisioner.SecretOf("alice"), Provisioner.SecretOf("bob") })
                if (store.Secret(name) is { } secret && !secrets.Contains(secret)) secrets.Add(secret);
        }

        async Task Run(params string[] words)
        {
            var ran = await ToolRun.Of(words);
            said.Append(ran.Out).Append(ran.Error);
            Assert.AreEqual(0, ran.Code, $"{string.Join(' ', words)}: {ran.Out} {ran.Error}");
        }
    }

    // Keeps how it was called and what it sees of its environment; writes Mosquitto's own file with Mosquitto's own program.
    private static void WriteHook(TestFolder folder)
    {
        File.WriteAllText(folder["hook"], $$"""
            #!/bin/sh
            cd '{{folder.Path}}'
            tr '\0' ' ' < /proc/$$/cmdline >> words
            tr '\0' '\n' < /proc/$$/environ >> words
            if [ "$1" = set ]; then
              read -r password
              printf '%s:%s\n' "$2" "$password" > "$$.new"
              mosquitto_passwd -U "$$.new" 2>> words
              sed -i "/^$2:/d" passwords
              cat "$$.new" >> passwords
              rm "$$.new"
            else
              sed -i "/^$2:/d" passwords
            fi
            chmod 644 passwords
            kill -HUP "$(cat pid)"

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["hook"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

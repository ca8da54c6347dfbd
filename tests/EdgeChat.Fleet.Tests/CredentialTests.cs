using System.Diagnostics;

namespace EdgeChat.Fleet.Tests;

/// <summary>Passwords on their way to the broker.</summary>
[TestClass]
public class CredentialTests
{
    [TestMethod]
    public async Task A_line_is_added_changed_and_taken_away_and_the_others_stay()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["passwords"], "carol:$7$101$AAAA$BBBB\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["passwords"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var passwords = new MosquittoPasswords(folder["passwords"], null);
        await passwords.SetAsync("alice", "one", CancellationToken.None);
        await passwords.SetAsync("alice", "two", CancellationToken.None);
        string[] lines = File.ReadAllLines(folder["passwords"]);
        Assert.AreEqual("carol:$7$101$AAAA$BBBB", lines[0]);
        StringAssert.Matches(lines[1], new(@"^alice:\$7\$101\$[A-Za-z0-9+/]{16}\$[A-Za-z0-9+/]{86}==$"));
        Assert.AreEqual(2, lines.Length);
        await passwords.RemoveAsync("alice", CancellationToken.None);
        await passwords.RemoveAsync("alice", CancellationToken.None);
        Assert.AreEqual("carol:$7$101$AAAA$BBBB\n", File.ReadAllText(folder["passwords"]));
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(folder["passwords"]));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Who_is_taken_away_from_NATS_keeps_a_line_with_which_nobody_comes(bool hasCertificates)
    {
        using var folder = new TestFolder();
        string NameOf(string user, int number) => hasCertificates ? $"CN={user},SERIALNUMBER={number}" : user;
        string SecretOf(string user, int number) => hasCertificates ? NameOf(user, number) : $"secret-{number}";
        string[] LinesOf(string name) => [.. File.ReadLines(folder["users"])
            .Where(l => l.StartsWith($"{{ user: \"{name}\",", StringComparison.Ordinal))];
        void Comes(string name, bool may)
        {
            Assert.AreEqual(may, LinesOf(name).Single().Contains("[\"MQTT\"]", StringComparison.Ordinal), name);
            Assert.AreEqual(!may, LinesOf(name).Single().Contains("publish: [\"ec1.>\"], subscribe: { deny: [\">\"] }"), name);
        }

        var users = new NatsUsers(folder["users"], null, TopicRights.Of(["alice", "bob"]), hasCertificates);
        await users.SetAsync("alice", SecretOf("alice", 1), CancellationToken.None);
        await users.SetAsync("alicex", SecretOf("alicex", 1), CancellationToken.None);
        await users.SetAsync("alice", SecretOf("alice", 2), CancellationToken.None);
        Comes(NameOf("alice", 2), true);
        Comes(NameOf("alicex", 1), true);
        if (hasCertificates) Comes(NameOf("alice", 1), false);
        await users.RemoveAsync("alice", CancellationToken.None);
        Comes(NameOf("alice", 2), false);
        Assert.IsFalse(File.ReadAllText(folder["users"]).Contains("secret-2", StringComparison.Ordinal));
        await users.UpdateAsync(CancellationToken.None);
        Comes(NameOf("alice", 2), false);
        Comes(NameOf("alicex", 1), false); // who is none of the fleet
        await users.SetAsync("alice", SecretOf("alice", 2), CancellationToken.None);
        Comes(NameOf("alice", 2), true);
    }

    [TestMethod]
    public async Task What_cannot_be_written_leaves_nothing_beside_it()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["passwords"]);
        await Assert.ThrowsExactlyAsync<FleetException>(
            () => new MosquittoPasswords(folder["passwords"], null).SetAsync("alice", "one", CancellationToken.None));
        Assert.IsFalse(File.Exists(folder["passwords.new"]));
        EdgeChat.ImageKit.Samples.WriteAssemblies(folder["pe"]);
        Directory.CreateDirectory(folder["a.bundle"]);
        new EdgeChat.ImageKit.RuntimeWriter().WriteZip(folder.Path);
        var ran = await ToolRun.Of("bundle", "make", "--pe", folder["pe"], "--runtime", folder["ESP32_REV3-1.17.0.10.zip"],
            "--board", "esp32-devkit", "--out", folder["a.bundle"]);
        Assert.AreEqual(Tool.Commands.ExitCode.Bundle, ran.Code, ran.Error);
        StringAssert.Contains(ran.Error, "a.bundle: cannot be written");
        Assert.IsFalse(File.Exists(folder["a.bundle.new"]));
    }

    [TestMethod]
    public async Task A_line_that_is_no_text_is_not_made_another_one()
    {
        using var folder = new TestFolder();
        byte[] before = System.Text.Encoding.Latin1.GetBytes("carol:x\nåsa:y\n");
        File.WriteAllBytes(folder["passwords"], before);
        var e = await Assert.ThrowsExactlyAsync<FleetException>(
            () => new MosquittoPasswords(folder["passwords"], null).SetAsync("alice", "one", CancellationToken.None));
        StringAssert.Contains(e.Message, "line 2 is no text in UTF-8: save it as UTF-8");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(folder["passwords"]));
    }

    [TestMethod]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void A_file_of_another_user_is_not_taken_from_the_broker()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Inconclusive("only root can be two users");
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards.Replace("host: broker.home", "host: 127.0.0.1, port: 1"));
        using (FleetStore store = folder.Store()) store.Claim("alice", "24:6f:28:00:00:01");
        var ran = ShellRun.Of(folder, $"""
            echo bob:x > passwords
            chmod 644 passwords
            chown 1:1 passwords
            chown 65534:65534 . fleet.db store.key
            revoke="$tool fleet revoke alice --key-file store.key"
            HOME={folder.Path} setpriv --reuid 65534 --regid 65534 --clear-groups $revoke
            echo "revoke $?"
            $revoke
            echo "as root $?"
            stat -c 'owner %u:%g' passwords
            ls passwords.new
            """);
        string said = ran.Out + ran.Error;
        StringAssert.Matches(said, new("revoke 8\n(.|\n)*as root 0\nowner 1:1\n"), said);
        StringAssert.Contains(said, "passwords: the broker's passwords cannot be written (it belongs to another user, who could not read");
    }

    [TestMethod]
    public async Task Twenty_at_once_lose_no_line()
    {
        using var folder = new TestFolder();
        MosquittoPasswords[] both = [new(folder["passwords"], null), new(folder["passwords"], null)];
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => both[i % 2].SetAsync($"board-{i}", "x", CancellationToken.None)));
        Assert.AreEqual(20, File.ReadAllLines(folder["passwords"]).Length);
    }

    [TestMethod]
    public async Task A_pid_file_without_a_broker_is_said()
    {
        using var folder = new TestFolder();
        var passwords = new MosquittoPasswords(folder["passwords"], folder["pid"]);
        var e = await Assert.ThrowsExactlyAsync<FleetException>(() => passwords.SetAsync("alice", "x", CancellationToken.None));
        StringAssert.Contains(e.Message, "has no process id");
        File.WriteAllText(folder["pid"], "1");
        await Assert.ThrowsExactlyAsync<FleetException>(() => passwords.SetAsync("alice", "x", CancellationToken.None));
        using (Process ended = Process.Start("true"))
        {
            ended.WaitForExit();
            File.WriteAllText(folder["pid"], ended.Id.ToString());
        }

        e = await Assert.ThrowsExactlyAsync<FleetException>(() => passwords.SetAsync("alice", "x", CancellationToken.None));
        StringAssert.Contains(e.Message, "which is not Mosquitto");
    }

    [TestMethod]
    public async Task What_has_got_the_number_of_a_broker_that_was_killed_is_not_signalled()
    {
        using var folder = new TestFolder();
        using Process other = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        File.WriteAllText(folder["pid"], other.Id.ToString());
        ICredentials[] both = [
            new MosquittoPasswords(folder["passwords"], folder["pid"]),
            new NatsUsers(folder["users"], folder["pid"], TopicRights.Of(["alice"])),
        ];
        foreach (ICredentials passwords in both)
            StringAssert.Contains((await Assert.ThrowsExactlyAsync<FleetException>(
                () => passwords.SetAsync("alice", "x", CancellationToken.None))).Message, $"names process {other.Id}, which is not");
        var certificates = new CertificateCredentials(
            ClientCa.Create(folder["clients.pem"], "team", DateTimeOffset.UtcNow), null, folder["pid"]);
        StringAssert.Contains((await Assert.ThrowsExactlyAsync<FleetException>(
            () => certificates.RemoveAsync("alice", CancellationToken.None))).Message, $"names process {other.Id}, which is not");
        other.StandardInput.Close(); // it ends by itself, so nothing has ended it
        await other.WaitForExitAsync();
        Assert.AreEqual(0, other.ExitCode);
    }

    [TestMethod]
    public async Task A_command_gets_the_password_on_its_input_and_never_as_a_word()
    {
        using var folder = new TestFolder();
        var command = new CommandCredentials(Script(folder, "echo \"$@\" >> words; cat >> input; true"));
        await command.SetAsync("alice", "secret-1", CancellationToken.None);
        await command.RemoveAsync("alice", CancellationToken.None);
        Assert.AreEqual("set alice\nremove alice\n", File.ReadAllText(folder["words"]));
        Assert.AreEqual("secret-1\n", File.ReadAllText(folder["input"]));
    }

    [TestMethod]
    public async Task What_a_command_says_when_it_fails_is_told_without_the_password()
    {
        using var folder = new TestFolder();
        var command = new CommandCredentials(Script(folder, "read p; echo \"no room for $p\" >&2; exit 3"));
        var e = await Assert.ThrowsExactlyAsync<FleetException>(() => command.SetAsync("alice", "secret-1", CancellationToken.None));
        StringAssert.Contains(e.Message, "ended with 3: no room for (password)");
        e = await Assert.ThrowsExactlyAsync<FleetException>(
            () => new CommandCredentials(folder["gone"]).SetAsync("alice", "secret-1", CancellationToken.None));
        StringAssert.Contains(e.Message, "cannot be run");
    }

    private static string Script(TestFolder folder, string body)
    {
        string path = folder["hook"];
        File.WriteAllText(path, $"#!/bin/sh\ncd '{folder.Path}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}

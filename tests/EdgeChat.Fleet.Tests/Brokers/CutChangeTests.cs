using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Fleet.Tests;

/// <summary>A change of a broker's CA that is cut off behind any file that it writes or takes away: the folder is of use as it is, and the
/// same command completes it.</summary>
[TestClass]
public class CutChangeTests
{
    private const string Members = "check-admin check-member";
    private static readonly string[] Steps = ["--new", "--switch", "--drop old"];

    [TestMethod]
    [DataRow("")]
    [DataRow(" --clients")]
    public async Task Wherever_it_is_cut_off_the_folder_is_of_use_and_the_same_command_completes_it(string side)
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["b"], "--broker", "b.home", "--auth", "certificate")).Code);
        foreach (string step in Steps)
        {
            Copy(folder["b"], folder["before"]);
            IReadOnlyList<FileSystemEventArgs> all = await RecordAsync(folder["b"], step + side);
            Assert.IsNotEmpty(all);
            Copy(folder["b"], folder["after"]);
            for (int cut = 1; cut < all.Count; cut++)
            {
                Compose(folder, all.Take(cut));
                string where = $"{step}{side}, behind {all[cut - 1].ChangeType} of {all[cut - 1].Name}";
                await IsOfUseAsync(folder["b"], where);
                await IsCompletedAsync(folder, step + side, where);
            }

            Copy(folder["after"], folder["b"]);
        }
    }

    // what the command did to the files, in its order
    private static async Task<IReadOnlyList<FileSystemEventArgs>> RecordAsync(string path, string step)
    {
        var all = new List<FileSystemEventArgs>();
        var isOver = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(path) { InternalBufferSize = 65_536 };
        void Take(object sender, FileSystemEventArgs e)
        {
            if (e.Name == "over") isOver.TrySetResult();
            else if (!e.Name!.EndsWith("lock", StringComparison.Ordinal)) all.Add(e);
        }

        watcher.Created += Take;
        watcher.Deleted += Take;
        watcher.Renamed += Take;
        watcher.EnableRaisingEvents = true;
        await RunAsync(path, step);
        File.WriteAllText(Path.Combine(path, "over"), "");
        await isOver.Task.WaitAsync(TimeSpan.FromMinutes(1));
        watcher.EnableRaisingEvents = false;
        File.Delete(Path.Combine(path, "over"));
        return all;
    }

    // the folder as it was, with some of that; what was begun last is half, and what was written more than once has what it had at the end
    private static void Compose(TestFolder folder, IEnumerable<FileSystemEventArgs> some)
    {
        Copy(folder["before"], folder["b"]);
        FileSystemEventArgs[] events = [.. some];
        foreach (FileSystemEventArgs e in events)
        {
            string file = folder["b/" + e.Name], source = folder["after/" + e.Name!.Replace(".new", "", StringComparison.Ordinal)];
            if (e is RenamedEventArgs renamed) File.Move(folder["b/" + renamed.OldName], file, overwrite: true);
            else if (e.ChangeType == WatcherChangeTypes.Deleted) File.Delete(file);
            else if (e == events[^1]) File.WriteAllText(file, File.ReadAllText(source)[..(File.ReadAllText(source).Length / 2)]);
            else File.Copy(source, file, overwrite: true);
        }
    }

    private static async Task IsOfUseAsync(string path, string where)
    {
        BrokerFolder broker = BrokerFolder.Open(path);
        await broker.MendAsync(CancellationToken.None);
        using (X509Certificate2 server = X509Certificate2.CreateFromPemFile(broker.At("server.pem"), broker.At("server.key")))
            Assert.IsTrue(IsFrom(broker.Authorities, server), where);
        ClientCa clients = broker.Clients;
        string alice = clients.Issue("alice");
        using X509Certificate2 issued = ClientCertificate.Open(alice, alice);
        Assert.IsTrue(IsFrom(clients.Authorities, issued), where);
        // Mosquitto lets nobody come of a CA without a list
        int lists = File.ReadAllText(clients.RevokedFile).Split("BEGIN X509 CRL").Length - 1;
        Assert.IsGreaterThanOrEqualTo(clients.Authorities.Read().Count, lists, where);
        clients.Revoke("alice");
        foreach (string user in Members.Split(' '))
        {
            using X509Certificate2 certificate = ClientCertificate.Open(broker.CheckSecret(user), broker.CheckSecret(user));
            Assert.IsTrue(IsFrom(clients.Authorities, certificate), where);
        }

        (int code, _, string error) = await ToolRun.Of("broker", "update", path);
        Assert.AreEqual(0, code, $"{where}: {error}");
    }

    private static bool IsFrom(AuthorityFile file, X509Certificate2 certificate) => file.Read().Any(a => a.HasIssued(certificate));

    private static async Task IsCompletedAsync(TestFolder folder, string step, string where)
    {
        await RunAsync(folder["b"], step);
        foreach (string file in new[] { "ca.pem", "clients.pem" })
        {
            string Of(string at)
            {
                var opened = BrokerFolder.Open(folder[at]);
                return string.Join(' ', (file == "ca.pem" ? opened.Authorities : opened.Clients.Authorities).Read()
                    .Select(a => $"{a.Number}:{a.State}:{a.HasKey}"));
            }

            Assert.AreEqual(Of("after"), Of("b"), where);
        }

        Assert.IsEmpty(Directory.GetFiles(folder["b"], "server.*.new"), where);
    }

    private static async Task RunAsync(string path, string step)
    {
        (int code, _, string error) = await ToolRun.Of(["broker", "ca", path, .. step.Split(' ')]);
        Assert.AreEqual(0, code, error);
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

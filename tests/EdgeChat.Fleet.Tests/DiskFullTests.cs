using EdgeChat.Tool.Commands;
using EdgeChat.Usb.Virtual;

namespace EdgeChat.Fleet.Tests;

/// <summary>A full disk is said with its cure wherever something is written, and with room the same command is well again.</summary>
[TestClass]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public class DiskFullTests
{
    private const string Full = "the disk is full: make room";

    [TestMethod]
    public void A_label_for_which_there_is_no_room_is_written_next_time()
    {
        using var folder = new TestFolder();
        string part = FullFile(folder["labels"], "alice.png.new");
        var e = Assert.ThrowsExactly<FleetException>(() => BoardLabel.Write(folder["labels"], "alice", "Alice"));
        StringAssert.Contains(e.Message, Full);
        File.Delete(part);
        BoardLabel.Write(folder["labels"], "alice", "Alice");
    }

    [TestMethod]
    public async Task A_password_for_which_there_is_no_room_leaves_the_file_as_it_was()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["passwords"], "bob:x\n");
        string part = FullFile(folder.Path, "passwords.new");
        var passwords = new MosquittoPasswords(folder["passwords"], null);
        var e = await Assert.ThrowsExactlyAsync<FleetException>(() => passwords.SetAsync("alice", "x", CancellationToken.None));
        StringAssert.Contains(e.Message, Full);
        Assert.AreEqual("bob:x\n", File.ReadAllText(folder["passwords"]));
        File.Delete(part);
        await passwords.SetAsync("alice", "x", CancellationToken.None);
    }

    [TestMethod]
    public async Task An_export_for_which_there_is_no_room_is_written_next_time_with_another_identity()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards.Replace("name: Alice,", "name: Alice, mac: \"24:6f:28:00:00:01\",", StringComparison.Ordinal));
        StoreSecret.MakeKeyFile(folder["store.key"]);
        string[] words = ["provision", "--export", folder["out"], "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        string part = FullFile(folder["out/alice"], "deployment.bin");
        var ran = await ToolRun.Of(TextWriter.Null, words);
        Assert.AreEqual(ExitCode.Fleet, ran.Code);
        StringAssert.Contains(ran.Error, "alice cannot be written (" + Full);
        File.Delete(part);
        ran = await ToolRun.Of(TextWriter.Null, words);
        Assert.AreEqual(0, ran.Code, ran.Error);
        using FleetStore store = folder.Store();
        Assert.AreEqual((2, 1), (store.Find("alice")!.Incarnation, store.Find("bob")!.Incarnation));
    }

    [TestMethod]
    public async Task What_is_printed_onto_a_full_disk_ends_the_flash_which_goes_on_next_time()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        using var board = new VirtualUsbBoard(new VirtualUsbOptions { Folder = folder["drive"] });
        using var port = new UsbPort("board", board);
        var ran = await ToolRun.Of(new FullWriter(), "flash", folder["edgechat.bundle"], "--port", port.Path, "--json");
        Assert.AreEqual(ExitCode.Machine, ran.Code, ran.Error);
        StringAssert.Contains(ran.Error, Full);
        ran = await ToolRun.Of(TextWriter.Null, "flash", folder["edgechat.bundle"], "--port", port.Path);
        Assert.AreEqual(0, ran.Code, ran.Error);
    }

    [TestMethod]
    public async Task A_log_of_the_monitor_ends_it()
    {
        var ran = await ToolRun.Of(TextWriter.Null, "monitor", "/dev/nothing-there", "--log", "/dev/full");
        Assert.AreEqual(ExitCode.Machine, ran.Code, ran.Error);
        StringAssert.Contains(ran.Error, Full);
    }

    [TestMethod]
    public void A_key_and_an_export_of_the_store_leave_nothing_that_is_in_the_way()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        using (FleetStore store = folder.Store()) store.Claim("alice", "24:6f:28:00:00:01");
        const string Fleet = "--fleet ../fleet.yaml --key-file ../store.key";
        string said = InFullFolder(folder, $"""
            $tool fleet key new.key; echo "key $?"
            $tool bundle key sign.key; echo "sign $?"
            $tool fleet export export.json {Fleet}; echo "export $?"
            rm fill
            $tool fleet key new.key; echo "key $?"
            $tool bundle key sign.key; echo "sign $?"
            $tool fleet export export.json {Fleet}; echo "export $?"
            """);
        string[] codes = [.. said.Split('\n').Where(l => char.IsAsciiLetter(l.FirstOrDefault()) && char.IsAsciiDigit(l.LastOrDefault()))];
        Assert.AreEqual($"key {ExitCode.Fleet}; sign {ExitCode.Bundle}; export {ExitCode.Fleet}; key 0; sign 0; export 0",
            string.Join("; ", codes), said);
        Assert.AreEqual(3, said.Split(Full).Length - 1, said);
    }

    [TestMethod]
    public void A_store_without_room_says_so_and_is_whole()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards + "\nstore: full/fleet.db\n");
        folder.HasProvisionedAlice();

        const string Fleet = "--fleet ../fleet.yaml --key-file ../store.key";
        string said = InFullFolder(folder, $"""
            $tool fleet rotate alice {Fleet}; echo "rotate $?"
            $tool fleet list {Fleet}; echo "list $?"
            rm fill
            $tool fleet rotate alice {Fleet}; echo "rotate $?"
            """, "cp ../fleet.db .");
        StringAssert.Contains(said, $"rotate {ExitCode.Fleet}\n", said);
        StringAssert.Contains(said, Full);
        StringAssert.Matches(said, new(@"alice  .*provisioned(.|\n)*list 0\n(.|\n)*rotate 0\n"));
    }

    private sealed class FullWriter : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(string? value)
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.WriteByte((byte)'x');
        }
    }

    // a name whose file takes nothing
    private static string FullFile(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        string path = System.IO.Path.Combine(folder, name);
        File.CreateSymbolicLink(path, "/dev/full");
        return path;
    }

    // Runs a script in a small file system of its own that is full
    private static string InFullFolder(TestFolder folder, string script, string before = "true") =>
        OwnDisk.Run(folder, "full", $"""
            {before}
            cat /dev/zero > fill 2> ../dd.log
            {script}
            """);
}

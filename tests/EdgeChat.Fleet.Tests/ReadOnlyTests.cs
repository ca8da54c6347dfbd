using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>A store that cannot be written is still told of; whatever would change it is refused before the broker or a board is
/// changed.</summary>
[TestClass]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public class ReadOnlyTests
{
    [TestMethod]
    public void A_store_that_cannot_be_written_is_listed_and_nothing_is_changed_that_it_could_not_keep()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards + "\nstore: disk/fleet.db\n");
        string passwords = MosquittoPasswords.Line("alice", "x") + "\n";
        File.WriteAllText(folder["passwords"], passwords);
        folder.HasProvisionedAlice();

        const string Fleet = "--fleet ../fleet.yaml --key-file ../store.key";
        string said = OwnDisk.Run(folder, "disk", $"""
            cp ../fleet.db .
            sum=$(cksum < fleet.db)
            mount -o remount,ro none ../disk
            $tool fleet list {Fleet}; echo "list $?"
            $tool fleet show alice {Fleet}; echo "show $?"
            $tool fleet export ../export.json {Fleet}; echo "export $?"
            $tool provision --dry-run {Fleet}; echo "plan $?"
            $tool fleet rotate alice {Fleet}; echo "rotate $?"
            $tool fleet revoke alice {Fleet} --json; echo "revoke $?"
            $tool provision --export ../out {Fleet}; echo "nanoff $?"
            $tool provision --watch --port 'no*' {Fleet}; echo "watch $?"
            [ "$sum" = "$(cksum < fleet.db)" ] && echo "same 0"
            """);
        string[] codes = [.. said.Split('\n').Where(l => char.IsAsciiLetter(l.FirstOrDefault()) && char.IsAsciiDigit(l.LastOrDefault()))];
        Assert.AreEqual(
            "list 0; show 0; export 0; plan 0; rotate 8; revoke 8; nanoff 8; watch 8; same 0",
            string.Join("; ", codes.Where(c => c.Split(' ').Length == 2)), said);
        Assert.AreEqual(
            5, said.Split("fleet.db: the store cannot be used: it cannot be written: run the command as who has made it").Length - 1, said);
        StringAssert.Contains(said, """{"event":"error","code":8,"message":""");
        Assert.AreEqual(passwords, File.ReadAllText(folder["passwords"]));
        Assert.IsFalse(Directory.Exists(folder["out"]));
        Assert.AreEqual(8, ExitCode.Fleet);
    }
}

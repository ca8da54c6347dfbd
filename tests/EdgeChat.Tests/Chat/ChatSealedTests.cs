using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Fleet;
using EdgeChat.Tests.Screens;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Chat;

/// <summary>The peer on a PC with keys: an admin of a sealed group as a board is, and the security code for a phone to read.</summary>
[TestClass]
public sealed class ChatSealedTests : ChatFolder
{
    private static readonly string[] Ids = ["alice", "bob", "carol"];

    private readonly string _secret = PairKeys.NewSecret();

    [TestMethod]
    [Timeout(120_000)]
    public async Task As_admin_of_a_sealed_group_it_makes_the_next_key_when_another_leaves()
    {
        foreach (string id in Ids) GiveKeys(id);
        await using Peer alice = await PeerAsync("alice");
        await using Peer bob = await PeerAsync("bob");
        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, Args());
        TimeSpan limit = Waiting.Longest;
        await tool.PrintsAsync("online", limit);
        await alice.DoAsync(engine =>
        {
            int group = engine.Messenger.CreateGroup("team", "Team", alice.NowMs);
            foreach (string id in Ids[1..]) Assert.AreEqual(SendError.None, engine.Messenger.AddMember(group, id, alice.NowMs));
            Assert.AreEqual(SendError.None, engine.Messenger.SetAdmin(group, "carol", true, alice.NowMs));
            engine.Wake(alice.NowMs);
        });
        await UntilMemberAsync(bob);
        await tool.PrintsAsync("/accept team or /decline team", limit);
        tool.TypeKeys("/accept team\rfrom the admin\r");
        await UntilAsync(bob, engine => TextsOf(engine.Messenger, "#team").Contains("from the admin"));
        await UntilAsync(alice, engine => TextsOf(engine.Messenger, "#team").Contains("from the admin"));

        await alice.DoAsync(engine =>
        {
            Assert.AreEqual(SendError.None, engine.Messenger.RemoveMember(engine.Messenger.Find("team", true), "alice", alice.NowMs));
            engine.Wake(alice.NowMs);
        });
        await UntilAsync(bob, engine => engine.Messenger.MemberCountOf(engine.Messenger.Find("team", true)) == 2);
        tool.TypeKeys("with the next key\r");
        await UntilAsync(bob, engine => TextsOf(engine.Messenger, "#team").Contains("with the next key"));
        await bob.DoAsync(engine =>
        {
            int group = engine.Messenger.Find("team", true);
            Assert.IsTrue(engine.Messenger.IsSealed(group));
            byte[] text = "read here alone"u8.ToArray();
            Assert.AreEqual(SendError.None, engine.Messenger.SendText(group, text, text.Length, -1, bob.NowMs));
            engine.Wake(bob.NowMs);
        });
        await tool.PrintsAsync("read here alone", limit);
        Assert.DoesNotContain("read here alone", await TextsAsync(alice, "#team"));
        tool.TypeKeys("/quit\r");
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_phone_reads_the_security_code_off_the_terminal()
    {
        GiveKeys("alice");
        GiveKeys("carol");
        await using Peer alice = await PeerAsync("alice");
        string code = await alice.AskAsync(engine => engine.Messenger.SecurityCodeOf("carol"));
        using var tool = new ToolUnderTest((80, 24));
        Task<int> run = tool.StartAsync(null, Args("--to", "alice"));
        TimeSpan limit = Waiting.Longest;
        await tool.PrintsAsync("─ alice ─", limit);
        tool.TypeKeys("/key\r");
        await tool.PrintsAsync("alice must show the same code: " + code, limit);
        tool.TypeKeys("/quit\r");
        Assert.AreEqual(ExitCode.Success, await run, tool.Error);
        string[] lines = [.. tool.Out.Split('\n').Select(Blocks).Where(l => l.Length > 0)];
        Assert.AreEqual(code, QrReader.Read(lines));
    }

    // of a line its half blocks, without what colours it
    private static string Blocks(string line)
    {
        int from = line.IndexOfAny(['█', '▀', '▄']);
        return from < 0 ? "" : line[from..(line.LastIndexOfAny(['█', '▀', '▄']) + 1)];
    }

    private void GiveKeys(string id)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, id)).FullName;
        byte[] keys = PairKeys.Of(_secret, id, 1, [.. Ids.Where(other => other != id)]);
        File.WriteAllBytes(Path.Combine(folder, SealTable.KeysFile), keys);
    }
}

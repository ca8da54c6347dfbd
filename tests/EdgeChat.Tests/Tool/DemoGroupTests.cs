using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tests.Brokers;
using EdgeChat.Tool.Commands;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary>Groups that are made while the demo runs, under the rights of its broker.</summary>
[TestClass]
public class DemoGroupTests
{
    [TestMethod]
    public async Task Boards_seal_a_group_and_its_broker_lets_them()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """
            edgechat scenario 1
            boards 3
            patience 170
            alice types group create team bob carol
            expect bob console team
            expect carol console team
            alice types send #team Hello both
            expect alice received Hello both
            bob types send #team Back to both
            expect bob received Back to both
            """);
        using var tool = new ToolUnderTest();
        int code = await tool.StartAsync(Firmware.Main, "demo", "--scenario", file);
        File.Delete(file);
        Assert.AreEqual(ExitCode.Success, code, tool.Error + tool.Out);
    }

    [TestMethod]
    public async Task A_guests_group_is_open_and_who_was_removed_learns_of_it_and_hears_no_more()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        await using var zoe = new PeerUnderTest(demo.Broker.Address, "zoe", null);
        await zoe.SendAsync("alice", "hello");
        await zoe.Has("alice", Tick.Two);
        demo.Alice.Type("send zoe hello to you\r"u8);
        await zoe.Until("written to by alice", e =>
            e.Messenger.Find("alice", false) is var c and >= 0 && !e.Messenger.IsMine(e.Messenger.Newest(c)));
        await zoe.DoAsync((e, now) =>
        {
            int team = e.Messenger.CreateGroup("team", "Team", now);
            Assert.AreEqual(SendError.None, e.Messenger.AddMember(team, "alice", now));
        });
        await demo.UntilAsync(() => Says("team"), "invited");
        await SendAsync(zoe, "to the team");
        await demo.UntilAsync(() => Says("to the team"), "alice has what is for the team");
        demo.Alice.Type("send #team from a board\r"u8);
        byte[] buffer = new byte[2048];
        await zoe.Until("written to in the group", e => Encoding.UTF8.GetString(
            buffer, 0, e.Messenger.ReadText(e.Messenger.Newest(e.Messenger.Find("team", true)), buffer)) == "from a board");

        await zoe.DoAsync((e, now) =>
            Assert.AreEqual(SendError.None, e.Messenger.RemoveMember(e.Messenger.Find("team", true), "alice", now)));
        await demo.UntilAsync(() => Says("removed"), "alice learns that it was removed");
        await SendAsync(zoe, "without alice");
        await zoe.SendAsync("alice", "behind it");
        await demo.UntilAsync(() => Says("behind it"), "what came after");
        Assert.IsFalse(Says("without alice"));

        bool Says(string text) => DemoUnderTest.ConsoleOf(demo.Alice).Contains(text, StringComparison.Ordinal);
    }

    private static Task SendAsync(PeerUnderTest peer, string text) => peer.DoAsync((e, now) =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.AreEqual(SendError.None, e.Messenger.SendText(e.Messenger.Find("team", true), bytes, bytes.Length, -1, now));
    });
}

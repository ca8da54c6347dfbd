using System.Text.Json;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Fleet.Tests;

/// <summary><c>edgechat fleet configure</c>, for a person and for a program.</summary>
[TestClass]
public class ConfigureTests
{
    [TestMethod]
    public async Task A_program_gets_an_object_a_board_and_what_a_person_reads_stands_beside_it()
    {
        using var folder = new TestFolder();
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        folder.Fleet(TestFolder.TwoBoards.Replace(
            "host: broker.home", $"host: 127.0.0.1, port: {broker.Address.Port}", StringComparison.Ordinal));
        using (FleetStore store = folder.Store())
        {
            foreach (string id in new[] { "alice", "bob" })
            {
                store.Claim(id, "24:6f:28:00:00:0" + id.Length);
                store.Record(id, BoardState.Provisioned, "esp32");
            }
        }

        FleetFile fleet = FleetReader.Load(folder["fleet.yaml"]);
        using var end = new CancellationTokenSource();
        Task boards = Task.WhenAll(
            await BoardAsync(fleet, "alice", "applied", end.Token),
            await BoardAsync(fleet, "bob", "refused\nthe name of a network has 1 to 32 bytes", end.Token));
        string[] words = ["fleet", "configure", "alice", "bob", "--wifi", "home", "--open", "--fleet", folder["fleet.yaml"],
            "--key-file", folder["store.key"]];
        var ran = await ToolRun.Of([.. words, "--json"]);
        Assert.AreEqual(ExitCode.Fleet, ran.Code, ran.Error);
        CollectionAssert.AreEquivalent(
            new[]
            {
                """{"id":"alice","outcome":"applied"}""",
                """{"id":"bob","outcome":"refused","why":"the name of a network has 1 to 32 bytes"}""",
            },
            Lines(ran.Out));
        Assert.AreEqual("", ran.Error);
        ran = await ToolRun.Of(words);
        CollectionAssert.AreEquivalent(
            new[] { "alice: applied", "bob: refused: the name of a network has 1 to 32 bytes" }, Lines(ran.Out));
        end.Cancel();
        await boards;

        string[] one = ["fleet", "configure", "alice", "--broker", "b.home:1884", "--open", "--wait", "1", .. words[^4..]];
        ran = await ToolRun.Of([.. one, "--json"]);
        Assert.AreEqual(ExitCode.Fleet, ran.Code, ran.Error);
        CollectionAssert.AreEqual(new[] { """{"id":"alice","outcome":"not answered"}""" }, Lines(ran.Out));
        Assert.AreEqual("alice: no answer yet; it takes the order when it is online", ran.Error.TrimEnd());
        ran = await ToolRun.Of([.. words, "--ca", "x.pem", "--json"]);
        Assert.AreEqual(ExitCode.Usage, ran.Code);
        Assert.AreEqual(2, JsonDocument.Parse(ran.Out).RootElement.GetProperty("code").GetInt32(), ran.Out);
    }

    // a board that is online, and takes every order in one way; what it does then
    private static async Task<Task> BoardAsync(FleetFile fleet, string id, string outcome, CancellationToken stop)
    {
        BrokerTalk talk = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, id, null), Assert.Fail, stop);
        Assert.IsTrue(await talk.SubscribeAsync($"ec1/i/{id}/{fleet.Operator}", 1, stop));
        return AnswerAsync(talk, fleet, id, outcome, stop);
    }

    private static async Task AnswerAsync(BrokerTalk talk, FleetFile fleet, string id, string outcome, CancellationToken stop)
    {
        await using BrokerTalk own = talk;
        try
        {
            while (await talk.HearAsync(stop) is { } heard)
            {
                using var order = JsonDocument.Parse(heard.Body);
                Assert.StartsWith("wifi\nhome\n", order.RootElement.GetProperty("c").GetString());
                int number = order.RootElement.GetProperty("a").GetInt32();
                string answer = JsonSerializer.Serialize(new { y = "o", a = number, c = outcome });
                await talk.PublishAsync($"ec1/i/{fleet.Operator}/{id}", answer, 1, false, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // the end of the test
        }
    }

    private static string[] Lines(string text) => text.TrimEnd().Split('\n');
}

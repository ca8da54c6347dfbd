using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Budgets.Tests;

/// <summary>The rows of <see cref="Operations"/> about groups.</summary>
internal static class GroupOperations
{
    private const int Members = 32;

    /// <summary>A text comes to a group of three, who have keys when it is sealed.</summary>
    public static void OfThree(Stage stage, Action<string, Cost> add, string name, bool isSealed)
    {
        CoreBoard carol = stage.World.Board("carol").Online();
        if (isSealed)
        {
            stage.ShareKey(stage.Bob);
            stage.ShareKey(carol);
        }

        int group = stage.Messenger.CreateGroup("team", "Team", stage.Alice.NowMs);
        stage.Messenger.AddMember(group, "bob", stage.Alice.NowMs);
        stage.Messenger.AddMember(group, "carol", stage.Alice.NowMs);
        stage.World.Pass(10_000);
        Assert.AreEqual(isSealed, stage.Messenger.IsSealed(group));
        for (int i = 0; i < 6; i++)
        {
            Cost cost = stage.Measure(() =>
            {
                stage.Bob.TypesToGroup(Stage.Text, "team");
                stage.World.Pass(Operations.Soon);
            });
            stage.World.Pass(60_000);
            if (i > 1) add(name, cost);
        }
    }

    /// <summary>What comes to a group of many, and its members on the console.</summary>
    public static void OfMany(Stage stage, Action<string, Cost> add)
    {
        string members = string.Join(",", Enumerable.Range(0, Members - 2).Select(i => $"\"member{i}\""));
        string Roster(int version, string name) =>
            $$"""{"v":{{version}},"by":"dave","nm":"{{name}}","m":["alice","dave",{{members}}],"a":["dave"]}""";
        stage.Alice.Me.Operator = "dave"; // who invites at once
        stage.World.Publish("ec1/i/alice/dave", """{"n":1,"y":"j","g":"team","c":"Pump team"}""");
        stage.World.Publish("ec1/r/team", Roster(2, "Pump team"));
        stage.World.Pass(10_000);
        for (int n = 1; n <= 8; n++)
        {
            for (int i = 0; i < 2; i++) stage.World.Publish("ec1/g/team/member" + i, stage.Body(n, Stage.Text));
            stage.World.Pass(5000);
        }

        stage.Open("team", true, true);
        byte[] text = "who comes?"u8.ToArray();
        Assert.AreEqual(SendError.None,
            stage.Messenger.SendText(stage.Messenger.Find("team", true), text, text.Length, -1, stage.Alice.NowMs));
        stage.World.Pass(10_000);
        for (int i = 0; i < 20; i++)
        {
            string topic = "ec1/i/alice/member" + i;
            add("receipt in a group of 32, thread open", stage.Measure(() =>
            {
                stage.World.Publish(topic, """{"y":"r","d":1,"s":0,"g":"team"}""");
                stage.World.Pass(Operations.Shown);
            }));
        }

        stage.World.Pass(60_000);
        stage.Alice.Type("status");
        add("console: group members, 32", stage.Measure(() => Operations.Types(stage, "group members team")));
        Operations.ForProgram(stage, "group members team", "console: group members, 32", add);
        add("roster of 32, newer", stage.Measure(() =>
        {
            stage.World.Publish("ec1/r/team", Roster(3, "Pump crew"));
            stage.World.Pass(Operations.Shown);
        }));
    }
}

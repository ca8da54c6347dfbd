using System.Text;
using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Budgets.Tests;

/// <summary>Does what a person and other devices do to a board, and measures each: the rows of the table in docs/performance.md.</summary>
internal static class Operations
{
    internal const int Shown = 1500; // ms in which a change comes to the screen
    internal const int Soon = Limits.ReceiptQuietMs - 10; // ms in which it does, and no receipt goes out yet
    private const int Long = 1000;  // bytes

    /// <summary>What each operation costs at most, by its name, in the order in which they are done.</summary>
    public static IReadOnlyDictionary<string, Cost> Measure()
    {
        var costs = new Dictionary<string, Cost>();
        void Add(string name, Cost cost) => costs[name] = costs.TryGetValue(name, out Cost known) ? known.Or(cost) : cost;
        Stage.Run(stage => Chat(stage.Fill(8, 32, 21), Add));
        Stage.Run(stage => Sealed(stage.Fill(8, 32, 21), Add));
        Stage.Run(stage => GroupOperations.OfThree(stage.Fill(2, 8, 21), Add, "message comes to a group", false));
        Stage.Run(stage => GroupOperations.OfThree(stage.Fill(2, 8, 21), Add, "message comes to a sealed group", true));
        Stage.Run(stage => Write(stage.Fill(2, 8, 21), Add));
        Stage.Run(stage => Command(stage.Fill(8, 32, 21), Add));
        Stage.Run(stage => Search(stage.Fill(8, 32, 21), Add));
        Stage.Run(stage => Read(stage.Fill(1, 64, 21), Add));
        Stage.Run(stage => TakeLong(stage.Fill(2, 8, 21), Add));
        Stage.Run(stage => GroupOperations.OfMany(stage, Add));
        Stage.Run(stage => Reconnect(stage, Add));
        Stage.Run(stage => Full(stage.Fill(8, 48, 200), Add));
        return costs;
    }

    private static void Chat(Stage stage, Action<string, Cost> add)
    {
        WholeBoard alice = stage.Alice;
        Start(stage, "start, 8 x 32 messages", add);
        for (int row = 0; row < 8; row++) add(row < 2 ? "list: a row" : "list: it scrolls", stage.Measure(() => alice.Press(Key.Down)));
        alice.Press(Key.Down, true);
        stage.World.Pass(1000);
        for (int i = 0; i < 4; i++) add("message comes, list open", Comes(stage, Stage.Text));
        stage.World.Pass(10_000);
        add("thread opened", stage.Measure(() => alice.Press(Key.Ok)));
        stage.World.Pass(10_000);
        for (int i = 0; i < 6; i++)
        {
            add("message comes, thread open", Comes(stage, Stage.Text));
            stage.World.Pass(10_000);
        }

        stage.World.Pass(60_000);
        for (int minute = 0; minute < 5; minute++) add("quiet minute, thread open", stage.Measure(() => stage.World.Pass(60_000)));
        for (int up = 0; up < 12; up++)
        {
            add("thread up by a message", stage.Measure(() => alice.Press(Key.Up)));
            stage.World.Pass(260); // no double press
        }

        alice.Press(Key.Down, true);
        add("receipt of 16 messages until their ticks are drawn", Opens(stage));
        for (int i = 0; i < 3; i++) Send(stage, "Send pressed, until PUBLISH and picture, 8 x 32", add);
        for (int up = 0; up < 3; up++)
        {
            alice.Press(Key.Up);
            add("thread up by a page", stage.Measure(() => alice.Press(Key.Up)));
            stage.World.Pass(300);
        }

        stage.Choose(Settings.Sleep, "15s");
        stage.Choose(Settings.Notify, "off");
        alice.Press(Key.Up, true);
        stage.World.Pass(60_000);
        for (int i = 0; i < 4; i++) add("message comes, display off", Comes(stage, Stage.Text));
    }

    // what stands in the table for open ones, with keys for both
    private static void Sealed(Stage stage, Action<string, Cost> add)
    {
        stage.ShareKey(stage.Bob);
        stage.Open("bob");
        for (int i = 0; i < 6; i++)
        {
            Cost cost = Comes(stage, Stage.Text);
            stage.World.Pass(10_000);
            if (i > 0) add("sealed message comes, thread open", cost);
        }

        for (int i = 0; i < 3; i++)
        {
            add("Send pressed, sealed, until PUBLISH and picture, 8 x 32", SendsReply(stage));
            stage.World.Pass(10_000);
        }
    }

    private static void Full(Stage stage, Action<string, Cost> add)
    {
        Start(stage, "start, full log", add);
        stage.Open("bob", isAtEnd: true);
        Opens(stage);
        for (int i = 0; i < 3; i++) Send(stage, "Send pressed, until PUBLISH and picture, full log", add);
        var most = default(Cost);
        for (int i = 0; i < 60; i++)
        {
            string text = new('x', 200);
            most = most.Or(stage.Measure(() => stage.Receives("peer" + i % 5, text)));
            most = most.Or(stage.Measure(() => stage.World.Pass(10_000)));
        }

        add("a message at a full log, compaction and what follows", most);
    }

    private static void Start(Stage stage, string name, Action<string, Cost> add)
    {
        stage.Alice.SwitchOff();
        add(name, stage.Measure(stage.Alice.SwitchOn));
        stage.World.Settle();
        stage.World.Pass(10_000);
    }

    private static Cost Comes(Stage stage, string text)
    {
        Cost cost = stage.Measure(() =>
        {
            stage.Bob.Types(text, "alice");
            stage.World.Pass(Soon);
        });
        stage.World.Pass(Shown);
        return cost;
    }

    // the first quick reply, in the open thread
    private static Cost SendsReply(Stage stage)
    {
        stage.Alice.Press(Key.Ok);
        stage.Alice.Press(Key.Down);
        return stage.Measure(() =>
        {
            stage.Alice.Press(Key.Ok);
            stage.World.Pass(Soon / 2);
        });
    }

    // the same; then its ticks
    private static void Send(Stage stage, string name, Action<string, Cost> add)
    {
        WholeBoard alice = stage.Alice;
        alice.HoldsPubacks = true;
        add(name, SendsReply(stage));
        alice.HoldsPubacks = false;
        add("PUBACK until its tick is drawn", stage.Measure(() =>
        {
            alice.Confirm();
            stage.World.Pass(Soon / 2);
        }));
        add("receipt until its tick is drawn", stage.Measure(() => stage.World.Pass(Limits.ReceiptDelayMs)));
        stage.World.Pass(10_000);
        add("receipt until its tick is drawn", Opens(stage));
        stage.World.Pass(40_000);
    }

    // bob looks at what came, and says so
    private static Cost Opens(Stage stage) => stage.Measure(() =>
    {
        stage.Bob.Opens("alice");
        stage.World.Pass(Limits.ReceiptDelayMs + Shown);
    });

    private static void Write(Stage stage, Action<string, Cost> add)
    {
        WholeBoard alice = stage.Alice;
        stage.Open("bob");
        alice.Press(Key.Ok);
        add("writing: opened first since the start", stage.Measure(() => alice.Press(Key.Ok)));
        Key[] keys = [Key.Up, Key.Down, Key.Up, Key.Ok, Key.Down, Key.Up, Key.Up, Key.Ok];
        for (int i = 0; i < 64; i++)
        {
            Key key = keys[i * 5 % keys.Length];
            add("writing: a letter taken, choice anew", stage.Measure(() => alice.Press(key)));
        }
    }

    private static void Command(Stage stage, Action<string, Cost> add)
    {
        WholeBoard alice = stage.Alice;
        alice.HoldsPubacks = true;
        stage.World.Pass(60_000);
        alice.Type("status");
        add("console: send bob hello", stage.Measure(() => alice.Type("send bob hello")));
        alice.HoldsPubacks = false;
        alice.Confirm();
        stage.World.Pass(60_000);
        add("console: help", stage.Measure(() => alice.Type("help")));
        add("console: search, 256 messages, no hit", stage.Measure(() => Types(stage, "search zebra")));
        add("console: search, 256 messages, all hits", stage.Measure(() => Types(stage, "search there")));
        add("console: log", stage.Measure(() => Types(stage, "log")));
        ForProgram(stage, "search there", "console: search, 256 messages, all hits", add);
        ForProgram(stage, "log", "console: log", add);
        ForProgram(stage, "help", "console: help", add);
    }

    // with the keys
    private static void Search(Stage stage, Action<string, Cost> add)
    {
        WholeBoard alice = stage.Alice;
        foreach (var (word, what) in new[] { ("zebra", "no hit"), ("there", "all hits") })
        {
            alice.Press(Key.Down, true);
            alice.Press(Key.Down, true); // to the first row of the list
            alice.Press(Key.Up); // the row of the menu
            alice.Press(Key.Ok);
            alice.Press(Key.Down);
            alice.Press(Key.Down);
            alice.Press(Key.Ok);
            byte[] text = Encoding.UTF8.GetBytes(word);
            ((ComposeScreen)alice.App!.Screens.Context.Stack.Top).Entry.Load(text, text.Length);
            add("keys: search, 256 messages, " + what, stage.Measure(() =>
            {
                alice.Press(Key.Ok, true);
                stage.World.Pass(Shown);
            }));
            Assert.AreEqual(Deadline.Never, alice.App.Screens.Context.Stack.Top.NextTickMs, "it is done");
        }

        add("keys: what was found is opened", stage.Measure(() => alice.Press(Key.Ok)));
    }

    private static void Read(Stage stage, Action<string, Cost> add)
    {
        stage.Alice.Type("status");
        add("console: read bob 64", stage.Measure(() => Types(stage, "read bob 64")));
        Assert.Contains("[me/32] ", stage.Alice.Console);
        ForProgram(stage, "read bob 64", "console: read bob 64", add);
    }

    // the same command for a program, which gets an object a row
    internal static void ForProgram(Stage stage, string line, string name, Action<string, Cost> add)
    {
        stage.Alice.Type("mode json");
        add(name + ", JSON", stage.Measure(() => Types(stage, line)));
        Assert.Contains("\n{\"ok\":true,\"cmd\":\"" + line.Split(' ')[0], stage.Alice.Console);
        stage.Alice.Type("mode text");
    }

    internal static void Types(Stage stage, string line)
    {
        stage.Alice.Type(line);
        stage.World.Pass(Shown);
    }

    private static void TakeLong(Stage stage, Action<string, Cost> add)
    {
        string ascii = string.Concat(Enumerable.Repeat("Where the pump stands ", 50))[..Long];
        string emoji = string.Concat(Enumerable.Repeat("👍😂❤🔥", 80));
        string chinese = string.Concat(Enumerable.Repeat("水泵在花园里", 60));
        stage.Open("bob");
        for (int i = 0; i < 2; i++)
        {
            add("text of 1,000 bytes, thread open: ASCII", Comes(stage, ascii));
            stage.World.Pass(10_000);
            add("text of 1,000 bytes, thread open: emoji", Comes(stage, CutAt(emoji)));
            stage.World.Pass(10_000);
            add("text of 1,000 bytes, thread open: Chinese", Comes(stage, CutAt(chinese)));
            stage.World.Pass(10_000);
        }

        string body = stage.Body(1000, ascii);
        stage.Alice.Press(Key.Up, true);
        string bad = body[..^1] + ",}";
        Cost refused = stage.Measure(() => stage.World.Publish("ec1/i/alice/bob", bad));
        Cost taken = stage.Measure(() => stage.World.Publish("ec1/i/alice/peer1", body));
        add("a refused body, per byte", refused with { Instructions = refused.Instructions / bad.Length });
        add("an accepted body, per byte", taken with { Instructions = taken.Instructions / body.Length });
    }

    private static void Reconnect(Stage stage, Action<string, Cost> add)
    {
        const int Contacts = Limits.Contacts - 1; // and bob
        stage.Bob.Types(Stage.Text, "alice");
        for (int i = 0; i < Contacts; i++)
        {
            stage.Messenger.OpenDirect("contact" + i); // more than there may be of strangers
            stage.Receives("contact" + i, Stage.Text);
        }

        stage.World.Pass(60_000);
        Forgotten(stage, "reconnect, 66 filters", add);
        for (int i = 0; i < Contacts; i++)
        {
            stage.Retains("ec1/p/contact" + i, $$"""{"st":"on","e":1,"b":{{i + 1}},"t":{{stage.World.UnixSeconds}}}""");
            stage.Retains("ec1/d/contact" + i, $$"""{"nm":"Contact {{i}}"}""");
        }

        Forgotten(stage, "reconnect, 66 filters, then 32 presences and 32 profiles", add);
        stage.Alice.Type("status");
        add("console: list, 32 conversations", stage.Measure(() => Types(stage, "list")));
        add("console: contact, 32 contacts", stage.Measure(() => Types(stage, "contact")));
        ForProgram(stage, "list", "console: list, 32 conversations", add);
        ForProgram(stage, "contact", "console: contact, 32 contacts", add);
    }

    // the broker has lost the board's session
    private static void Forgotten(Stage stage, string name, Action<string, Cost> add)
    {
        stage.World.Pass(60_000);
        stage.World.Forget(stage.Alice);
        add(name, stage.Measure(() => stage.World.Pass(60_000)));
        Assert.HasCount(66 - 1, stage.Messenger.Filters(), "the session asks for its own presence besides");
    }

    // 1,000 bytes at most, and no half character
    private static string CutAt(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > Long) text = text[..^(char.IsSurrogate(text[^1]) ? 2 : 1)];
        return text;
    }
}

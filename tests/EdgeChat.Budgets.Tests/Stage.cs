using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Metering;
using EdgeChat.TestKit;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Budgets.Tests;

/// <summary>The board alice with an SSD1306, three buttons and files, the board bob, and what other devices publish; measures what alice
/// does.</summary>
internal sealed class Stage
{
    public const string Text = "I will be there at 9."; // 21 characters
    private const string Hardware = """
        { "name": "esp32-devkit", "target": "ESP32_REV3",
          "display": { "driver": "ssd1306", "width": 128, "height": 64, "bus": 1, "address": 60, "sda": 21, "scl": 22 },
          "buttons": { "up": 32, "ok": 33, "down": 25, "activeLow": true },
          "serial": { "port": "COM2", "tx": 17, "rx": 16, "baud": 115200 } }
        """;

    private readonly Dictionary<string, int> _numbers = [];

    private Stage()
    {
        Meter.Reset();
        Meter.IsOn = false;
        Files = new CountingFlash(new FileFlash());
        Alice = new WholeBoard(World, "alice") { Display = Displays.Make(new DisplayConfig()), Files = Files };
        Alice.Me.UtcOffsetMinutes = 120;
        Bob = World.Board("bob").Online();
        Alice.Online();
        Choose(Settings.Sleep, "never");
    }

    public VirtualBroker World { get; } = new();

    public WholeBoard Alice { get; }

    public CoreBoard Bob { get; }

    public CountingFlash Files { get; }

    public Messenger Messenger => Alice.App!.Screens.Context.Messenger;

    /// <summary>Runs on a virtual board, for the stage's display and files, to the end.</summary>
    public static void Run(Action<Stage> play)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-budgets-").FullName;
        try
        {
            using var board = new Board(new BoardOptions
            {
                Name = "alice",
                FlashFolder = folder,
                Hardware = BoardHardware.Load(Hardware),
                Main = () => play(new Stage()),
            });
            board.PowerOn();
            board.Stopped.Wait();
            if (board.FirmwareFault is { } fault) throw new AssertFailedException(fault.ToString(), fault);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Measures what alice does.</summary>
    public Cost Measure(Action play)
    {
        Meter.Reset();
        Meter.IsOn = false;
        Alice.LongestTurn = 0;
        int reads = Files.Reads;
        int writes = Files.Writes;
        play();
        return new Cost(Meter.Instructions, Alice.LongestTurn, Meter.Allocations, Files.Reads - reads, Files.Writes - writes);
    }

    /// <summary>Gives alice and another board the key of a pair, as people do by hand.</summary>
    public void ShareKey(CoreBoard other) =>
        Assert.AreEqual(SendError.None, other.Messenger.EnterKey(Alice.Id, Messenger.MakeKey(other.Id, Alice.NowMs)));

    /// <summary>A text of another device, or of bob as if he were one.</summary>
    public void Receives(string from, string text)
    {
        int n = _numbers[from] = _numbers.GetValueOrDefault(from) + 1;
        World.Publish("ec1/i/alice/" + from, Body(n, text));
    }

    /// <summary>Conversations with so many messages each: with bob both ways, with others one way.</summary>
    public Stage Fill(int conversations, int messages, int bytes)
    {
        for (int n = 1; n <= messages; n++)
        {
            string text = (n + " " + Text + new string('x', bytes))[..bytes];
            for (int other = 1; other < conversations; other++) Receives("peer" + other, text);
            if (n % 2 == 0) Bob.Types(text, "alice");
            else Sends("bob", text);
            World.Pass(5000);
        }

        return this;
    }

    /// <summary>What a broker keeps for later subscribers.</summary>
    public void Retains(string topic, string body) => World.Publish(topic, Encoding.UTF8.GetBytes(body), true);

    /// <summary>Changes a setting, as a person does on the screen.</summary>
    public void Choose(int setting, string word) =>
        Assert.IsTrue(Alice.App!.Screens.Context.Settings.Choose(setting, word), word);

    public void Sends(string to, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SendError error = Messenger.SendText(Messenger.OpenDirect(to), bytes, bytes.Length, -1, Alice.NowMs);
        Assert.AreEqual(SendError.None, error);
        World.Settle();
    }

    /// <summary>Opens the thread of a conversation from wherever the board is, and goes past what is unread when more than fits is and
    /// the thread is to be <paramref name="isAtEnd"/>.</summary>
    public void Open(string with, bool isGroup = false, bool isAtEnd = false)
    {
        Alice.App!.Screens.Context.Stack.OpenThread(Messenger.Find(with, isGroup), Alice.NowMs);
        Alice.App.OnTime(Alice.NowMs);
        if (isAtEnd) Alice.Press(Key.Down, true);
        World.Pass(10_000);
    }

    /// <summary>The body of a message that is written now.</summary>
    public string Body(int n, string text) => $$"""{"n":{{n}},"t":{{World.UnixSeconds}},"c":"{{text}}"}""";
}

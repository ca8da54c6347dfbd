using System.Globalization;
using System.Reflection;
using System.Text;
using EdgeChat.Cli;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Metering;
using EdgeChat.NanoBuild;
using EdgeChat.Tests.OnBoard;

namespace EdgeChat.Tests.Delivery;

/// <summary>The heap of a whole board as nanoCLR counts it: tables of the libraries and of our assemblies, and all objects, with screens,
/// drivers and link.</summary>
[TestClass]
public sealed class BoardMemoryTests
{
    // a board without PSRAM has 92,160 to 112,640: with the main thread's 1,500 it takes 72,000, so that 20,000 stay free for MQTT, stacks
    // and what is made for a moment
    private const int Budget = 69_504;
    private const int BudgetInFullUse = 74_030;

    private static readonly Assembly[] Ours =
        [typeof(Limits).Assembly, typeof(Messenger).Assembly, typeof(Ui.Screens).Assembly, typeof(Shell).Assembly, typeof(EventRing)
            .Assembly, typeof(App).Assembly];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_whole_board_with_eight_conversations_of_thirty_two_messages_fits() => Check(_ => { }, Budget);

    [TestMethod]
    public void It_fits_when_a_text_is_written_and_every_script_has_been_shown_too() => Check(Use, BudgetInFullUse);

    /// <summary>Bytes of the objects of a board that has 8 x 32 messages and is used so, by class.</summary>
    internal static Dictionary<string, int> Objects(Action<App> use)
    {
        var classes = new Dictionary<string, int>();
        using var board = new TestBoard(() => Measure(use, classes));
        board.Put("board.json", TestBoard.Hardware);
        board.Put("edgechat.json", """{ "id": "alice", "host": "127.0.0.1", "port": 1883 }""");
        board.RunToEnd();
        return classes;
    }

    private void Check(Action<App> use, int budget)
    {
        Dictionary<string, int> classes = Objects(use);
        int objects = classes.Values.Sum();
        TestContext.WriteLine(Table(classes, objects));
        FirmwareProject device = FirmwareProject.All.Single(p => p["OutputType"] == "Exe");
        int sum = objects + LoadedLibraries.ObjectBytes;
        int withDebugger = 0;
        foreach ((string assembly, int bytes, int debugger) in Assemblies(device))
        {
            TestContext.WriteLine($"{bytes,7} {assembly}");
            sum += bytes;
            withDebugger += debugger;
        }

        TestContext.WriteLine(
            $"{LoadedLibraries.ObjectBytes,7} objects of the libraries\n{sum,7} all; {withDebugger} more with the debugger");
        Assert.IsTrue(sum <= budget, $"{sum} bytes, at most {budget}");
    }

    private static IEnumerable<(string Name, int Bytes, int OfDebugger)> Assemblies(FirmwareProject device)
    {
        FirmwareProject[] ours = [device, .. device.Below];
        foreach (FirmwareProject project in ours)
        {
            NanoTables tables = NanoImage.Read(FirmwareCompiler.Compile(project), project.Below.Select(p => FirmwareCompiler.Compile(p)))
                .Tables;
            yield return (project.Name, tables.HeapBytes, tables.HeapBytesWithDebugger - tables.HeapBytes);
        }

        foreach (string library in ours.SelectMany(p => p.References).Select(r => r.Assembly).Distinct().Order(StringComparer.Ordinal))
        {
            int bytes = LoadedLibraries.Bytes(library, hasDebugger: false);
            yield return (library, bytes, LoadedLibraries.Bytes(library, hasDebugger: true) - bytes);
        }
    }

    private static void Measure(Action<App> use, Dictionary<string, int> classes)
    {
        BoardConfig config = BoardConfig.Load();
        DeviceConfig device = DeviceConfig.Load();
        var clock = new Clock();
        IDisplay display = Displays.Make(config.Display);
        var random = new SeededRandom(device.Id);
        var status = new DeviceStatus { BoardName = config.Name, Broker = device.Host };
        SerialLine serial = Wiring.Serial(config);
        DisplayConfig shape = config.Display;
        var app = new App(device.Me, new FileFlash(), random, serial, status, shape.FrameWidth, shape.FrameHeight,
            config.Buttons)
        { Changes = new Reconfiguration() };
        var events = new EventRing(Limits.QueuedEvents);
        var link = new MqttLink(device, events);
        var wifi = new WifiLink(events, clock, random, status, false);
        var loop = new BoardLoop(app, events, clock, display, serial, link, wifi, status);
        serial.Open(loop);
        app.Start();
        while (app.IsLoading) app.OnTime(clock.NowMs);
        Fill(app);
        use(app);
        Button[] buttons = Wiring.Buttons(config, loop);
        (object, string)[] objects = [(loop, ""), (wifi, ""), (buttons, "buttons")];
        BoardHeap.Count(objects.Concat(Tables()), IsForeign, classes);
        foreach (Button button in buttons) button.Dispose();
        serial.Dispose();
    }

    // each field takes a block too, which is not counted here
    private static IEnumerable<(object Root, string Owner)> Tables() => Ours.SelectMany(a => a.GetTypes())
        .Where(t => !t.Name.StartsWith('<'))
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(f => !f.IsLiteral))
        .Select(f => (Root: f.GetValue(null)!, Owner: "static " + f.DeclaringType!.Name))
        .Where(t => t.Root != null);

    private static void Fill(App app)
    {
        for (int c = 0; c < 8; c++)
        {
            for (int n = 1; n <= 32; n++)
            {
                Receive(app, $"board-0{c}", $$"""{"n":{{n}},"c":"On my way, 10 minutes"}""");
            }
        }
    }

    private static void Receive(App app, string from, string body) =>
        app.OnLink(new LinkEvent { Kind = LinkEventKind.Received, Topic = "ec1/i/alice/" + from, Body = Encoding.UTF8.GetBytes(body) },
            1000);

    // the quote of an answer is in the small font, the message in the other
    private static void Use(App app)
    {
        const string Scripts = "ä ő Ω Ж 👍";
        Receive(app, "board-00", $$"""{"n":33,"c":"{{Scripts}}"}""");
        Receive(app, "board-00", $$"""{"n":34,"re":"board-00/33","c":"{{Scripts}}"}""");
        app.OnKey(Key.Ok, false, 2000);
        Assert.IsInstanceOfType<Ui.ThreadScreen>(app.Screens.Context.Stack.Top);
        app.OnKey(Key.Ok, false, 3000);
        app.OnKey(Key.Ok, false, 4000);
        Assert.IsInstanceOfType<Ui.ComposeScreen>(app.Screens.Context.Stack.Top);
        app.OnKey(Key.Down, false, 5000);
        app.OnTime(6000);
    }

    private static bool IsForeign(object each)
    {
        Type type = each.GetType();
        if (type == typeof(object) || type == typeof(object[])) return false; // locks, and the events that wait
        while (type.IsArray) type = type.GetElementType()!;
        return type != typeof(string) && !type.IsPrimitive && !Ours.Contains(type.Assembly);
    }

    private static string Table(Dictionary<string, int> classes, int sum)
    {
        var lines = new StringBuilder();
        foreach ((string name, int bytes) in classes.OrderByDescending(c => c.Value)) lines.AppendLine(CultureInfo.InvariantCulture,
            $"{bytes,7} {name}");
        return lines.AppendLine(CultureInfo.InvariantCulture, $"{sum,7} all").ToString();
    }
}

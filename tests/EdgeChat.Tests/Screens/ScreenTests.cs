using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Screens;

/// <summary>Every screen in the state that shows most of it, as an approved picture.</summary>
[TestClass]
public class ScreenTests
{
    private const string Long =
        "The battery of the pump is at 12 % and I have no spare one here, can you bring two from the store room when you come up?";

    private const string Large = "104x80";

    private static readonly string[] OfLarge =
    [
        "first-run", "list", "list-long", "menu", "thread", "thread-unread", "security-code", "compose", "react", "details", "contacts",
        "settings", "label",
    ];

    public TestContext TestContext { get; set; } = null!;

    /// <summary>The screens of docs/screens.md: name, what is to be seen, and how to get there.</summary>
    internal static IEnumerable<(string Name, string Title, Func<ScreenBoard> Board)> All =>
    [
        ("first-run", "A board that nobody has provisioned", () => new ScreenBoard(null)),
        ("list", "Conversations: who is there, ticks, unread messages", () => Busy()),
        ("list-menu", "The end of the list leads to everything else", () => Busy().Press("u")),
        ("list-empty", "A board that has just been provisioned", () => new ScreenBoard().Online().Wait(1000)),
        ("list-offline", "No network: the sign in the corner says so", () => Busy().Offline("Wi-Fi \"Workshop\" not found")),
        ("menu", "The menu", () => Busy().Press("uo")),
        ("search", "A search: the newest message first, the text around the word", () => SearchTests.Search(Busy(), "o")),
        ("search-none", "Nothing was found", () => SearchTests.Search(Busy(), "submarine")),
        ("search-thread", "What was found is chosen in its thread", () => SearchTests.Search(Unread(), "valve").Press("o")),
        ("starred", "Starred messages of all conversations", () => Starred().Press("uodddo").Wait(1000)),
        ("conversation-menu", "Ok held on a conversation", () => Busy().Press("dO")),
        ("delete", "Nothing is deleted without a question", () => Busy().Press("Oddo")),
        ("list-long", "What is longer than a line ends with an ellipsis", () => LongNames()),
        ("thread", "A thread: theirs left, own right, with time and ticks", () => Talk().Press("o")),
        ("thread-up", "Up chooses a message", () => Talk().Press("ouu")),
        ("thread-long", "A long message", () => Talk().Receives("bob", 4, Long).Press("o")),
        ("thread-long-up", "Up goes through a message that is longer than the display", () =>
            Talk().Receives("bob", 4, string.Join(" ", Long, Long, Long, Long)).Press("ou")),
        ("thread-unread", "Opened with more that is unread than fits: it begins with the first of it", () => Unread().Press("o")),
        ("thread-unread-few", "What is unread fits: it begins below the line", () =>
            Talk().Press("oU").Receives("bob", 4, "Pump 3 is off now").Receives("bob", 5, "and cold").Press("o")),
        ("thread-go", "To a day, to what is unread, to the newest", () => Unread().Press("oOuoo")),
        ("thread-empty", "A conversation without messages", () => Empty()),
        ("thread-group", "A group: names, a reply, a reaction", () => Team().Press("o")),
        ("thread-sealed", "A lock: nobody but the two can read; a check in it once the code was compared", () =>
            Talk().Sealed("bob").Press("o")),
        ("thread-open", "A lock that is open, where there are keys with others: the broker can read", () =>
            Talk().Sealed("carol").Press("o")),
        ("security-code", "The security code of a sealed conversation", () => Talk().Sealed("bob").Press("oOuodo")),
        ("thread-blocked", "A device that is blocked: nothing more comes", () => Blocked(Talk()).Press("o")),
        ("thread-missing", "Messages that are missing are not hidden", () => Missing()),
        ("thread-ticks", "Clock, one tick, two ticks, filled ticks", () => Ticks().Press("o")),
        ("thread-right", "From the right to the left, with what goes to the right in it", () => Right().Press("o")),
        ("list-right", "A name and a text that end at the left", () => Right()),
        ("thread-clusters", "Accents that come by themselves, emoji that are joined, boxes for what the font does not have", () =>
            Clusters().Press("o")),
        ("answer", "Ok in a thread: write, or a quick reply", () => Talk().Press("oo")),
        ("compose", "Writing: each key is a group of letters and words", () => Talk().Press("ooo")),
        ("compose-more", "Writing goes on; the text wraps", () => Compose(Long[..60])),
        ("compose-signs", "Writing: what ••• opens, digits, signs, letters with accents, emoji", () => Signs()),
        ("compose-digits", "Down held while writing: digits, times and the signs that stand with them", () =>
            Digits("Meet at 18")),
        ("compose-menu", "Down held on the digits", () => MenuOf(Compose("On my way"))),
        ("compose-reply", "Writing an answer to a message", () => Talk().Press("ouuOoo")),
        ("list-draft", "A text that was not sent is a draft", () => Compose("Shall I br").Press("DDD")),
        ("message-menu", "Ok held on a message", () => Talk().Press("ouuO")),
        ("thread-menu", "Its last item leads to what is about the conversation", () => Team().Press("oOuo")),
        ("forward", "To whom a message is forwarded", () => Busy().Press("doOddo")),
        ("thread-forwarded", "What somebody else wrote says so when it was forwarded", () => Forwarded()),
        ("edit", "An own message is edited", () => Talk().Press("oOdddo")),
        ("thread-edited", "Messages that were edited say so", () => Edited()),
        ("thread-starred", "A star beside the time", () => Starred().Press("do")),
        ("take-back", "A message is taken back from all, after a question", () => Talk().Press("oOddddo")),
        ("thread-taken-back", "Taken back after they were on the screen", () => TakenBack()),
        ("message-delete", "A message is deleted on this board alone, after a question", () => Talk().Press("ouuOddddo")),
        ("react", "Reactions", () => Talk().Press("ouuOdo")),
        ("details", "Details of an own message", () => Talk().Press("oOdo")),
        ("details-group", "Who of a group has it", () => Team().Press("oOdo")),
        ("contacts", "Contacts with their presence", () => Busy().Press("uoo")),
        ("contact-menu", "Ok held on a contact", () => ContactMenu()),
        ("contact-key", "A key with a contact, which seals what the two write", () => ContactMenu().Press("uo")),
        ("contacts-blocked", "Who is blocked stands among the contacts", () => Blocked(Busy()).Press("uoo")),
        ("contacts-group", "Below the contacts: who is in a group with this board", () => Fellows().Press("uooddddd")),
        ("contact-add", "The last row of the contacts adds one", () => Busy().Press("uoou")),
        ("contact-id", "Whom to add is written with the keys", () => Busy().Press("uoouo")),
        ("members", "Members of a group", () => Team().Press("oOuodo")),
        ("members-admin", "What an admin can do with a group", () => Own().Press("Oddouuu")),
        ("members-open", "Without a key with each of its members a group stays open", () => Own().Sealed("bob").Press("Oddo")),
        ("member-menu", "Ok held on a member, for an admin", () => Own().Press("OddodO")),
        ("leave", "No group is left without a question", () => Team().Press("oOuodouo")),
        ("pick", "A new group: its name is written, then its members are chosen", () => Picking()),
        ("list-invited", "A stranger invites to a group", () => Invited()),
        ("invitation", "Who invites, and who is in the group", () => Invited().Press("o")),
        ("invitation-answer", "Ok asks for the answer", () => Invited().Press("oo")),
        ("settings", "Settings", () => Busy().Press("uodddddo")),
        ("settings-2", "Name and local time", () => Busy().Press("uodddddouu")),
        ("networks", "Wi-Fi networks in range, to choose one and write its password", () => Networks()),
        ("password", "A password is written as it is chosen: no capital and no space comes by itself", () => Networks().Press("o")),
        ("zone", "Time zones, with their summer time", () => Busy().Press("uodddddouo")),
        ("replies", "Quick replies to change", () => Busy().Press("uoddddo")),
        ("device", "The device", () => Busy().Press("uoddddddo")),
        ("device-2", "The device, further down", () => Busy().Press("uoddddddodd")),
        ("device-erase", "A factory reset takes a hold after its question", () => Busy().Press("uoddddddo").Press("ouo")),
        ("battery", "A board with a battery shows its charge", () => WithBattery(72)),
        ("battery-charging", "It is being charged", () => WithBattery(72 | DeviceStatus.IsCharging)),
        ("battery-low", "It is low: the board says so once", () => WithBattery(DeviceStatus.LowPercent)),
        ("device-battery", "The device with its battery", () => WithBattery(72).Press("uoddddddo").Wait(1000).Press("d")),
        ("device-refused", "An error names its cause and its cure", () => Refused()),
        ("label", "The label", () => Busy().Press("uouo")),
        ("notification", "A message arrives while something else is open", () =>
            Busy().Press("uodddddo").Receives("carol", 3, "Are you still at the site?")),
        ("error", "A message that was not taken", () => Compose("").Press("Oo")),
    ];

    /// <summary>The displays and numbers of buttons that the screens are approved for, the first one for all that does not say
    /// otherwise.</summary>
    internal static IEnumerable<(string Name, string Title, int Width, int Height, int Buttons)> Shapes =>
    [
        ("128x64", "128x64 pixels, three buttons", 128, 64, 3),
        ("128x64-1", "128x64 pixels, one button", 128, 64, 1),
        ("120x64-2", "120x64 pixels (240x135 doubled), two buttons", 120, 64, 2),
        ("160x120", "160x120 pixels (320x240 doubled), three buttons", 160, 120, 3),
        (Large, "104x80 pixels (large text on 320x240), three buttons", 104, 80, 3),
    ];

    /// <summary>The screens that are approved for a shape: for large text those that are laid out in other ways; <c>LargeTextTests</c>
    /// looks at all.</summary>
    internal static IEnumerable<(string Name, string Title, Func<ScreenBoard> Board)> Of(string shape) =>
        shape == Large ? All.Where(s => OfLarge.Contains(s.Name)) : All;

    public static IEnumerable<object[]> Pairs =>
        Shapes.SelectMany(shape => Of(shape.Name).Select(s => new object[] { shape.Name, s.Name }));

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void A_screen_looks_as_approved(string shape, string name)
    {
        ScreenBoard board = Make(shape, All.Single(s => s.Name == name).Board, shape == Large);
        Pictures.Check(board, Path.Combine(shape, name), TestContext);
    }

    /// <summary>Where there is no room for a colour an older one would be missing.</summary>
    [TestMethod]
    [DataRow("120x64-2")]
    [DataRow("160x120")]
    [DataRow(Large)]
    public void No_screen_has_more_colours_than_there_is_room_for(string shape)
    {
        System.Reflection.FieldInfo end = typeof(ColourPlan).GetField("_end", System.Reflection.BindingFlags.Instance |
            System.Reflection.BindingFlags.NonPublic)!;
        int most = 0;
        foreach (var (name, _, make) in All)
        {
            ScreenBoard board = Make(shape, make, true);
            int rectangles = (int)end.GetValue(board.App.Frame.Colours)! / 5;
            Assert.IsLessThan(Limits.ColourRectangles, rectangles, name);
            most = Math.Max(most, rectangles);
        }

        TestContext.WriteLine($"{shape}: {most} of {Limits.ColourRectangles}");
    }

    private static ScreenBoard Make(string shape, Func<ScreenBoard> make, bool hasColours)
    {
        var (_, _, width, height, buttons) = Shapes.Single(s => s.Name == shape);
        if (shape != Large) return ScreenBoard.Shaped((width, height, buttons), make, hasColours);
        ScreenBoard board = ScreenBoard.WithLargeText(buttons, make);
        Assert.AreEqual((width, height), (board.App.Frame.Width, board.App.Frame.Height));
        return board;
    }

    internal static ScreenBoard Busy()
    {
        var board = new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"");
        board.Receives("carol", 1, "See you on Friday", 86400 * 4).Receives("carol", 2, "The new filter is in the green box", 86400);
        board.ReceivesInGroup("team", "dave", 1, "Pressure is back at 4 bar", 7200);
        board.Receives("bob", 1, "Morning!", 26000).Receives("bob", 2, "Can you look at pump 3 today?", 600);
        board.Sends("bob", "On my way").Receipt("bob", 1, 0);
        board.Receives("erin", 1, "Καλημέρα, έφτασα", 200).Receives("erin", 2, "Где ключ?", 100)
            .Receives("erin", 3, "Größe XL, ça va?", 50);
        return board.Wait(1000);
    }

    internal static ScreenBoard Invited()
    {
        ScreenBoard board = Busy().Publish("ec1/i/alice/mallory", """{"n":1,"y":"j","g":"crew","c":"Night crew"}""");
        const string Roster = """{"v":2,"by":"mallory","nm":"Night crew","m":["mallory","erin","alice","zoe"],"a":["mallory"]}""";
        return board.Publish("ec1/r/crew", Roster, true).Wait(10000);
    }

    internal static ScreenBoard Talk()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "Did you get the parts?", 90000);
        board.Receives("bob", 2, "Morning!", 26000)
            .Receives("bob", 3, "Can you look at pump 3 today? It makes a strange noise again.", 600);
        board.Sends("bob", "On my way 👍").Receipt("bob", 1, 1).Sends("bob", "Be there in 10 minutes").Receipt("bob", 2, 1);
        return board.Wait(1000);
    }

    private static ScreenBoard WithBattery(int charge)
    {
        ScreenBoard board = Busy();
        board.App.OnBattery(charge, board.Now);
        return board.Wait(1000);
    }

    private static ScreenBoard Starred()
    {
        ScreenBoard board = Busy();
        foreach (string who in new[] { "bob", "carol" })
        {
            int newest = board.Messenger.Newest(board.Messenger.Find(who, false));
            Assert.AreEqual(SendError.None, board.Messenger.SetStarred(newest, true, board.Now));
            Assert.AreEqual(SendError.None, board.Messenger.SetStarred(board.Messenger.Older(newest), true, board.Now));
        }

        return board.Wait(1000);
    }

    /// <summary>Names of people and groups, and texts, that no line has room for.</summary>
    internal static ScreenBoard LongNames()
    {
        ScreenBoard board = new ScreenBoard().Online().Group("team", "Maintenance of the pumps in the valley", "\"alice\",\"bob\"");
        board.Publish("ec1/d/bob", """{"nm":"Robert Bartholomew Featherstonehaugh"}""", true);
        board.ReceivesInGroup("team", "bob", 1, Long, 7200).Receives("bob", 1, Long, 600);
        return board.Sends("bob", Long).Wait(1000);
    }

    /// <summary>A thread with two days that were read and seven messages that were not.</summary>
    internal static ScreenBoard Unread()
    {
        ScreenBoard board = Talk().Press("oU");
        string[] texts = ["Pump 3 is off now", "and cold", "The valve below it leaks, who has the big wrench?", "Hello?", "Found it",
            "It was in your box", "All is tight again"];
        for (int i = 0; i < texts.Length; i++) board.Receives("bob", 4 + i, texts[i], -i);
        return board.Wait(1000);
    }

    /// <summary>A board in a group with two that are no contacts.</summary>
    internal static ScreenBoard Fellows()
    {
        ScreenBoard board = Talk().Publish("ec1/i/alice/dave", """{"n":1,"y":"j","g":"crew","c":"Night crew"}""");
        return board.Publish("ec1/r/crew", """{"v":2,"by":"dave","nm":"Night crew","m":["zoe","alice","dave","yuri"],"a":["dave"]}""", true)
            .Wait(1000);
    }

    private static ScreenBoard ContactMenu()
    {
        var board = Busy().Press("uoo");
        return board.Press(board.Ui.Buttons < 2 ? "o" : "O");
    }

    private static ScreenBoard Blocked(ScreenBoard board)
    {
        Assert.AreEqual(SendError.None, board.Messenger.SetBlocked("bob", true));
        return board.Receives("bob", 9, "Open the door").Wait(1000);
    }

    private static ScreenBoard Empty()
    {
        var board = new ScreenBoard().Online();
        board.Messenger.OpenDirect("carol");
        return board.Wait(1000).Press("o");
    }

    private static ScreenBoard Right()
    {
        var board = new ScreenBoard().Online().Group("team", "צוות משאבות, מתחם צפון", "\"alice\",\"bob\",\"carol\"");
        board.ReceivesInGroup("team", "carol", 1, "משאבה 3 (הישנה) לא עובדת, אפשר לבוא ב-18:45?", 900);
        board.ReceivesInGroup("team", "bob", 1, "المضخة 3 bar تعمل", 800);
        board.Sends("team", "ok, בדרך!", true, board.Messenger.Newest(board.Messenger.Find("team", true)));
        return board.Wait(1000);
    }

    private static ScreenBoard Clusters()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "Ve\u0301lo, n\u0303, в за\u0301мке, \u05D1\u05B8\u05BC", 900);
        board.Receives("bob", 2, "❤️‍🔥 👍🏽 👨‍👩‍👧 🇫🇷 1️⃣ 🦄", 800).Receives("bob", 3, "水泵 ปั๊ม पंप 한글 \u1112\u1161\u11AB", 700);
        return board.Wait(1000);
    }

    private static ScreenBoard Team()
    {
        var board = new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"");
        board.ReceivesInGroup("team", "dave", 1, "Pressure is back at 4 bar", 900).ReceivesInGroup("team", "carol", 1, "Great!", 800);
        board.ReceivesInGroup("team", "carol", 2, "Who has the key?", 700)
            .Sends("team", "I have it", true, board.Messenger.Newest(board.Messenger.Find("team", true)));
        board.Receipt("bob", 1, 1, "team").Receipt("carol", 1, 0, "team")
            .Publish("ec1/g/team/bob", $$"""{"n":1,"y":"b","re":"alice/1","c":"👍"}""");
        return board.Wait(1000);
    }

    private static ScreenBoard Own()
    {
        var board = new ScreenBoard().Online();
        int group = board.Messenger.CreateGroup("night", "Night shift", board.Now);
        board.Messenger.AddMember(group, "bob", board.Now);
        board.Messenger.AddMember(group, "carol", board.Now);
        return board.Wait(1000);
    }

    internal static ScreenBoard Networks()
    {
        ScreenBoard board = Busy().Press("uodddddouuuuo");
        board.Status.Networks = ["Workshop", "Pump station 3", "Guests"];
        board.App.OnSignal(72, board.Now);
        return board;
    }

    private static ScreenBoard Picking()
    {
        var board = Busy().Press("uodo");
        byte[] name = System.Text.Encoding.UTF8.GetBytes("Night shift");
        board.Entry.Load(name, name.Length);
        board.Press("O");
        if (board.Ui.Buttons < 2) board.Press("o");
        return board.Press("odo");
    }

    private static ScreenBoard Forwarded()
    {
        var board = Talk().Receives("carol", 1, "The new filter is in the green box", 600, ",\"x\":1").Press("oU");
        int bob = board.Messenger.Find("bob", false);
        int there = board.Messenger.Newest(board.Messenger.Find("carol", false));
        Assert.AreEqual(SendError.None, board.Messenger.Forward(there, bob, board.Now));
        return board.Wait(1000).Press("o").Wait(1000);
    }

    private static ScreenBoard TakenBack()
    {
        var board = Talk().Press("oU").Publish("ec1/i/alice/bob", """{"y":"u","n":4,"re":"bob/2"}""");
        board.Wait(1000).Press("oOddddodo").Wait(1000);
        return board.Receipt("bob", 3, 2).Wait(1000);
    }

    private static ScreenBoard Edited()
    {
        ScreenBoard board = Talk();
        byte[] text = "Be there in 20 minutes"u8.ToArray();
        int message = board.Messenger.Newest(board.Messenger.Find("bob", false));
        Assert.AreEqual(SendError.None, board.Messenger.Edit(message, text, text.Length, board.Now));
        return board.Wait(1000).Press("o").Publish("ec1/i/alice/bob",
            $$"""{"y":"e","n":4,"t":{{VirtualBroker.Epoch}},"re":"bob/3","c":"I am there at 10"}""").Wait(1000);
    }

    private static ScreenBoard Missing()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "First", 900)
            .Receives("bob", 4, "Fourth, what happened to the others?", 100);
        return board.Wait(12000).Press("o").Wait(1000);
    }

    private static ScreenBoard Ticks()
    {
        var board = new ScreenBoard().Online().Sends("bob", "seen").Sends("bob", "received").Receipt("bob", 2, 1)
            .Sends("bob", "with the broker");
        board.Wait(1000).Stall();
        return board.Sends("bob", "in this board's flash").Wait(1000);
    }

    private static ScreenBoard Compose(string text)
    {
        var board = Talk().Press("ooo");
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        board.Entry.Load(bytes, bytes.Length);
        if (text.Length == 0) return board;
        board.Press("u");
        while (board.Entry.IsChoosing) board.Press("U");
        if (board.Written != text) board.Press("U"); // the press has written a word
        return board;
    }

    private static ScreenBoard Digits(string text)
    {
        ScreenBoard board = Compose(text);
        if (board.Ui.Buttons > 1) return board.Press("D");
        return board.Press("O").Press("d").Press("o");
    }

    private static ScreenBoard MenuOf(ScreenBoard writing) => writing.Press(writing.Ui.Buttons > 1 ? "DD" : "O");

    private static ScreenBoard Signs()
    {
        var board = Compose("Call 0");
        for (int i = 0; i < 10; i++)
        {
            if (EntryKeys.Group(board.Entry, Key.Ok) == "⋯") return board.Press("o");
            bool isLast = EntryKeys.Group(board.Entry, Key.Down) == "⋯";
            board.Press("d");
            if (isLast) return board;
        }

        throw new AssertFailedException("the last group of the last group does not lead to the signs");
    }

    private static ScreenBoard Refused()
    {
        var board = Busy().Wait(5000).Refuse(5);
        return board.Press("uoddddddo", 200).Wait(1000);
    }
}

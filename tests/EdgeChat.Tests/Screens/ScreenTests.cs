using EdgeChat.Core;
using static EdgeChat.Tests.Screens.Scenes;

namespace EdgeChat.Tests.Screens;

/// <summary>Every screen in the state that shows most of it, as an approved picture.</summary>
[TestClass]
public class ScreenTests
{
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
        ("list-strangers", "Strangers have all their places: who else writes is not heard until one of them is deleted, answered or added",
            () => Strangers().Press("u")),
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
}

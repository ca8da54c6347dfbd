using System.Runtime.CompilerServices;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Tests.OnBoard;
using EdgeChat.Tests.Screens;

namespace EdgeChat.Tests.Boards;

/// <summary>What each board shows, from the bytes on its display's bus, as approved pictures in <c>Boards/approved</c> of the display's own
/// size and colours.</summary>
[TestClass]
public class BoardPictureTests
{
    private const string Start = "start"; // while the flash is read

    private static readonly (string Name, Func<ScreenBoard>? Board, string Keys)[] Screens =
    [
        (Start, null, ""),
        ("list", Scenes.Busy, ""),
        ("thread", Scenes.Talk, "o"),
        ("compose", Scenes.Talk, "ooo"),
        ("label", Scenes.Busy, "uouo"),
        ("first-run", () => new ScreenBoard(null), ""),
    ];

    // what shows colours, on the boards that have them: on dark and on light
    private static readonly (string Name, Func<ScreenBoard>? Board, string Keys)[] InColour =
    [
        ("contacts", Scenes.Busy, "uoo"),
        ("settings", Scenes.Busy, "uodddddouuuuu"),
        ("error", () => Scenes.Talk().Offline("no network").Sends("bob", "Anybody?"), "oooOo"),
        ("search", () => SearchTests.Search(Scenes.Busy(), "o"), ""),
        ("go-to", Scenes.Unread, "oOuoo"),
        ("invitation", Scenes.Invited, "o"),
        ("networks", Scenes.Networks, ""),
        ("edit", Scenes.Talk, "oOdddo"),
        ("take-back", Scenes.Talk, "oOddddo"),
        ("list-light", Scenes.Busy, ""),
        ("thread-light", Scenes.Talk, "o"),
        ("label-light", Scenes.Busy, "uouo"),
    ];

    // on the boards that have room for large text
    private static readonly (string Name, Func<ScreenBoard>? Board, string Keys)[] InLarge =
    [
        ("list-large", Scenes.Busy, ""),
        ("thread-large", Scenes.Talk, "o"),
        ("compose-large", Scenes.Talk, "ooo"),
    ];

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> All =>
        Shelf.Names.SelectMany(name => ScreensOf(Shelf.Config(name).Display).Select(screen => new object[] { name, screen.Name }));

    [TestMethod]
    [DynamicData(nameof(All))]
    public void A_board_shows_its_screens_as_approved(string name, string screen)
    {
        ColourPicture actual = Show(name, screen);
        string approved = Path.Combine(Folder(), $"{name}.{screen}.png");
        if (Approval.Takes($"{name}.{screen}"))
        {
            if (!File.Exists(approved) || !ColourPicture.Load(approved).IsSame(actual)) actual.Save(approved);
            return;
        }

        if (File.Exists(approved) && ColourPicture.Load(approved).IsSame(actual)) return;
        string changed = Path.Combine(AppContext.BaseDirectory, "changed-screens", $"{name}.{screen}.png");
        actual.Save(changed);
        TestContext.AddResultFile(changed);
        Assert.Fail($"{name} shows another {screen} than approved in {approved}: look at {changed}; " +
            Approval.Cure($"{name}.{screen}"));
    }

    private static IEnumerable<(string Name, Func<ScreenBoard>? Board, string Keys)> ScreensOf(DisplayConfig display) =>
        !display.HasColours ? Screens : display.Width < 320 ? [.. Screens, .. InColour] : [.. Screens, .. InColour, .. InLarge];

    private static ColourPicture Show(string name, string screen)
    {
        (_, Func<ScreenBoard>? make, string keys) = Screens.Concat(InColour).Concat(InLarge).Single(s => s.Name == screen);
        ColourPicture? picture = null;
        TestBoard? board = null;
        using (board = Shelf.Take(name, () =>
        {
            BoardConfig config = BoardConfig.Load();
            DisplayConfig shape = config.Display;
            ScreenBoard Made() =>
                ScreenBoard.Shaped((shape.FrameWidth, shape.FrameHeight, config.Buttons), make!, shape.HasColours);
            Frame frame = make is null
                ? Starting(new Frame(shape.FrameWidth, shape.FrameHeight, shape.HasColours))
                : Keyed(ScreenBoard.WithBuzzer(config.Buzzer != BoardConfig.NoPin, Made), screen, keys);
            IDisplay display = Displays.Make(shape);
            Assert.IsTrue(display.Show(frame));
            var seen = board!.Board.Display;
            Assert.AreEqual(0, seen.UnknownCommands);
            picture = ColourPicture.Of(seen.Width, seen.Height, seen.Colours());
        }))
            board.RunToEnd();
        return picture!;
    }

    // what a board is told of its theme comes with what it asks of the board
    private static Frame Keyed(ScreenBoard board, string screen, string keys)
    {
        if (screen.EndsWith("-light", StringComparison.Ordinal)) board.Ui.Settings.Choose(Settings.Theme, "light");
        if (screen.EndsWith("-large", StringComparison.Ordinal)) board.Ui.Settings.Choose(Settings.TextSize, "large");
        board.Press(keys).Wait(0);
        board.App.NextBoardRequest();
        return board.App.Frame;
    }

    private static Frame Starting(Frame frame)
    {
        new Splash(frame, "Alice").Show(40);
        return frame;
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "approved");
}

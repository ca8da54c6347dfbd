namespace EdgeChat.Tests.Screens;

/// <summary>What goes over the display's bus, counted as the driver sends it: 8 bytes to address a run of columns, then its bytes.</summary>
[TestClass]
public class BusTests
{
    private const int MostBytesOfMessage = 400;
    private const int BytesOfPage = 128 + 8;
    private const int Messages = 50;
    private const int WarmUp = 5; // until the thread fills the screen with messages of this kind
    private const int MostBytesOfKey = 25 * 400 / 9; // 25 ms at 400 kHz, nine clocks a byte

    public TestContext TestContext { get; set; } = null!;

    /// <summary>21 characters, as in the budget of the wire, are one line; each further line is a page of the display more.</summary>
    [TestMethod]
    [DataRow(1, "OK", "On my way, 10 minutes", "Yes", "It is 1 bar too high.", "Thanks 🙏", "Where are you now?", "👍")]
    [DataRow(2, "I have the key and the new filter with me", "Where did you put the bag with the tools?")]
    [DataRow(3, "Can you open it please? The code has changed today.")]
    public void A_new_message_in_an_open_thread_moves_at_most_400_bytes_and_a_page_more_for_each_further_line(int lines, params string[] texts)
    {
        var board = Open();
        int number = 3;
        int most = 0;
        int sum = 0;
        for (int i = 0; i < Messages; i++)
        {
            string text = texts[i % texts.Length];
            if (i % 3 == 1) board.Sends("bob", text);
            else board.Receives("bob", ++number, text);
            board.Wait(400);
            int bytes = board.BytesToDisplay();
            if (i < WarmUp) continue;
            sum += bytes;
            most = Math.Max(most, bytes);
        }

        TestContext.WriteLine($"a new message of {lines} line(s) in an open thread: {sum / (Messages - WarmUp)} bytes on average, {most} at most");
        Assert.IsTrue(most <= MostBytesOfMessage + (lines - 1) * BytesOfPage, $"{most} bytes");
    }

    [TestMethod]
    public void A_key_press_redraws_in_25_ms_of_bus_time()
    {
        var random = new Random(6);
        var board = Open();
        int most = 0;
        for (int i = 0; i < 2000; i++)
        {
            board.Press("uodUOD"[random.Next(6)].ToString()).Wait(100);
            most = Math.Max(most, board.BytesToDisplay());
        }

        TestContext.WriteLine($"a key press: {most} bytes at most, {most * 9 / 400.0:F1} ms at 400 kHz");
        Assert.IsTrue(most <= MostBytesOfKey, $"{most} bytes");
    }

    [TestMethod]
    public void Moving_the_choice_by_a_row_moves_only_two_rows()
    {
        var board = ScreenTests.Busy().Press("uo");
        board.BytesToDisplay();
        int bytes = board.Press("d").BytesToDisplay();
        Assert.IsTrue(bytes <= 4 * (128 + 8), $"{bytes} bytes");
    }

    private static ScreenBoard Open()
    {
        var board = ScreenTests.Talk();
        board.App.Frame.CanRotate = true;
        board.Press("o").Wait(1000).BytesToDisplay();
        return board;
    }
}

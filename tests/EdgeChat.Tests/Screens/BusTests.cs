using EdgeChat.Core;

namespace EdgeChat.Tests.Screens;

/// <summary>What goes over the display's bus, counted as the driver sends it: 8 bytes to address a run of columns, then its bytes.</summary>
[TestClass]
public class BusTests
{
    private const int MostBytesOfMessage = 400;
    private const int MostBytesOfKey = 25 * 400 / 9; // 25 ms at 400 kHz, nine clocks a byte

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_new_message_in_an_open_thread_moves_at_most_400_bytes()
    {
        string[] texts = ["OK", "On my way, ten minutes", "Yes", "I have the key and the new filter with me", "Thanks 🙏", "Where are you now?", "At the gate", "👍", "Can you open it for me please? The code has changed."];
        var board = Open();
        int number = 3;
        int most = 0;
        int sum = 0;
        for (int i = 0; i < 60; i++)
        {
            string text = texts[i % texts.Length];
            if (i % 3 == 1) board.Sends("bob", text);
            else board.Receives("bob", ++number, text);
            board.Wait(400);
            int bytes = board.BytesToDisplay();
            sum += bytes;
            most = Math.Max(most, bytes);
        }

        TestContext.WriteLine($"a new message in an open thread: {sum / 60} bytes on average, {most} at most; the whole picture has 1024");
        Assert.IsTrue(most <= MostBytesOfMessage, $"{most} bytes");
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

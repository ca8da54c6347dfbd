using System.Globalization;
using System.Text;
using EdgeChat.Cli;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Tests.Delivery;

namespace EdgeChat.Tests.Consoles;

/// <summary>The heap that console, its line, event log and queue of events take of a whole board.</summary>
[TestClass]
public sealed class ConsoleMemoryTests
{
    private const int Unopened = 3_000;
    private const int Opened = 5_000;

    private static readonly HashSet<string> Classes = [
        .. typeof(Shell).Assembly.GetTypes().Select(t => t.Name),
        nameof(EventLog), nameof(EventRing), nameof(SerialLine), nameof(ByteRing)];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_console_that_nobody_opened_takes_next_to_nothing() => Check(_ => { }, Unopened);

    [TestMethod]
    public void A_console_in_full_use_keeps_the_line_and_its_history_and_no_command() => Check(Use, Opened);

    private static void Use(App app)
    {
        const string Text = "that is as long as people write them on a console, which is more than on three keys";
        for (int i = 0; i < 2 * Limits.HistoryLines; i++) Type(app, $"send board-00 Text {i} {Text}\r");
        Type(app, "help\rstatus\rread board-00\rlist\rlog\rhelp set\rset color on\rsearch minutes\rsned\r");
        Type(app, "mode json\rstatus\rmode text\rdelete board-00\r\u0003re\tply boa\t\u001b[A\u001b[A");
        Type(app, $"\u0003{new string('x', Limits.LineBytes)}\r");
    }

    private static void Type(App app, string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        app.OnSerial(bytes, 0, bytes.Length, 2000);
    }

    private void Check(Action<App> use, int budget)
    {
        int sum = 0;
        var classes = BoardMemoryTests.Objects(use).Where(c => Classes.Contains(c.Key));
        foreach ((string name, int bytes) in classes.OrderByDescending(c => c.Value))
        {
            sum += bytes;
            TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes,6} {name}"));
        }

        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sum,6} all"));
        Assert.IsLessThanOrEqualTo(budget, sum);
    }
}

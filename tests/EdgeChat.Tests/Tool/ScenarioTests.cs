using EdgeChat.Core;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo.Scenarios;
using Microsoft.Playwright;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary>Scenarios: the file, its errors, and <c>demo --scenario</c>.</summary>
[TestClass]
public class ScenarioTests
{
    [TestMethod]
    [DataRow("boards 2", "line 1: a scenario begins with the line \"edgechat scenario 1\"")]
    [DataRow("edgechat scenario 1\nboards 65", "line 2: boards 65: give a number from 1 to 64")]
    [DataRow("edgechat scenario 1\nboard toaster", "line 2: board toaster: there is no such board; choose one of")]
    [DataRow("edgechat scenario 1\n# a comment\n\nwait soon", "line 4: wait soon: give seconds, 0 to 3600, such as 2.5")]
    [DataRow("edgechat scenario 1\nzoe types hello", "line 2: there is no board \"zoe\": begin with one of alice and bob, or with boards")]
    [DataRow("edgechat scenario 1\nalice tpyes hello", "line 2: \"tpyes\" is not known here, did you mean types?")]
    [DataRow("edgechat scenario 1\nalice presses left", "line 2: esp32-devkit has no button \"left\": use up, ok, down")]
    [DataRow("edgechat scenario 1\nalice power maybe", "line 2: \"alice power maybe\": write on or off at its end")]
    [DataRow("edgechat scenario 1\nalice keys help", "line 2: keys help: expected a text in quotes as in JSON")]
    [DataRow("edgechat scenario 1\nexpect bob recieved hi", "line 2: \"recieved\" is not known here, did you mean received?")]
    [DataRow("edgechat scenario 1\nexpect bob console", "line 2: behind console a text is missing")]
    [DataRow("edgechat scenario 1\nwait 1\nboards 3", "line 3: boards must stand before the first step")]
    public async Task A_bad_file_is_told_with_its_line_and_what_was_expected(string text, string error)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        var (code, said) = await ToolUnderTest.RunAsync("demo", "--scenario", file);
        File.Delete(file);
        Assert.AreEqual(ExitCode.Usage, code);
        StringAssert.Contains(said, $"edgechat: {file}: {error}");
    }

    [TestMethod]
    [DataRow("--scenario /nothing/there: cannot be read", "demo", "--scenario", "/nothing/there")]
    [DataRow("--boards: the scenario says which boards there are", "demo", "--boards", "3", "--scenario", "x")]
    [DataRow("--scenario has no page: leave --port and --open out", "demo", "--open", "--scenario", "FILE")]
    public async Task What_does_not_go_together_is_said(string error, params string[] words)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, ScenarioFile.Title);
        var (code, said) = await ToolUnderTest.RunAsync([.. words.Select(w => w == "FILE" ? file : w)]);
        File.Delete(file);
        Assert.AreEqual(ExitCode.Usage, code);
        StringAssert.Contains(said, error);
    }

    [TestMethod]
    public void A_file_is_read_with_comments_and_any_line_ends()
    {
        ScenarioFile file = ScenarioFile.Parse(
            "x", "edgechat scenario 1\r\nboards 3\r\n# said\r\ncarol keys \"a\\u001b[D\"\r\nexpect carol read  two words \r\n");
        Assert.AreEqual(3, file.Boards);
        Assert.AreEqual("a\u001b[D", ((TypeStep)file.Steps[0]).Typed);
        Assert.AreEqual(("two words", Tick.Shown), (((ExpectTick)file.Steps[1]).Message, ((ExpectTick)file.Steps[1]).Tick));
    }

    [TestMethod]
    public async Task A_scenario_ends_with_0_when_all_that_it_expects_holds()
    {
        var (code, output, error) = await PlayAsync("""
            edgechat scenario 1
            patience 170
            broker off
            alice types send bob Hello
            broker on
            expect alice received Hello
            expect bob shows Hello
            bob presses ok
            expect alice read Hello
            bob power off
            expect bob lost
            bob power on
            expect bob online
            alice types status
            expect alice console alice
            """);
        Assert.AreEqual(0, code, error + output);
        StringAssert.Contains(output, "13 steps, 6 expectations hold");
    }

    [TestMethod]
    public async Task An_expectation_that_does_not_hold_says_line_and_what_is_instead()
    {
        var (code, _, error) = await PlayAsync("""
            edgechat scenario 1
            patience 60
            wait 0
            expect alice read Never sent
            """.Replace("patience 60", "patience 15"));
        Assert.AreEqual(ExitCode.Scenario, code, error);
        StringAssert.Contains(error, "line 4: \"expect alice read Never sent\" does not hold after 15 s: no such message was sent");
    }

    [TestMethod]
    public async Task What_was_done_on_the_page_is_saved_and_plays_with_the_same_result()
    {
        string saved;
        await using (var demo = await DemoUnderTest.StartAsync(Firmware.Main))
        {
            var page = await PageUnderTest.OpenAsync(demo);
            await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "both boards are online");
            await page.GetByRole(AriaRole.Button, new() { Name = "Record scenario" }).ClickAsync();
            await page.GetByLabel("A line for Alice's console").FillAsync("send bob Hello");
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("[data-board=alice] .packets .mark.received").First.WaitForAsync();
            await page.Locator("[data-board=bob] [data-button=ok]").ClickAsync();
            await page.Locator("[data-board=alice] .packets .mark.read").First.WaitForAsync();
            IDownload file = await page.RunAndWaitForDownloadAsync(
                () => page.GetByRole(AriaRole.Button, new() { Name = "Save scenario" }).ClickAsync());
            saved = await File.ReadAllTextAsync((await file.PathAsync())!);
        }

        foreach (string line in new[]
        {
            "boards 2", "board esp32-devkit", "alice types send bob Hello", "bob presses ok", "expect alice read Hello",
        })
            StringAssert.Contains(saved, $"\n{line}\n");
        var (code, output, error) = await PlayAsync(saved.Replace("\nboards 2\n", "\nboards 2\npatience 170\n", StringComparison.Ordinal));
        Assert.AreEqual(0, code, saved + error + output);
    }

    private static async Task<(int Code, string Out, string Error)> PlayAsync(string text)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        using var tool = new ToolUnderTest();
        int code = await tool.StartAsync(Firmware.Main, "demo", "--scenario", file);
        File.Delete(file);
        return (code, tool.Out, tool.Error);
    }
}

using System.Diagnostics;
using System.Text.Json;
using EdgeChat.Tool.Commands;
using Firmware = EdgeChat.Device.Program;

namespace EdgeChat.Tests.Tool;

/// <summary><c>edgechat demo</c> as a whole, in a pipe.</summary>
[TestClass]
public class HeadlessTests
{
    private static readonly TimeSpan Limit = Waiting.Longest;

    [TestMethod]
    public async Task Lines_of_input_reach_consoles_and_buttons_and_output_names_the_board()
    {
        using var tool = new ToolUnderTest();
        var run = tool.StartAsync(EchoFirmware.Run, "demo", "--headless", "--boards", "1");
        await tool.PrintsAsync("--- alice -----", Limit);
        await tool.PrintsAsync("alice| ready", Limit);
        tool.Type("alice hello there");
        await tool.PrintsAsync("alice| hello there", Limit);
        tool.Type("alice !ok");
        tool.Type("alice !ok long");
        tool.Type("alice");
        await tool.PrintsAsync("alice| [ok down][ok up][ok down][ok up]", Limit);
        tool.Type("zoe hi");
        tool.Type("alice !left");
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run.WaitAsync(Limit));
    }

    [TestMethod]
    public async Task The_real_process_says_where_it_is_and_ends_cleanly_on_SIGTERM()
    {
        var folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true
            };
            foreach (var word in new[] { Path.Combine(AppContext.BaseDirectory, "edgechat.dll"), "demo", "--json", "--data", folder })
                start.ArgumentList.Add(word);
            using var process = Process.Start(start)!;
            var line = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!).RootElement;
            Assert.AreEqual("alice bob", string.Join(' ', line.GetProperty("boards").EnumerateArray()));
            Assert.AreEqual(folder, line.GetProperty("data").GetString());
            StringAssert.StartsWith(line.GetProperty("broker").GetString(), "127.0.0.1:");
            using (var http = new HttpClient())
                StringAssert.Contains(await http.GetStringAsync(line.GetProperty("url").GetString()), "<title>EdgeChat demo</title>");
            Process.Start("kill", $"-TERM {process.Id}").WaitForExit();
            await process.WaitForExitAsync(new CancellationTokenSource(Limit).Token);
            Assert.AreEqual(ExitCode.Success, process.ExitCode, await process.StandardError.ReadToEndAsync());
            Assert.IsTrue(File.Exists(Path.Combine(folder, "bob", "edgechat.json")), "the user's folder stays");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public async Task A_flash_that_cannot_be_used_is_exit_code_5_and_one_line()
    {
        using var tool = new ToolUnderTest();
        var run = tool.StartAsync(
            () => VirtualBoard.Platform.Debug.WriteLine(new Core.FlashException(@"cannot open I:\log1: Access denied", null).ToString()),
            "demo", "--headless", "--boards", "1");
        Assert.AreEqual(ExitCode.Flash, await run.WaitAsync(Limit));
        StringAssert.Contains(tool.Error, @"alice cannot use its flash in ");
        StringAssert.Contains(tool.Error, @"cannot open I:\log1: Access denied; nothing was removed");
        Assert.AreEqual(1, tool.Error.Count(c => c == '\n'), tool.Error);
    }

    [TestMethod]
    public async Task Boards_keep_their_messages_in_data_and_a_damaged_log_is_named_and_left_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            await ChatAsync(folder, "alice send bob This will go", "alice| [me/1] to bob");
            await ChatAsync(folder, "alice send bob Hi", "alice| [me/2] to bob");
            await ChatAsync(folder, "alice read bob", "Hi");
            var file = Directory.GetFiles(Path.Combine(folder, "alice"), "ec.m*").Order().First();
            var damaged = File.ReadAllBytes(file);
            // the other message must stand, and what else is in the file differs from run to run
            damaged[damaged.AsSpan().IndexOf("This will go"u8)] ^= 0x40;
            File.WriteAllBytes(file, damaged);

            var (code, error) = await ToolUnderTest.RunAsync("demo", "--headless", "--data", folder);
            Assert.AreEqual(ExitCode.Flash, code, error);
            StringAssert.StartsWith(error, $"edgechat: {file}: alice's messages are damaged here (1 place); nothing was changed");
            Assert.AreEqual(1, error.Count(c => c == '\n'), error);
            CollectionAssert.AreEqual(damaged, File.ReadAllBytes(file));
            await ChatAsync(folder, "alice read bob", "Hi", "--skip-damaged");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public async Task At_the_end_each_board_says_off_and_no_will_follows()
    {
        await using var demo = await DemoUnderTest.StartAsync(Firmware.Main);
        await demo.UntilAsync(() => demo.Fleet.Boards.All(b => demo.Fleet.Presence.Of(b.Id)?.State == "on"), "both boards are online");
        var states = new List<string?>();
        demo.Broker.RetainedChanged += (topic, _) =>
        {
            if (topic.StartsWith("ec1/p/", StringComparison.Ordinal))
                states.Add($"{topic} {demo.Fleet.Presence.Of(topic[6..])?.State}");
        };
        await demo.Fleet.StopAsync();
        // The broker publishes a will, if there is one, before it counts the client as gone.
        await demo.UntilAsync(() => demo.Broker.Clients.Count == 0, "the boards have left");
        Assert.AreEqual("ec1/p/alice off, ec1/p/bob off", string.Join(", ", states.Order()));
    }

    // Starts the demo on a folder, types a line, waits for an answer and ends it.
    private static async Task ChatAsync(string folder, string line, string answer, params string[] more)
    {
        using var tool = new ToolUnderTest();
        var run = tool.StartAsync(null, ["demo", "--headless", "--data", folder, .. more]);
        tool.Type(line); // a board that starts does not hear its console yet: the line waits for it
        await tool.PrintsAsync(answer, Limit);
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run.WaitAsync(Limit), tool.Error);
    }
}

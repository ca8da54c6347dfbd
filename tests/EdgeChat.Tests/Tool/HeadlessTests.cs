using System.Diagnostics;
using System.Text.Json;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary><c>edgechat demo</c> as a whole, in a pipe.</summary>
[TestClass]
public class HeadlessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task Lines_of_input_reach_consoles_and_buttons_and_output_names_the_board()
    {
        using var tool = new ToolUnderTest();
        var run = tool.StartAsync(EchoFirmware.Run, "demo", "--headless", "--boards", "1");
        await tool.PrintsAsync("--- alice -----", Limit);
        tool.Type("alice hello there");
        tool.Type("alice !ok");
        tool.Type("alice !ok long");
        tool.Type("alice");
        await tool.PrintsAsync("alice| [ok down][ok up][ok down][ok up]", Limit);
        StringAssert.Contains(tool.Out, "alice| ready hello there");
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
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
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
}

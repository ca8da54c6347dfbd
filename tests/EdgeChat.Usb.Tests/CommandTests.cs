using System.Text.Json.Nodes;
using EdgeChat.ImageKit;
using EdgeChat.Tool.Commands;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;

namespace EdgeChat.Usb.Tests;

[TestClass]
public class CommandTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("edgechat-usb-").FullName;

    [ClassCleanup]
    public static void Remove() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    public async Task Flash_and_ports_tell_a_script_what_was_done()
    {
        using var test = new BoardUnderTest();
        using var port = new UsbPort("board", test.Board);
        string bundle = Bundle();

        var (code, output, error) = await RunAsync("flash", bundle, "--port", port.Path, "--json");

        Assert.AreEqual((0, ""), (code, error));
        JsonNode done = JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
        Assert.AreEqual("done", (string?)done["event"]);
        Assert.AreEqual("24:0a:c4:12:34:56", (string?)done["mac"]);
        (code, output, _) = await RunAsync("flash", bundle, "--port", port.Path);
        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "nothing was written, verified");
    }

    [TestMethod]
    public async Task A_board_with_another_chip_is_refused()
    {
        using var test = new BoardUnderTest(LoaderChip.C3);
        using var port = new UsbPort("board", test.Board);

        var (code, _, error) = await RunAsync("flash", Bundle(), "--port", port.Path);

        Assert.AreEqual(ExitCode.Board, code);
        StringAssert.Contains(error, "the board has an ESP32-C3, and this is for the ESP32");
        Assert.AreEqual(0, test.Board.Flash.BytesProgrammed);
    }

    [TestMethod]
    [DataRow("there is no such port", ExitCode.Board, "ports", "/dev/nothing-there")]
    [DataRow("give a number from 1 to 64", ExitCode.Usage, "sim", "usb", "--count", "0")]
    [DataRow("choose one of esp32, s3, c3, c6", ExitCode.Usage, "sim", "usb", "--chip", "s9")]
    [DataRow("choose real or fast", ExitCode.Usage, "sim", "usb", "--flash-model", "slow")]
    [DataRow("write it as SSID:PASSWORD", ExitCode.Usage, "sim", "usb", "--wifi", "net")]
    [DataRow("see `edgechat flash --help`", ExitCode.Usage, "flash")]
    public async Task What_cannot_be_done_is_said_with_its_cure(string expected, int exit, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.AreEqual(exit, code, output + error);
        StringAssert.Contains(error, expected);
        Assert.AreEqual("", output, "errors go to the standard error output");
    }

    private static string Bundle() =>
        Samples.WriteBundle(Directory.CreateDirectory(Path.Combine(Folder, Path.GetRandomFileName())).FullName);

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        using var host = new ToolHost { Out = output, Error = error, In = new LineInput(Stream.Null) };
        int code = await EdgeChatCommand.RunAsync(arguments, host, () => { });
        return (code, output.ToString(), error.ToString());
    }
}

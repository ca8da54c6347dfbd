using System.Text.Json;
using EdgeChat.ImageKit;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Bundle.Tests;

/// <summary>The command line of <c>edgechat bundle</c>.</summary>
[TestClass]
public class BundleCommandTests
{
    [TestMethod]
    public async Task A_bundle_is_made_inspected_and_verified()
    {
        using var folder = new TestFolder();
        Samples.WriteAssemblies(folder["pe"]);
        string runtime = new RuntimeWriter().WriteZip(folder.Path);
        Assert.AreEqual(0, (await Run("bundle", "key", folder["key"])).Code);
        var made = await Run("bundle", "make", "--pe", folder["pe"], "--runtime", runtime, "--board", "esp32-devkit", "--key",
            folder["key"],
            "--out", folder["b"]);
        Assert.AreEqual(0, made.Code, made.Error);
        StringAssert.Contains(made.Out, "EdgeChat.Device 0.1.0.0 for esp32-devkit");

        var inspected = await Run("bundle", "inspect", "--json", folder["b"]);
        using var json = JsonDocument.Parse(inspected.Out);
        Assert.AreEqual("esp32-devkit", json.RootElement.GetProperty("manifest").GetProperty("board").GetString());
        Assert.AreEqual(3, json.RootElement.GetProperty("manifest").GetProperty("assemblies").GetArrayLength());

        StringAssert.Contains((await Run("bundle", "verify", folder["b"], "--trust", folder["key.pub"])).Out, "which you trust");
        await Run("bundle", "key", folder["other"]);
        var refused = await Run("bundle", "verify", folder["b"], "--trust", folder["other.pub"]);
        Assert.AreEqual(ExitCode.Bundle, refused.Code);
        StringAssert.Contains(refused.Error, "do not flash it");
    }

    [TestMethod]
    public async Task The_real_mscorlib_is_inspected_and_verified()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["mscorlib.pe"], Samples.Mscorlib);
        StringAssert.Contains((await Run("bundle", "inspect", folder["mscorlib.pe"])).Out, "native code  1549C856");
        StringAssert.Contains((await Run("bundle", "verify", folder["mscorlib.pe"])).Out, "mscorlib 1.17.11.0 is whole");
    }

    [TestMethod]
    public async Task Each_fault_is_a_line_and_the_code_is_that_of_bundles()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["pe"]);
        File.WriteAllBytes(folder["pe/App.pe"],
            new PeWriter("App") { References = [("mscorlib", "1.17.11.0"), ("Gone", "1.0.0.0")] }.Write());
        var made = await Run("bundle", "make", "--pe", folder["pe"], "--runtime", new RuntimeWriter().WriteZip(folder.Path), "--board",
            "esp32-devkit", "--out", folder["b"]);
        Assert.AreEqual(ExitCode.Bundle, made.Code);
        Assert.AreEqual(3, made.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Count(l => l.StartsWith("edgechat: ", StringComparison.Ordinal)), made.Error);
        Assert.IsFalse(File.Exists(folder["b"]));
    }

    [TestMethod]
    [DataRow("edgechat bundle: unknown command mke, did you mean make?", "bundle", "mke")]
    [DataRow("edgechat bundle make: unknown option --oot, did you mean --out?", "bundle", "make", "--oot", "x")]
    [DataRow("--flash 5: give 2, 4, 8, 16 or 32", "bundle", "make", "--pe", "a", "--runtime", "b", "--board", "c", "--out", "d", "--flash",
        "5")]
    public async Task A_wrong_command_line_says_what_is_meant(string error, params string[] words)
    {
        var ran = await Run(words);
        Assert.AreEqual(ExitCode.Usage, ran.Code);
        StringAssert.Contains(ran.Error, error);
    }

    private static async Task<(int Code, string Out, string Error)> Run(params string[] words)
    {
        using var host = new ToolHost { Out = new StringWriter(), Error = new StringWriter(), In = new LineInput(Stream.Null) };
        int code = await EdgeChatCommand.RunAsync(words, host);
        return (code, host.Out.ToString()!, host.Error.ToString()!);
    }
}

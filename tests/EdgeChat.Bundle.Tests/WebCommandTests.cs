using System.Text.Json;
using EdgeChat.Bundle.Web;
using EdgeChat.ImageKit;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Bundle.Tests;

/// <summary>The page that flashes boards out of a browser.</summary>
[TestClass]
public class WebCommandTests
{
    [TestMethod]
    public async Task The_manifest_names_chip_files_and_addresses_as_ESP_Web_Tools_reads_them()
    {
        using var folder = new TestFolder();
        string bundle = Samples.WriteBundle(folder.Path);
        var made = await Run("bundle", "web", bundle, "--out", folder["site"]);
        Assert.AreEqual(0, made.Code, made.Error);
        StringAssert.Contains(made.Error, "put it into " + Path.Combine(folder["site"], "esp-web-tools"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(folder["site/esp32-devkit/manifest.json"]));
        JsonElement root = json.RootElement;
        Assert.AreEqual("EdgeChat for ESP32 DevKit, SSD1306, three buttons", root.GetProperty("name").GetString());
        Assert.AreEqual("0.1.0.0", root.GetProperty("version").GetString());
        Assert.IsTrue(root.GetProperty("new_install_prompt_erase").GetBoolean());
        Assert.AreEqual(0, root.GetProperty("new_install_improv_wait_time").GetInt32());
        JsonElement build = root.GetProperty("builds").EnumerateArray().Single();
        Assert.AreEqual("ESP32", build.GetProperty("chipFamily").GetString());
        string[] parts = [.. build.GetProperty("parts").EnumerateArray()
            .Select(p => $"{p.GetProperty("path").GetString()} {p.GetProperty("offset").GetInt32():X}")];
        CollectionAssert.AreEqual(
            new[] { "nanoCLR.bin 10000", "deployment.bin 1E0000", "partitions.bin 8000", "bootloader.bin 1000" }, parts);
        byte[] deployment = File.ReadAllBytes(folder["site/esp32-devkit/deployment.bin"]);
        BundleFile file = BundleFile.Load(bundle);
        Assert.AreEqual(file.Manifest.DeploymentRoom, deployment.Length, "what an earlier program has left is written over");
        Assert.IsTrue(deployment.AsSpan().StartsWith(file.Bytes(PartKind.Deployment)));
        Assert.IsTrue(deployment.AsSpan(file.Part(PartKind.Deployment).Size).IndexOfAnyExcept((byte)0xFF) < 0);
        StringAssert.Contains(File.ReadAllText(folder["site/index.html"]), "manifest=\"esp32-devkit/manifest.json\"");
    }

    [TestMethod]
    [DataRow((ushort)9, "ESP32-S3", 0)]
    [DataRow((ushort)5, "ESP32-C3", 0)]
    [DataRow((ushort)13, "ESP32-C6", 0)]
    public void Later_chips_are_spelled_as_the_browser_tells_them(ushort chip, string family, int bootLoader)
    {
        using var folder = new TestFolder();
        string path = Samples.WriteBundle(folder.Path, runtime: new RuntimeWriter { Chip = chip, DeploymentSize = 0x1F0000 });
        InstallBuild build = InstallManifest.Of(BundleFile.Load(path), "board").Builds.Single();
        Assert.AreEqual(family, build.ChipFamily);
        Assert.AreEqual(bootLoader, build.Parts[^1].Offset);
    }

    [TestMethod]
    public async Task The_script_is_copied_from_the_package()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["package/dist/web"]);
        File.WriteAllText(folder["package/LICENSE"], "Apache");
        File.WriteAllText(folder["package/dist/web/install-button.js"], "button");
        string bundle = Samples.WriteBundle(folder.Path);
        var made = await Run("bundle", "web", bundle, "--out", folder["site"], "--esp-web-tools", folder["package"]);
        Assert.AreEqual((0, ""), (made.Code, made.Error));
        Assert.AreEqual("button", File.ReadAllText(folder["site/esp-web-tools/install-button.js"]));
        Assert.IsTrue(File.Exists(folder["site/esp-web-tools/LICENSE"]));
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_said_before_anything_is_written()
    {
        using var folder = new TestFolder();
        string bundle = Samples.WriteBundle(folder.Path);
        var twice = await Run("bundle", "web", bundle, bundle, "--out", folder["site"]);
        Assert.AreEqual(ExitCode.Bundle, twice.Code);
        StringAssert.Contains(twice.Error, "are both for the board esp32-devkit: give one bundle a board");
        var none = await Run("bundle", "web", bundle, "--out", folder["site"], "--esp-web-tools", folder["nothing"]);
        Assert.AreEqual(ExitCode.Bundle, none.Code);
        StringAssert.Contains(none.Error, "give the folder of the npm package esp-web-tools");
        await Run("bundle", "key", folder["key"]);
        var stranger = await Run("bundle", "web", bundle, "--out", folder["site"], "--trust", folder["key.pub"]);
        Assert.AreEqual(ExitCode.Bundle, stranger.Code);
        Assert.IsFalse(Directory.Exists(folder["site"]));
    }

    [TestMethod]
    public async Task A_boards_name_cannot_lead_out_of_the_folder()
    {
        using var folder = new TestFolder();
        string path = Samples.WriteBundle(folder.Path, board: """{ "name": "../other", "target": "ESP32_REV3" }"""u8.ToArray());
        var made = await Run("bundle", "web", path, "--out", folder["site"]);
        Assert.AreEqual(ExitCode.Bundle, made.Code);
        StringAssert.Contains(made.Error, "a board's name is of letters, digits, - and _");
        Assert.IsFalse(Directory.Exists(folder["other"]));
    }

    private static async Task<(int Code, string Out, string Error)> Run(params string[] words)
    {
        using var host = new ToolHost { Out = new StringWriter(), Error = new StringWriter(), In = new LineInput(Stream.Null) };
        int code = await EdgeChatCommand.RunAsync(words, host);
        return (code, host.Out.ToString()!, host.Error.ToString()!);
    }
}

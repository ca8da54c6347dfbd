using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeChat.Bundle;
using EdgeChat.Device;
using EdgeChat.Fleet;
using EdgeChat.TestKit;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tests.OnBoard;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo;
using BoardFiles = EdgeChat.Tool.Demo.BoardFiles;

namespace EdgeChat.Tests.Tool;

/// <summary>The files of a board: a slip in a key is told with the right one, and what the tool writes the firmware reads.</summary>
[TestClass]
public partial class BoardKeysTests
{
    [TestMethod]
    [DataRow("""{"id":"alice","pasword":"x"}""", "\"pasword\" is no key of it: did you mean \"password\"?")]
    [DataRow("""{"id":"alice","Port":1883}""", "\"Port\" is no key of it: did you mean \"port\"?")]
    [DataRow("""{"id":"alice","zzz":1}""", "\"zzz\" is no key of it: expected one of id, e, name")]
    [DataRow("""{"id":"alice","name":"a\u0007b"}""", "\"name\" has a control character")]
    public async Task A_wrong_key_of_edgechat_json_is_told_and_the_file_is_left_as_it_is(string file, string says)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "alice")).FullName, "edgechat.json");
            File.WriteAllText(path, file);
            (int code, string error) = await ToolUnderTest.RunAsync("demo", "--data", folder);
            Assert.AreEqual(ExitCode.Flash, code, error);
            StringAssert.Contains(error, says);
            Assert.AreEqual(file, File.ReadAllText(path));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    [DataRow("""{"nme":"x"}""", "\"nme\" is no key of it: did you mean \"name\"?")]
    [DataRow("""{"display":{"hight":64}}""", "\"display.hight\" is no key of it: did you mean \"height\"?")]
    [DataRow("""{"buttons":{"okk":1}}""", "\"buttons.okk\" is no key of it: expected one of up, ok, down, activeLow")]
    public async Task A_wrong_key_of_board_json_is_told_before_a_bundle_is_made_of_it(string file, string says)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("edgechat-test-").FullName, "board.json");
        File.WriteAllText(path, file);
        (int code, string error) = await ToolUnderTest.RunAsync(
            "bundle", "make", "--pe", "/nowhere", "--runtime", "/nowhere.zip", "--board", path, "--out", "/nowhere.bundle");
        Assert.AreEqual(ExitCode.Bundle, code, error);
        StringAssert.Contains(error, $"{path}: {says}");
    }

    [TestMethod]
    public void The_keys_are_those_that_the_firmware_and_the_virtual_board_read()
    {
        foreach (string name in BoardModel.Names)
            Assert.IsNull(BoardKeys.FaultOf(JsonNode.Parse(BoardModel.Load(name).Json)!.AsObject(), BoardKeys.Board), name);
        string[] known = [.. BoardKeys.Settings.Concat(BoardKeys.Board).Select(k => k[(k.LastIndexOf('.') + 1)..])];
        string[] read =
        [
            .. Directory.GetFiles(Repository.File("firmware/EdgeChat.Device/Config"), "*.cs")
                .SelectMany(f => Reading().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct(),
        ];
        Assert.IsGreaterThan(30, read.Length);
        CollectionAssert.IsSubsetOf(read, known, "a key that the firmware reads is missing in BoardKeys");
        CollectionAssert.AreEquivalent(new[] { "title", "demo" }, known.Except(read).ToArray(), "a key in BoardKeys that no board reads");
    }

    [TestMethod]
    public void What_the_demo_writes_the_firmware_reads_whatever_the_name() => Seeds.Play(nameof(BoardKeysTests), 20261127, seed =>
    {
        var dice = new Random(seed);
        for (int i = 0; i < 12; i++) WriteAndRead(NameOf(dice));
    });

    private static void WriteAndRead(string name)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        try
        {
            string path = Path.Combine(folder, BoardFiles.SettingsFile);
            File.WriteAllText(path, BoardJson.Write(new JsonObject { ["id"] = "alice", ["name"] = name, ["password"] = name }));
            BoardFiles.Write(
                folder, BoardModel.Load("esp32-devkit"), "alice", new BrokerAddress("localhost", 1883), ["bob"], name, ca: null);
            DeviceConfig? read = null;
            using var board = new TestBoard(() =>
            {
                read = DeviceConfig.Load();
                _ = BoardConfig.Load();
            });
            foreach (string file in new[] { BoardFiles.SettingsFile, BoardFiles.BoardFile })
                board.Put(file, File.ReadAllText(Path.Combine(folder, file)));
            board.RunToEnd();
            Assert.AreEqual(name, read!.Me.DisplayName, string.Join(' ', name.Select(c => $"{(int)c:X4}")));
            Assert.AreEqual(name, read.Password);
            Assert.AreEqual("bob", read.Me.Contacts.Single());
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string NameOf(Random dice)
    {
        string[] parts =
        [
            "a", "Zoë", "🙂", "👩🏽‍🚀", "\"", "\\", "/", "\\u0041", "日本", "שלום", " ", "'", "{", "}", "\u2028", "\uE000", "é", "é",
        ];
        var name = new StringBuilder("n");
        for (int left = dice.Next(1, 9); left > 0; left--)
        {
            string part = parts[dice.Next(parts.Length)];
            if (name.Length + part.Length <= 32) name.Append(part);
        }

        return name.ToString();
    }

    [GeneratedRegex("\\.(?:Text|Number|Flag|Secret|Texts|Networks|Section|Input|Output|Free)\\((?:\\w+, )?\"(\\w+)\"")]
    private static partial Regex Reading();
}

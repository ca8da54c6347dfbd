using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Usb;

namespace EdgeChat.Usb.Tests;

/// <summary>Which ports a name or a pattern means.</summary>
[TestClass]
public class PortChoiceTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("edgechat-ports-").FullName;

    [ClassInitialize]
    public static void Make(TestContext test)
    {
        foreach (string name in new[] { "ttyUSB0", "ttyUSB1", "ttyACM0" }) File.WriteAllText(At(name), "");
        File.CreateSymbolicLink(At("by-id-of-0"), At("ttyUSB0"));
        Directory.CreateDirectory(At("ttyUSB-folder"));
    }

    [ClassCleanup]
    public static void Remove() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    [DataRow("ttyUSB0 ttyUSB1", "ttyUSB*")]
    [DataRow("ttyACM0 ttyUSB0", "tty???0")]
    [DataRow("ttyUSB1 ttyUSB0", "ttyUSB1", "ttyUSB*")]
    [DataRow("by-id-of-0 ttyUSB1", "by-id-of-0", "ttyUSB*")]
    [DataRow("not-there", "not-there", "not-there")]
    public void Patterns_and_names_mean_each_port_once(string expected, params string[] named)
    {
        string[] all = [.. PortChoice.All([.. named.Select(At)]).Select(p => Path.GetFileName(p)!)];
        CollectionAssert.AreEqual(expected.Split(' '), all);
        string[] there = [.. PortChoice.Present([.. named.Select(At)]).Select(p => Path.GetFileName(p)!)];
        CollectionAssert.AreEqual(all.Where(p => p != "not-there").ToArray(), there);
    }

    [TestMethod]
    public void A_pattern_without_a_port_and_one_in_a_folder_say_so()
    {
        var none = Assert.ThrowsExactly<ToolException>(() => PortChoice.All([At("ttyUSB0"), At("ttyX*")]));
        Assert.AreEqual(ExitCode.Board, none.ExitCode);
        StringAssert.Contains(none.Message, $"no port matches {At("ttyX*")}");
        Assert.IsEmpty(PortChoice.Present([At("ttyX*"), At("nowhere/tty*")]), "a board may come yet");
        var folder = Assert.ThrowsExactly<ToolException>(() => PortChoice.All(["/dev/*/0"]));
        Assert.AreEqual(ExitCode.Usage, folder.ExitCode);
        StringAssert.Contains(folder.Message, "in the last part alone");
    }

    [TestMethod]
    public void A_command_for_one_board_takes_a_pattern_that_means_one()
    {
        Assert.AreEqual(At("ttyACM0"), PortChoice.Of(At("ttyA*")));
        Assert.AreEqual("anything", PortChoice.Of("anything"));
        var many = Assert.ThrowsExactly<ToolException>(() => PortChoice.Of(At("ttyUSB*")));
        Assert.AreEqual(ExitCode.Usage, many.ExitCode);
        StringAssert.Contains(many.Message, $"2 ports match {At("ttyUSB*")}: choose one with --port ({At("ttyUSB0")}, {At("ttyUSB1")})");
        Assert.AreEqual(ExitCode.Board, Assert.ThrowsExactly<ToolException>(() => PortChoice.Of(At("x*"))).ExitCode);
    }

    private static string At(string name) => Path.Combine(Folder, name);
}

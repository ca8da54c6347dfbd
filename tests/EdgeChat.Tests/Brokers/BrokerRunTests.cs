using EdgeChat.Fleet;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Brokers;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Brokers;

/// <summary>How a broker in the foreground ends.</summary>
[TestClass]
public class BrokerRunTests
{
    [TestMethod]
    [DataRow("nothing-of-this-name", "is not installed")]
    [DataRow("/dev/null", "ermission denied")]
    public async Task Why_it_has_ended_is_told_also_when_what_it_leaves_behind_cannot_be_ended(string last, string why)
    {
        using var output = new StringWriter();
        var program = new BrokerProgram("sh", ["-c", "echo no room; exit 3"], []) { Last = [last] };
        ToolException error = await Assert.ThrowsExactlyAsync<ToolException>(
            () => BrokerRun.RunAsync(program, output, CancellationToken.None));
        Assert.AreEqual("sh has ended by itself with 3: what it said last tells why", error.Message);
        StringAssert.Contains(output.ToString(), "no room");
        StringAssert.Contains(output.ToString(), $"{last}, which the broker may have left behind, was not ended: ");
        StringAssert.Contains(output.ToString(), why);
    }

    [TestMethod]
    public async Task One_that_a_defect_of_its_own_has_ended_is_started_again_and_another_end_is_told()
    {
        string starts = Path.GetTempFileName();
        using var output = new StringWriter();
        var program = new BrokerProgram("sh", ["-c", $"echo x >> {starts}; [ $(wc -l < {starts}) -lt 3 ] && exit 2; exit 3"], [])
        {
            DefectCode = 2,
        };
        ToolException error = await Assert.ThrowsExactlyAsync<ToolException>(
            () => BrokerRun.RunAsync(program, output, CancellationToken.None));
        Assert.AreEqual("sh has ended by itself with 3: what it said last tells why", error.Message);
        Assert.HasCount(3, File.ReadAllLines(starts));
        StringAssert.Contains(output.ToString(), "sh has ended by itself with 2, and is started again");
        File.Delete(starts);
    }

    [TestMethod]
    [Timeout(300_000)]
    public async Task A_broker_is_checked_at_an_address_that_its_certificate_does_not_name()
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("mosquitto");
        using var tool = new ToolUnderTest();
        int code = await tool.StartAsync(
            null, "broker", "check", folder.Folder, "--at", $"127.0.0.2:{folder.Address.Port}", "--act", "direct");
        Assert.AreEqual(ExitCode.Success, code, tool.Out + tool.Error);
        StringAssert.StartsWith(tool.Out, "well    direct ");
    }

    [TestMethod]
    [Timeout(300_000)]
    [DataRow("mosquitto", "mosquitto.pid")]
    [DataRow("nats", "nats.pid")]
    public async Task A_broker_that_runs_is_not_run_again_and_still_hears_of_what_changes(string kind, string pidFile)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind);
        string process = File.ReadAllText(folder[pidFile]);
        for (int i = 0; i < 2; i++)
        {
            (int code, string error) = await ToolUnderTest.RunAsync("broker", "run", folder.Folder);
            Assert.AreEqual(ExitCode.Machine, code, error);
            Assert.AreEqual($"edgechat: {folder.Folder}: its broker runs already, as the process in {folder[pidFile]}: end that one first; "
                + "if it is another program, remove that file", error.Trim());
            File.Delete(folder[".run-1.lock"]); // as if who ran it had been killed, and the broker had not
        }

        Assert.AreEqual(process, File.ReadAllText(folder[pidFile]));
        await folder.PasswordsAsync("alice");
    }
}

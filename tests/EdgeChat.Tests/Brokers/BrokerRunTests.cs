using EdgeChat.Fleet;
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
}

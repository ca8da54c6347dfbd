using System.Text;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A change of the configuration on flash, with the power going at every step: what the next start reads is whole, and the old or
/// the new one.</summary>
[TestClass]
public class ConfigChangeTests
{
    private const string Old = """{ "id": "alice", "operator": "fleet", "host": "old.home" }""";
    private const string New = """{ "id": "alice", "operator": "fleet", "host": "new.home" }""";

    [TestMethod]
    public void Until_it_is_applied_the_power_leaves_the_old_configuration() => CutEverywhere(
        arm =>
        {
            // one that was applied before leaves its record
            Open().Begin(6, ConfigChange.Settings, Encoding.UTF8.GetBytes(Old));
            Open().Apply();
            arm();
            Open().Begin(7, ConfigChange.Settings, Encoding.UTF8.GetBytes(New));
        },
        (host, change) =>
        {
            Assert.AreEqual("old.home", host);
            Assert.IsTrue(change.Number == 6 || change.State is ConfigChange.Trying or ConfigChange.FellBack, $"{change.State}");
        });

    [TestMethod]
    public void While_it_is_applied_the_power_leaves_the_old_or_the_new_configuration() => CutEverywhere(
        arm =>
        {
            Open().Begin(7, ConfigChange.Settings, Encoding.UTF8.GetBytes(New));
            ConfigChange trial = Open();
            Assert.AreEqual(ConfigChange.Trying, trial.State);
            arm();
            trial.Apply();
        },
        (host, change) => Assert.AreEqual(host == "new.home" ? ConfigChange.Applied : ConfigChange.FellBack, change.State));

    [TestMethod]
    public void A_trial_that_the_power_has_ended_is_over_and_says_so()
    {
        using var board = new TestBoard(() =>
        {
            Open().Begin(7, ConfigChange.Settings, Encoding.UTF8.GetBytes(New));
            Assert.AreEqual(ConfigChange.Trying, Open().State);
            ConfigChange after = Open();
            Assert.AreEqual((ConfigChange.FellBack, 7, "the board was restarted while it was tried", false),
                (after.State, after.Number, after.Words, after.IsTold));
            after.Tell();
            Assert.IsTrue(Open().IsTold);
            CollectionAssert.AreEquivalent(new[] { "change", "edgechat.json" }, new FileFlash("").List());
        });
        board.Put("edgechat.json", Old);
        board.RunToEnd();
    }

    [TestMethod]
    [DataRow("aen\n")]
    [DataRow("aenseven\nwords")]
    [DataRow("aen99999999999\n")]
    public void A_damaged_record_counts_as_none(string record)
    {
        using var board = new TestBoard(() => Assert.AreEqual(0, Open().Number));
        board.Put("change", record);
        board.RunToEnd();
    }

    private static ConfigChange Open() => ConfigChange.Open(new FileFlash(""));

    private static void CutEverywhere(Action<Action> change, Action<string, ConfigChange> check)
    {
        bool wasCut = true;
        int cuts = 0;
        for (int step = 0; wasCut; step++)
            foreach (FlashCutOutcome outcome in new[] { FlashCutOutcome.Old, FlashCutOutcome.New })
            {
                using var board = new TestBoard(() => change(() => Board.Current!.Flash.CutAfterOperations(step, outcome)));
                board.Put("edgechat.json", Old);
                board.Board.PowerOn();
                Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
                Assert.IsNull(board.Board.FirmwareFault);
                wasCut = board.Board.Flash.WasCut;
                if (wasCut) cuts++;
                board.Board.PowerOff();
                board.Main = () =>
                {
                    ConfigChange found = Open();
                    string host = DeviceConfig.Load().Host;
                    check(host, found);
                };
                board.RunToEnd();
            }

        Assert.IsTrue(cuts > 5, $"{cuts} cuts");
    }
}

using System.Text.Json;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>What a program gets of the commands of a fleet: <c>--json</c>.</summary>
[TestClass]
public class FleetJsonTests
{
    [TestMethod]
    public async Task A_program_gets_JSON_of_a_board_a_plan_and_files()
    {
        using var folder = new TestFolder();
        folder.Fleet(TestFolder.TwoBoards.Replace("credentials: mosquitto", "credentials: nats"));
        using (FleetStore store = folder.Store()) store.Claim("alice", "24:6f:28:00:00:01");
        string[] fleet = ["--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        using var board = JsonDocument.Parse((await ToolRun.Of(["fleet", "show", "alice", "--json", .. fleet])).Out);
        Assert.AreEqual("claimed", board.RootElement.GetProperty("state").GetString());
        Assert.AreEqual(1, board.RootElement.GetProperty("history").GetArrayLength());

        string[] plans = (await ToolRun.Of(["provision", "--dry-run", "--json", .. fleet])).Out.TrimEnd().Split('\n');
        using var plan = JsonDocument.Parse(plans[0]);
        Assert.AreEqual(("alice", 2), (plan.RootElement.GetProperty("id").GetString(), plans.Length));
        StringAssert.Contains(plan.RootElement.GetProperty("credentials").GetString(), "a new password into " + folder["passwords"]);

        File.WriteAllBytes(folder["half.bundle"], File.ReadAllBytes(folder["edgechat.bundle"])[..1000]);
        string[] files = [folder["half.bundle"], folder["none.bundle"], folder["edgechat.bundle"], folder["pe/mscorlib.pe"]];
        var ran = await ToolRun.Of(["bundle", "verify", .. files]);
        Assert.AreEqual((ExitCode.Bundle, 2, 2), (ran.Code, ran.Out.Count(c => c == '\n'), ran.Error.Count(c => c == '\n')), ran.Error);
        StringAssert.Contains(ran.Error, "none.bundle: there is no such file");
        string[] verified = (await ToolRun.Of(["bundle", "verify", "--json", .. files])).Out.TrimEnd().Split('\n');
        bool[] whole = [.. verified.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("whole").GetBoolean())];
        CollectionAssert.AreEqual(new[] { false, false, true, true }, whole);
    }

    [TestMethod]
    public async Task A_program_gets_JSON_of_whatever_is_done_and_why_it_is_not()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        File.WriteAllLines(folder["passwords"], [MosquittoPasswords.Line("alice", "x")]);
        folder.HasProvisionedAlice();

        string[] fleet = ["--json", "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]];
        await Same("""{"file":"FOLDER/new.yaml","boards":["a"]}""", "fleet", "init", "--board", "a", folder["new.yaml"], "--json");
        await Same("""{"file":"FOLDER/new.key"}""", "fleet", "key", folder["new.key"], "--json");
        await Same("""{"file":"FOLDER/fleet.yaml","boards":["alice","bob"],"groups":[]}""",
            "fleet", "check", folder["fleet.yaml"], "--json");
        await Same("""{"id":"alice","oldPassword":"good"}""", ["fleet", "rotate", "alice", .. fleet]);
        await Same("""{"file":"FOLDER/out.json","boards":["alice"]}""", ["fleet", "export", folder["out.json"], .. fleet]);
        await Same("""{"file":"FOLDER/out.json","added":0}""", ["fleet", "import", folder["out.json"], .. fleet]);
        await Same("""{"event":"error","code":8,"message":"alcie is no board of the store, did you mean alice?"}""",
            ["fleet", "rotate", "alcie", .. fleet]);

        string sign = (await ToolRun.Of("bundle", "key", folder["sign.key"], "--json")).Out;
        StringAssert.Matches(sign, new("""^{"key":".+","private":".+sign.key","public":".+sign.key.pub"}"""));
        var ran = await ToolRun.Of(["provision", "--export", folder["nanoff"], .. fleet]);
        using var board = JsonDocument.Parse(ran.Out.Split('\n')[0]);
        Assert.AreEqual(("bob", 1), (
            board.RootElement.GetProperty("id").GetString(), board.RootElement.GetProperty("incarnation").GetInt32()), ran.Out + ran.Error);
        Assert.AreEqual(4, board.RootElement.GetProperty("commands").GetArrayLength());
        using var wrong = JsonDocument.Parse((await ToolRun.Of("fleet", "list", "--jsonn", "--json")).Out);
        Assert.AreEqual(ExitCode.Usage, wrong.RootElement.GetProperty("code").GetInt32());

        async Task Same(string expected, params string[] words)
        {
            var ran = await ToolRun.Of(words);
            Assert.AreEqual(expected.Replace("FOLDER", folder.Path, StringComparison.Ordinal), ran.Out.TrimEnd(), ran.Error);
        }
    }
}

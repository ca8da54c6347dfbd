using System.Text.Json.Nodes;
using EdgeChat.Core;
using EdgeChat.Tool.Demo;

namespace EdgeChat.Tests.Tool;

/// <summary>The time zone of the demo's boards is this PC's, summer time included, also the next year.</summary>
[TestClass]
public class PosixZoneTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("Europe/Berlin")]
    [DataRow("America/New_York")]
    [DataRow("America/St_Johns")]
    [DataRow("Australia/Sydney")]
    [DataRow("Australia/Lord_Howe")]
    [DataRow("Asia/Kolkata")]
    [DataRow("America/Sao_Paulo")]
    [DataRow("Etc/UTC")]
    public void A_board_has_the_same_local_time_as_the_PC(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var text = PosixZone.Of(zone, Now);
        var rule = ZoneRule.Parse(text);
        Assert.IsNotNull(rule, text);
        for (var time = Now; time.Year < 2045; time = time.AddMinutes(977))
            Assert.AreEqual(zone.GetUtcOffset(time).TotalMinutes, rule.OffsetAt(time.ToUnixTimeSeconds()), $"{text} at {time:u}");
    }

    [TestMethod]
    public void The_zone_follows_the_PC_until_somebody_sets_another()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var settings = new JsonObject();
        BoardFiles.SetZone(settings, berlin);
        StringAssert.StartsWith((string?)settings["timeZone"], "<+01>-01<+02>-02,M3.5.0");
        BoardFiles.SetZone(settings, newYork);
        StringAssert.StartsWith((string?)settings["timeZone"], "<-05>05<-04>04,M3.2.0");
        settings["timeZone"] = "UTC0";
        BoardFiles.SetZone(settings, berlin);
        Assert.AreEqual("UTC0", (string?)settings["timeZone"], "somebody has set it");
    }

    [TestMethod]
    [DataRow(60, true)]
    [DataRow(120, true)]
    [DataRow(-300, false)]
    public void An_offset_that_an_earlier_demo_froze_thaws_and_another_one_stays(int minutes, bool thaws)
    {
        var settings = new JsonObject { ["utcOffset"] = minutes };
        BoardFiles.SetZone(settings, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.AreEqual(thaws, settings["timeZone"] is not null);
        Assert.AreEqual(thaws, settings["utcOffset"] is null);
    }
}

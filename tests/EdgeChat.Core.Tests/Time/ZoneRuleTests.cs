using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Summer time by rule.</summary>
[TestClass]
public class ZoneRuleTests
{
    private const string Berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
    private const string NewYork = "EST5EDT,M3.2.0,M11.1.0";
    private const string Sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";
    private const string LordHowe = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0";
    private const string Nuuk = "<-02>2<-01>,M3.5.0/-1,M10.5.0/0";

    [TestMethod]
    [DataRow("UTC0", 1790000000L, 0)]
    [DataRow("<+0530>-5:30", 1790000000L, 330)]
    [DataRow("<-03>3", 1790000000L, -180)]
    [DataRow("EST+05:00", 1790000000L, -300)]
    [DataRow(Berlin, 0L, 60)]
    [DataRow(Berlin, 1774745999L, 60)] // 2026-03-29 00:59:59 UTC
    [DataRow(Berlin, 1774746000L, 120)]
    [DataRow(Berlin, 1792889999L, 120)] // 2026-10-25 00:59:59 UTC
    [DataRow(Berlin, 1792890000L, 60)]
    [DataRow(Berlin, 4290000000L, 60)] // December 2105
    [DataRow(NewYork, 1772953199L, -300)] // 2026-03-08 06:59:59 UTC
    [DataRow(NewYork, 1772953200L, -240)]
    [DataRow(NewYork, 1793512799L, -240)] // 2026-11-01 05:59:59 UTC
    [DataRow(NewYork, 1793512800L, -300)]
    [DataRow(Sydney, 1767225600L, 660)] // 2026-01-01
    [DataRow(Sydney, 1775318399L, 660)] // 2026-04-04 15:59:59 UTC
    [DataRow(Sydney, 1775318400L, 600)]
    [DataRow(Sydney, 1791043199L, 600)] // 2026-10-03 15:59:59 UTC
    [DataRow(Sydney, 1791043200L, 660)]
    [DataRow(LordHowe, 1767225600L, 660)]
    [DataRow(LordHowe, 1780000000L, 630)]
    [DataRow(Nuuk, 1774745999L, -120)] // the evening before: 2026-03-28 23:00 there is 01:00 UTC
    [DataRow(Nuuk, 1774746000L, -60)]
    public void Local_time_follows_the_rule(string rule, long unix, int minutes)
    {
        Assert.AreEqual(minutes, ZoneRule.Parse(rule).OffsetAt(unix), rule);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Europe/Berlin")]
    [DataRow("CET")]
    [DataRow("CE-1")]
    [DataRow("CET-25")]
    [DataRow("CET-1x")]
    [DataRow("CET-1CEST")]
    [DataRow("CET-1CEST,M3.5.0")]
    [DataRow("CET-1CEST,M3.5.0,M10.5.0/3x")]
    [DataRow("CET-1CEST,M13.5.0,M10.5.0")]
    [DataRow("CET-1CEST,M3.6.0,M10.5.0")]
    [DataRow("CET-1CEST,M3.5.7,M10.5.0")]
    [DataRow("CET-1CEST,J60,J300")]
    [DataRow("CET-1CEST,M3.5.0/200,M10.5.0")]
    [DataRow("<+01-1")]
    [DataRow("CET-1:60")]
    [DataRow("CET-1:00:30")]
    public void What_is_no_rule_is_refused(string text)
    {
        Assert.IsNull(ZoneRule.Parse(text), text);
    }
}

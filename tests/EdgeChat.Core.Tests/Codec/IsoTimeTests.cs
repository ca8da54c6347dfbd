using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>ISO 8601 times of plain clients.</summary>
[TestClass]
public class IsoTimeTests
{
    [TestMethod]
    [DataRow("1970-01-01T00:00:00Z", 0L)]
    [DataRow("2026-09-21T14:13:20Z", 1790000000L)]
    [DataRow("2026-09-21t14:13:20z", 1790000000L)]
    [DataRow("2026-09-21 14:13:20", 1790000000L)]
    [DataRow("2026-09-21T14:13:20", 1790000000L)]
    [DataRow("2026-09-21T14:13", 1789999980L)]
    [DataRow("2026-09-21T14:13Z", 1789999980L)]
    [DataRow("2026-09-21T14:13:20.999999999Z", 1790000000L)]
    [DataRow("2026-09-21T14:13:20,5Z", 1790000000L)]
    [DataRow("2026-09-21T16:13:20+02:00", 1790000000L)]
    [DataRow("2026-09-21T16:13:20+0200", 1790000000L)]
    [DataRow("2026-09-21T16:13:20+02", 1790000000L)]
    [DataRow("2026-09-21T08:43:20-05:30", 1790000000L)]
    [DataRow("2026-09-21T16:13+02:00", 1789999980L)]
    [DataRow("2000-02-29T00:00:00Z", 951782400L)]
    [DataRow("2024-02-29T23:59:59Z", 1709251199L)]
    [DataRow("2024-03-01T00:00:00Z", 1709251200L)]
    [DataRow("2100-03-01T00:00:00Z", 4107542400L)]
    [DataRow("9999-12-31T23:59:59Z", 253402300799L)]
    [DataRow("2016-12-31T23:59:60Z", 1483228800L)]
    public void Is_read(string text, long expected)
    {
        var body = new Body();
        Assert.AreEqual((int)BodyError.None, (int)Json.Read("{'c':'x','timestamp':'" + text + "'}", body), text);
        Assert.AreEqual(expected, body.Time, text);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("soon")]
    [DataRow("1790000000")]
    [DataRow("2026-09-21")]
    [DataRow("2026-09-21T14")]
    [DataRow("2026-09-21T14:1")]
    [DataRow("2026-9-21T14:13:20Z")]
    [DataRow("2026/09/21T14:13:20Z")]
    [DataRow("2026-09-21X14:13:20Z")]
    [DataRow("2026-09-21T14.13.20Z")]
    [DataRow("20260921T141320Z")]
    [DataRow("2026-00-21T14:13:20Z")]
    [DataRow("2026-13-21T14:13:20Z")]
    [DataRow("2026-09-00T14:13:20Z")]
    [DataRow("2026-09-31T14:13:20Z")]
    [DataRow("2025-02-29T14:13:20Z")]
    [DataRow("2100-02-29T14:13:20Z")]
    [DataRow("2026-09-21T24:13:20Z")]
    [DataRow("2026-09-21T14:60:20Z")]
    [DataRow("2026-09-21T14:13:61Z")]
    [DataRow("2026-09-21T14:13:2Z")]
    [DataRow("2026-09-21T14:13:Z")]
    [DataRow("2026-09-21T14:13:20.Z")]
    [DataRow("2026-09-21T14:13:20ZZ")]
    [DataRow("2026-09-21T14:13:20 Z")]
    [DataRow("2026-09-21T14:13:20+")]
    [DataRow("2026-09-21T14:13:20+2")]
    [DataRow("2026-09-21T14:13:20+02:")]
    [DataRow("2026-09-21T14:13:20+02.00")]
    [DataRow("2026-09-21T14:13:20+24:00")]
    [DataRow("2026-09-21T14:13:20+02:60")]
    [DataRow("2026-09-21T14:13:20+ab:cd")]
    [DataRow("2026-09-21T14:13:20CET")]
    [DataRow("-026-09-21T14:13:20Z")]
    [DataRow("1969-12-31T23:59:59Z")]
    [DataRow("1970-01-01T00:00:00+01:00")]
    [DataRow("202a-09-21T14:13:20Z")]
    public void Is_refused(string text)
    {
        Assert.AreEqual((int)BodyError.WrongType, (int)Json.Read("{'c':'x','timestamp':'" + text + "'}", new Body()), text);
    }

    [TestMethod]
    public void Each_day_of_eighty_years_follows_the_one_before()
    {
        var body = new Body();
        int[] days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        long expected = 0;
        for (int year = 1970; year < 2050; year++)
        {
            days[1] = year % 4 == 0 ? 29 : 28;
            for (int month = 1; month <= 12; month++)
            {
                string text = year.ToString() + "-" + month.ToString("D2") + "-" + days[month - 1].ToString("D2");
                Json.Read("{'c':'x','timestamp':'" + text + "T00:00:00Z'}", body);
                expected += days[month - 1] * 86400L;
                Assert.AreEqual(expected - 86400, body.Time, text);
            }
        }
    }
}

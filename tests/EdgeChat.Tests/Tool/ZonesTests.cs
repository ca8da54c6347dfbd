using EdgeChat.Core;

namespace EdgeChat.Tests.Tool;

/// <summary>The time zones that a board offers are those of their cities, as this PC has them.</summary>
[TestClass]
public class ZonesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<object[]> Cities =>
        Enumerable.Range(0, Zones.Count).SelectMany(zone => Zones.CitiesOf(zone).Split(", ").Select(city => new object[] { zone, city }));

    [TestMethod]
    [DynamicData(nameof(Cities))]
    public void A_city_has_the_local_time_of_its_zone(int zone, string city)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(IdOf(city));
        var rule = ZoneRule.Parse(Zones.RuleOf(zone));
        Assert.IsNotNull(rule, Zones.RuleOf(zone));
        for (var time = Start; time.Year < 2029; time = time.AddMinutes(277))
            Assert.AreEqual(there.GetUtcOffset(time).TotalMinutes, rule.OffsetAt(time.ToUnixTimeSeconds()), $"{city} at {time:u}");
    }

    [TestMethod]
    public void Each_zone_is_there_once_and_found_by_its_rule_and_its_word()
    {
        var seen = new HashSet<string>();
        for (int zone = 0; zone < Zones.Count; zone++)
        {
            Assert.IsTrue(seen.Add(Zones.RuleOf(zone)), $"{Zones.RuleOf(zone)} stands there twice");
            Assert.AreEqual(zone, Zones.Find(Zones.RuleOf(zone)));
            Assert.AreEqual(zone, Zones.FindWord(Zones.WordOf(zone)));
            StringAssert.Matches(Zones.WordOf(zone), new("^[a-z]+(-[a-z]+)*$"));
        }

        Assert.AreEqual(-1, Zones.Find("XYZ-1"));
        Assert.AreEqual(-1, Zones.FindWord("Berlin"));
    }

    private static string IdOf(string city) => city switch
    {
        "UTC" => "Etc/UTC",
        "Azores" or "Madeira" => "Atlantic/" + city,
        "Beijing" => "Asia/Shanghai",
        "Delhi" => "Asia/Kolkata",
        "Hanoi" => "Asia/Bangkok", // as Vietnam's clocks since 1975
        "St. John's" => "America/St_Johns",
        "La Paz" or "Los Angeles" or "New York" or "Mexico City" or "Sao Paulo" => "America/" + city.Replace(' ', '_'),
        "Port Moresby" => "Pacific/Port_Moresby",
        "Buenos Aires" => "America/Argentina/Buenos_Aires",
        _ => TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Single(id => id.Split('/') is [not "Etc", var name] && name == city),
    };
}

using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>What <c>set</c> keeps.</summary>
[TestClass]
public class OwnSettingsTests
{
    [TestMethod]
    public void A_new_board_has_what_provisioning_gave_it()
    {
        var me = new Identity { DeviceId = "alice", DisplayName = "Alice", UtcOffsetMinutes = 60 };
        var settings = new OwnSettings(new MemoryFlash(), me);
        settings.Load();
        Assert.AreEqual("Alice", me.DisplayName);
        Assert.AreEqual(60, me.UtcOffsetMinutes);
        Assert.IsTrue(settings.Color == ColorChoice.Auto);
    }

    [TestMethod]
    public void What_was_set_is_there_after_a_restart_and_nothing_else()
    {
        var flash = new MemoryFlash();
        new OwnSettings(flash, new Identity()).SetOffset(-570);
        new OwnSettings(flash, new Identity()).Load();
        var me = new Identity { DisplayName = "Alice" };
        var settings = new OwnSettings(flash, me);
        settings.Load();
        Assert.AreEqual(-570, me.UtcOffsetMinutes);
        Assert.AreEqual("Alice", me.DisplayName);
        settings.SetName("Alïce B");
        settings.SetColor(ColorChoice.On);
        me = new Identity();
        settings = new OwnSettings(flash, me);
        settings.Load();
        Assert.AreEqual(-570, me.UtcOffsetMinutes);
        Assert.AreEqual("Alïce B", me.DisplayName);
        Assert.IsTrue(settings.Color == ColorChoice.On);
        settings.SetColor(ColorChoice.Off);
        settings = new OwnSettings(flash, me);
        settings.Load();
        Assert.IsTrue(settings.Color == ColorChoice.Off);
    }

    [TestMethod]
    public void A_time_zone_takes_the_place_of_an_offset_and_an_offset_that_of_a_zone()
    {
        var flash = new MemoryFlash();
        var me = new Identity();
        var settings = new OwnSettings(flash, me);
        settings.SetOffset(-570);
        settings.SetName("Alïce");
        Assert.IsFalse(settings.SetZone("Berlin"), "no rule");
        Assert.AreEqual(-570, me.OffsetAt(1_800_000_000));
        Assert.IsTrue(settings.SetZone("CET-1CEST,M3.5.0,M10.5.0/3"));

        var after = new Identity();
        settings = new OwnSettings(flash, after);
        settings.Load();
        Assert.AreEqual("Alïce", after.DisplayName);
        Assert.AreEqual("CET-1CEST,M3.5.0,M10.5.0/3", settings.Zone);
        Assert.AreEqual(60, after.OffsetAt(1_800_000_000), "January 2027");
        Assert.AreEqual(120, after.OffsetAt(1_815_000_000), "July 2027");

        settings.SetOffset(30);
        after = new Identity { Zone = ZoneRule.Parse("UTC0") };
        settings = new OwnSettings(flash, after);
        settings.Load();
        Assert.AreEqual(30, after.OffsetAt(1_815_000_000));
        Assert.AreEqual("Alïce", after.DisplayName);
    }

    [TestMethod]
    public void A_zone_that_is_cut_off_counts_as_none()
    {
        var flash = new MemoryFlash();
        flash.Replace("console", new byte[] { 2, 4, 0, 0, 9, 65, 66 }, 0, 7);
        var me = new Identity { DisplayName = "Alice" };
        new OwnSettings(flash, me).Load();
        Assert.AreEqual("Alice", me.DisplayName);
    }

    [TestMethod]
    public void A_damaged_file_counts_as_none()
    {
        var flash = new MemoryFlash();
        flash.Replace("console", new byte[] { 9, 255, 1, 1, 65 }, 0, 5);
        var me = new Identity { DisplayName = "Alice" };
        new OwnSettings(flash, me).Load();
        Assert.AreEqual("Alice", me.DisplayName);
    }
}

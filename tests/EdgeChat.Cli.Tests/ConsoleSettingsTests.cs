using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Cli.Tests;

/// <summary>What <c>set</c> keeps.</summary>
[TestClass]
public class ConsoleSettingsTests
{
    [TestMethod]
    public void A_new_board_has_what_provisioning_gave_it()
    {
        var me = new Identity { DeviceId = "alice", DisplayName = "Alice", UtcOffsetMinutes = 60 };
        var settings = new ConsoleSettings(new MemoryFlash(), me);
        settings.Load();
        Assert.AreEqual("Alice", me.DisplayName);
        Assert.AreEqual(60, me.UtcOffsetMinutes);
        Assert.IsTrue(settings.Color == ColorChoice.Auto);
    }

    [TestMethod]
    public void What_was_set_is_there_after_a_restart_and_nothing_else()
    {
        var flash = new MemoryFlash();
        new ConsoleSettings(flash, new Identity()).SetOffset(-570);
        new ConsoleSettings(flash, new Identity()).Load();
        var me = new Identity { DisplayName = "Alice" };
        var settings = new ConsoleSettings(flash, me);
        settings.Load();
        Assert.AreEqual(-570, me.UtcOffsetMinutes);
        Assert.AreEqual("Alice", me.DisplayName);
        settings.SetName("Alïce B");
        settings.SetColor(ColorChoice.On);
        me = new Identity();
        settings = new ConsoleSettings(flash, me);
        settings.Load();
        Assert.AreEqual(-570, me.UtcOffsetMinutes);
        Assert.AreEqual("Alïce B", me.DisplayName);
        Assert.IsTrue(settings.Color == ColorChoice.On);
        settings.SetColor(ColorChoice.Off);
        settings = new ConsoleSettings(flash, me);
        settings.Load();
        Assert.IsTrue(settings.Color == ColorChoice.Off);
    }

    [TestMethod]
    public void A_damaged_file_counts_as_none()
    {
        var flash = new MemoryFlash();
        flash.Replace("console", new byte[] { 9, 255, 1, 1, 65 }, 0, 5);
        var me = new Identity { DisplayName = "Alice" };
        new ConsoleSettings(flash, me).Load();
        Assert.AreEqual("Alice", me.DisplayName);
    }
}

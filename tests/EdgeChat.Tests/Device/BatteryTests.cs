using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.TestKit;
using EdgeChat.Tests.Boards;
using EdgeChat.Tests.Consoles;
using EdgeChat.Tests.Screens;
using EdgeChat.Ui;
using Power = EdgeChat.VirtualBoard.Axp192;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A board with an AXP192 knows how full its battery is, the others have none.</summary>
[TestClass]
public class BatteryTests
{
    [TestMethod]
    [DataRow(4180, false, 100)]
    [DataRow(4230, true, 100)]
    [DataRow(4000, false, 80)]
    [DataRow(3850, true, 55)]
    [DataRow(3700, false, 15)]
    [DataRow(3600, false, 5)]
    [DataRow(3000, false, 0)]
    public void The_charge_follows_from_the_voltage(int millivolts, bool isCharging, int percent)
    {
        Assert.AreEqual((int)Axp192.IsCharging, DeviceStatus.IsCharging);
        int battery = Read(p => p.SetBattery(millivolts, isCharging));
        Assert.AreEqual(isCharging, (battery & DeviceStatus.IsCharging) != 0);
        Assert.IsLessThanOrEqualTo(1, Math.Abs((battery & ~DeviceStatus.IsCharging) - percent), $"{battery}");
    }

    [TestMethod]
    public void More_voltage_is_never_less_charge()
    {
        for (int millivolts = 0; millivolts < 4500; millivolts++)
            Assert.IsTrue(Axp192.PercentOf(millivolts) <= Axp192.PercentOf(millivolts + 1), $"{millivolts} mV");
        Assert.AreEqual(0, Axp192.PercentOf(0));
        Assert.AreEqual(100, Axp192.PercentOf(4500));
    }

    [TestMethod]
    public void Without_a_battery_there_is_none() => Assert.AreEqual(-1, Read(p => p.SetBattery(0, false)));

    [TestMethod]
    public void A_chip_that_does_not_measure_is_told_to()
    {
        int battery = Read(p => p.Write([0x82, 0x03]), 1);
        Assert.AreEqual(-1, battery, "not measured yet");
        battery = Read(p =>
        {
            p.Write([0x82, 0x03]);
            p.SetBattery(3900, false);
        }, 2);
        Assert.AreEqual(63, battery);
    }

    [TestMethod]
    public void Boards_without_the_chip_have_no_battery()
    {
        foreach (string name in Shelf.Names.Where(n => n != "m5stickc-plus"))
        {
            using TestBoard board = Shelf.Take(name, () =>
                Assert.IsNull(Displays.PowerOf(Displays.Make(BoardConfig.Load().Display)), name));
            board.RunToEnd();
            Assert.IsNull(board.Board.Display.Power);
        }
    }

    [TestMethod]
    public void A_battery_that_gets_low_is_told_once_until_it_was_charged()
    {
        ScreenBoard board = Scenes.Busy();
        int[] charges = [30, 11, 10, 9, 8 | DeviceStatus.IsCharging, 30, 9];
        bool[] isTold = [false, false, true, false, false, false, true];
        for (int i = 0; i < charges.Length; i++)
        {
            board.App.OnBattery(charges[i], board.Now);
            Assert.AreEqual(isTold[i], board.Top is NoticeScreen, $"{i}");
            if (isTold[i]) board.Press("o");
        }
    }

    [TestMethod]
    [DataRow(9, true)]
    [DataRow(11, false)]
    public void One_that_is_low_before_the_board_has_read_its_flash_is_told_once_it_has(int charge, bool isTold)
    {
        var board = new AppBoard(new VirtualBroker(), "alice", new Paper(), 128, 64, 3);
        board.Status.Battery = charge; // measured while it loads
        board.SwitchOn();
        Assert.AreEqual(isTold, board.App.Screens.Context.Stack.Top is NoticeScreen);
        Assert.AreEqual(charge, board.Status.Battery);
    }

    private static int Read(Action<Power> prepare, int times = 1)
    {
        int battery = -2;
        TestBoard? board = null;
        using (board = Shelf.Take("m5stickc-plus", () =>
        {
            IDisplay display = Displays.Make(BoardConfig.Load().Display);
            prepare(board!.Board.Display.Power!);
            for (int i = 0; i < times; i++) battery = Displays.PowerOf(display).ReadBattery();
        }))
            board.RunToEnd();
        return battery;
    }
}

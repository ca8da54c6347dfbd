using System;
using System.Diagnostics;
using EdgeChat.Core;
using EdgeChat.Drivers;
using EdgeChat.Ui;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace EdgeChat.Device;

/// <summary>The firmware's entry, and the one place where a board is put together.</summary>
public static class Program
{
    private const int FaultMs = 10000;
    private const int UntilStopped = -1;

    /// <summary>Runs the board until it is stopped for a restart.</summary>
    public static void Main()
    {
        var clock = new Clock();
        var board = new BoardConfig();
        DeviceConfig device = null;
        Reconfiguration changes = null;
        string problem = null;
        try
        {
            board = BoardConfig.Load();
            FactoryReset.Complete();
            device = Load(ref changes);
        }
        catch (ConfigException e)
        {
            problem = e.Message;
        }
        catch (FlashException e)
        {
            problem = e.Message;
        }

        IDisplay display = new NoDisplay();
        try
        {
            display = Displays.Make(board.Display);
        }
        catch (ArgumentException e)
        {
            problem = problem ?? BoardConfig.File + ": \"display\" cannot be wired so: " + e.Message;
        }

        if (problem != null)
        {
            Tell(display, board, "Configuration", problem, clock, UntilStopped);
            return;
        }

        try
        {
            Run(clock, board, device, display, changes);
        }
        catch (Exception e)
        {
            // a board in the field helps itself: what it has not sent is on flash
            Debug.WriteLine(e.ToString());
            string text = e is FlashException ? e.Message : e.GetType().Name + ": " + e.Message;
            Tell(display, board, "Fault, restarting", text, clock, FaultMs);
            Power.RebootDevice();
        }
    }

    // a flash that refuses must not keep the board from working with the configuration that it has
    private static DeviceConfig Load(ref Reconfiguration changes)
    {
        try
        {
            changes = new Reconfiguration();
            return changes.Load();
        }
        catch (FlashException)
        {
            changes = null;
            return DeviceConfig.Load();
        }
    }

    private static void Run(Clock clock, BoardConfig board, DeviceConfig device, IDisplay display, Reconfiguration changes)
    {
        var random = new SeededRandom(device.Id);
        DeviceStatus status = Status(board, device);
        SerialLine serial = Wiring.Serial(board);
        ITerminal terminal = serial;
        if (serial == null) terminal = new NoTerminal();
        var flash = new FileFlash();
        DisplayConfig shape = board.Display;
        var app = new App(device.Me, flash, random, terminal, status, shape.FrameWidth, shape.FrameHeight, board.Buttons,
            shape.HasColours, board.Buzzer != BoardConfig.NoPin);
        app.Changes = changes;
        string unread = board.Unread ?? device.Unread;
        if (unread != null) app.TellUnread(unread);
        app.Start();
        display.Show(app.Frame);
        var events = new EventRing(Limits.QueuedEvents);
        var link = new MqttLink(device, events);
        var wifi = new WifiLink(events, clock, random, status, device.Ca != null) { Networks = device.Networks };
        var loop = new BoardLoop(app, events, clock, display, serial, link, wifi, status)
        {
            Light = Wiring.Light(board),
            Buzzer = Wiring.Buzzer(board),
        };
        RebootEventHandler onReboot = loop.OnReboot;
        Button[] buttons = new Button[0];
        try
        {
            if (serial != null) serial.Open(loop);
            buttons = Wiring.Buttons(board, loop);
            Power.OnRebootEvent += onReboot;
            link.Start();
            if (device.Id != null) wifi.Start();
            loop.Run();
        }
        finally
        {
            Power.OnRebootEvent -= onReboot;
            wifi.End();
            link.End();
            for (int i = 0; i < buttons.Length; i++) buttons[i].Dispose();
            if (serial != null) serial.Dispose();
        }

        switch (loop.Last)
        {
            case BoardRequest.Shutdown:
                display.SetPower(false);
                break;
            case BoardRequest.Sleep:
                display.SetPower(false);
                // a pin that cannot wake the chip is refused, and the timer alone wakes it
                if (board.Ok != BoardConfig.NoPin)
                    Sleep.EnableWakeupByPin((Sleep.WakeupGpioPin)(1UL << board.Ok), board.IsActiveLow ? 0 : 1);
                Sleep.EnableWakeupByTimer(TimeSpan.FromSeconds(app.SleepSeconds));
                Sleep.StartDeepSleep();
                break;
            case BoardRequest.FactoryReset:
                FactoryReset.Run();
                Power.RebootDevice();
                break;
            case BoardRequest.Reboot:
                Power.RebootDevice();
                break;
        }
    }

    private static DeviceStatus Status(BoardConfig board, DeviceConfig device)
    {
        return new DeviceStatus
        {
            BoardName = board.Name,
            Broker = device.Id == null ? "" : device.AddressAt(0),
            Mac = device.Id == null ? MacAddress.Text() : null,
        };
    }

    private static void Tell(IDisplay display, BoardConfig board, string title, string text, Clock clock, int forMs)
    {
        var notice = new Notice(display);
        RebootEventHandler onReboot = notice.Stop;
        Power.OnRebootEvent += onReboot;
        notice.Show(board, title, text, clock, forMs);
        Power.OnRebootEvent -= onReboot;
    }
}

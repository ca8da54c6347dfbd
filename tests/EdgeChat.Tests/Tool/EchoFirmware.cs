using System.Device.Gpio;
using EdgeChat.VirtualBoard.Platform;
using nanoFramework.Hardware.Esp32;

namespace EdgeChat.Tests.Tool;

/// <summary>A firmware for the reference board that says on its console what its buttons do, and echoes what is typed.</summary>
internal static class EchoFirmware
{
    private static readonly (string Name, int Pin)[] Buttons = [("up", 32), ("ok", 33), ("down", 25)];

    public static void Run()
    {
        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
        var port = new SerialPort("COM2", 115200);
        port.Open();
        var gpio = new GpioController();
        foreach (var (name, pin) in Buttons)
        {
            gpio.OpenPin(pin, PinMode.InputPullUp);
            gpio.RegisterCallbackForPinValueChangedEvent(
                pin,
                PinEventTypes.Falling | PinEventTypes.Rising,
                (_, e) => port.Write($"[{name} {(e.ChangeType == PinEventTypes.Falling ? "down" : "up")}]"));
        }

        port.Write("ready\r\n");
        while (true)
        {
            var typed = (byte)port.ReadByte();
            port.WriteByte(typed);
            if (typed == '\r')
                port.WriteByte((byte)'\n');
        }
    }
}

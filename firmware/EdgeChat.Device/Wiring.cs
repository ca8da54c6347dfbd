using System.Device.Gpio;
using System.IO.Ports;
using EdgeChat.Drivers;
using nanoFramework.Hardware.Esp32;

namespace EdgeChat.Device;

/// <summary>Makes the drivers of a board's console, light, buzzer and buttons from its configuration: which pin does what.</summary>
public static class Wiring
{
    /// <summary>The console's line, not open yet; null when the board has none.</summary>
    public static SerialLine Serial(BoardConfig board)
    {
        if (board.Port == null) return null;
        bool second = board.Port == "COM2";
        Configuration.SetPinFunction(board.Tx, second ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
        Configuration.SetPinFunction(board.Rx, second ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);
        return new SerialLine(new SerialPort(board.Port, board.Baud));
    }

    /// <summary>The light for new messages; null when the board has none.</summary>
    public static ILight Light(BoardConfig board)
    {
        return board.Light == BoardConfig.NoPin ? null : new PinLight(new GpioController().OpenPin(board.Light), board.IsLightActiveLow);
    }

    /// <summary>The buzzer for new messages, on the UART that the console leaves free; null when the board has none.</summary>
    public static Buzzer Buzzer(BoardConfig board)
    {
        if (board.Buzzer == BoardConfig.NoPin) return null;
        bool second = board.Port != "COM2"; // which every chip has
        // a UART without an RX does not open; one that hears itself takes no other pin
        Configuration.SetPinFunction(board.Buzzer, second ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
        Configuration.SetPinFunction(board.Buzzer, second ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);
        return new Buzzer(second ? "COM2" : "COM3");
    }

    /// <summary>The buttons that the board has, numbered as <see cref="KeyMap"/> wants them: up, OK, down; of two OK is the second; of one
    /// it is the one.</summary>
    public static Button[] Buttons(BoardConfig board, IButtonListener listener)
    {
        var buttons = new Button[board.Buttons];
        if (buttons.Length == 0) return buttons;
        var gpio = new GpioController();
        bool hasThree = buttons.Length == 3;
        Add(buttons, 0, gpio, board, board.Up, listener);
        if (!hasThree) Add(buttons, 0, gpio, board, board.Down, listener);
        Add(buttons, buttons.Length == 1 ? 0 : 1, gpio, board, board.Ok, listener);
        if (hasThree) Add(buttons, 2, gpio, board, board.Down, listener);
        return buttons;
    }

    private static void Add(Button[] buttons, int number, GpioController gpio, BoardConfig board, int pin, IButtonListener listener)
    {
        if (pin != BoardConfig.NoPin) buttons[number] = new Button(gpio.OpenPin(pin), number, board.IsActiveLow, listener);
    }
}

using EdgeChat.Cli;

namespace EdgeChat.Device;

/// <summary>What is wired where: board.json, one of the files in <c>hardware/boards</c>.</summary>
public sealed class BoardConfig
{
    /// <summary>The file's name on the drive.</summary>
    public const string File = "board.json";

    /// <summary>A pin number that says "no such pin".</summary>
    public const int NoPin = -1;

    private const string Cure = "Put a file of hardware/boards there, see \"Building for the board\".";

    /// <summary>Its short name, or empty.</summary>
    public string Name = "";

    /// <summary>The nanoFramework target it is for, or empty.</summary>
    public string Target = "";

    /// <summary>The display.</summary>
    public DisplayConfig Display = new DisplayConfig();

    /// <summary>The pin of the up button, or of the first of two, or <see cref="NoPin"/>.</summary>
    public int Up = NoPin;

    /// <summary>The pin of the OK button, or of the only one, or <see cref="NoPin"/>.</summary>
    public int Ok = NoPin;

    /// <summary>The pin of the down button, or <see cref="NoPin"/>.</summary>
    public int Down = NoPin;

    /// <summary>How many buttons there are: 0 to 3.</summary>
    public int Buttons { get { return Has(Up) + Has(Ok) + Has(Down); } }

    /// <summary>Whether a pressed button connects its pin to ground.</summary>
    public bool IsActiveLow = true;

    /// <summary>The pin of the light for new messages, or <see cref="NoPin"/>.</summary>
    public int Light = NoPin;

    /// <summary>Whether that light is on while its pin is low.</summary>
    public bool IsLightActiveLow;

    /// <summary>The pin of the buzzer for new messages, or <see cref="NoPin"/>.</summary>
    public int Buzzer = NoPin;

    /// <summary>The console's port, or null when the board has none.</summary>
    public string Port = "COM2";

    /// <summary>The pin that the console sends on.</summary>
    public int Tx = 17;

    /// <summary>The pin that the console receives on.</summary>
    public int Rx = 16;

    /// <summary>The console's speed in bits a second.</summary>
    public int Baud = 115200;

    /// <summary>A key of the file that says nothing to this board, with the file, or null.</summary>
    public string Unread;

    /// <summary>Reads board.json from the drive; throws <see cref="ConfigException"/>.</summary>
    /// <remarks>As made, without a file, the object is the wiring of the reference board without its buttons: so that an error can be
    /// seen.</remarks>
    public static BoardConfig Load() { return Read(ConfigFile.Bytes(File, Cure)); }

    /// <summary>Reads the content of board.json; throws <see cref="ConfigException"/>.</summary>
    public static BoardConfig Read(byte[] bytes)
    {
        var root = new ConfigSection(File, "", ConfigFile.Table(File, bytes, Cure));
        var board = new BoardConfig();
        board.Name = root.Text("name", 24, "esp32-devkit");
        board.Target = root.Text("target", 32) ?? "";
        var pins = new PinReader(board.Target);
        ConfigSection display = root.Section("display");
        if (display == null) throw new ConfigException(File + ": \"display\" is missing; a board needs one. " + Cure);
        board.Display = DisplayConfig.Read(display, pins);
        board.ReadButtons(root.Section("buttons"), pins);
        board.ReadSerial(root.Section("serial"), pins);
        board.ReadLight(root.Section("light"), pins);
        ConfigSection buzzer = root.Section("buzzer");
        if (buzzer != null) board.Buzzer = pins.Free(buzzer, "pin");
        root.Skip("title"); // it is for people
        board.Unread = root.Unread();
        return board;
    }

    private void ReadLight(ConfigSection light, PinReader pins)
    {
        if (light == null) return;
        Light = pins.Output(light, "pin", ConfigSection.Required);
        IsLightActiveLow = light.Flag("activeLow", false);
    }

    private void ReadButtons(ConfigSection buttons, PinReader pins)
    {
        if (buttons == null) return;
        Ok = pins.Input(buttons, "ok", ConfigSection.Required);
        Up = pins.Input(buttons, "up", NoPin);
        Down = pins.Input(buttons, "down", NoPin);
        IsActiveLow = buttons.Flag("activeLow", true);
        if (Up == Ok || (Up != NoPin && Up == Down)) throw buttons.Wrong("up", Up, "must be a pin that no other button has");
        if (Down == Ok) throw buttons.Wrong("down", Down, "must be a pin that no other button has");
    }

    private void ReadSerial(ConfigSection serial, PinReader pins)
    {
        if (serial == null)
        {
            Port = null;
            return;
        }

        Port = serial.Text("port", 8, "COM2");
        if (Port != "COM2" && Port != "COM3")
            throw serial.Wrong("port", Port, "must be \"COM2\" or \"COM3\": COM1 belongs to the debugger");
        Tx = pins.Output(serial, "tx", ConfigSection.Required);
        Rx = pins.Input(serial, "rx", ConfigSection.Required);
        Baud = serial.Number("baud", 9600, 921600, 115200);
    }

    private static int Has(int pin) { return pin == NoPin ? 0 : 1; }
}

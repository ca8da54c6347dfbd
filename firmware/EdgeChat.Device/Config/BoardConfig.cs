namespace EdgeChat.Device;

/// <summary>What is wired where: board.json, one of the files in <c>hardware/boards</c>.</summary>
public sealed class BoardConfig
{
    /// <summary>The file's name on the drive.</summary>
    public const string File = "board.json";

    /// <summary>A pin number that says "no such pin".</summary>
    public const int NoPin = -1;

    private const string Cure = "Put a file of hardware/boards there, see \"Building for the board\".";
    private const int LastPin = 48;      // ESP32-S3, the largest of the family
    private const int FirstInputOnly = 34; // ESP32 datasheet v4.7, 2.2: GPIO34-39 have no output driver
    private const int LastInputOnly = 39;

    /// <summary>Its short name, or empty.</summary>
    public string Name = "";

    /// <summary>The nanoFramework target it is for, or empty.</summary>
    public string Target = "";

    /// <summary>Columns of the display.</summary>
    public int Width = 128;

    /// <summary>Rows of the display.</summary>
    public int Height = 64;

    /// <summary>The I2C bus of the display, 1 or 2.</summary>
    public int Bus = 1;

    /// <summary>The I2C address of the display.</summary>
    public int Address = 0x3C;

    /// <summary>The pin of the bus's data line.</summary>
    public int Sda = 21;

    /// <summary>The pin of the bus's clock line.</summary>
    public int Scl = 22;

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

    /// <summary>The console's port, or null when the board has none.</summary>
    public string Port = "COM2";

    /// <summary>The pin that the console sends on.</summary>
    public int Tx = 17;

    /// <summary>The pin that the console receives on.</summary>
    public int Rx = 16;

    /// <summary>The console's speed in bits a second.</summary>
    public int Baud = 115200;

    /// <summary>Reads board.json; throws <see cref="ConfigException"/>.</summary>
    /// <remarks>As made, without a file, the object is the wiring of the reference board without its buttons: so that an error can be seen.</remarks>
    public static BoardConfig Load()
    {
        ConfigSection root = ConfigFile.Read(File, Cure);
        var board = new BoardConfig();
        board.Name = root.Text("name", 24, "esp32-devkit");
        board.Target = root.Text("target", 32) ?? "";
        board.ReadDisplay(root.Section("display"));
        board.ReadButtons(root.Section("buttons"));
        board.ReadSerial(root.Section("serial"));
        return board;
    }

    private void ReadDisplay(ConfigSection display)
    {
        if (display == null) throw new ConfigException(File + ": \"display\" is missing; a board needs one. " + Cure);
        string driver = display.Text("driver", 16, "ssd1306");
        if (driver != "ssd1306") throw display.Wrong("driver", driver, "must be \"ssd1306\"");
        Width = display.Number("width", 128, 128, 128);
        Height = display.Number("height", 32, 64, 64);
        if (Height != 64 && Height != 32) throw display.Wrong("height", Height, "must be 64 or 32");
        Bus = display.Number("bus", 1, 2, 1);
        Address = display.Number("address", 8, 119, 0x3C);
        Sda = Output(display, "sda", ConfigSection.Required);
        Scl = Output(display, "scl", ConfigSection.Required);
        if (Sda == Scl) throw display.Wrong("scl", Scl, "must be another pin than \"sda\"");
    }

    private void ReadButtons(ConfigSection buttons)
    {
        if (buttons == null) return;
        Ok = buttons.Number("ok", 0, LastPin, ConfigSection.Required);
        Up = buttons.Number("up", 0, LastPin, NoPin);
        Down = buttons.Number("down", 0, LastPin, NoPin);
        IsActiveLow = buttons.Flag("activeLow", true);
        if (Up == Ok || (Up != NoPin && Up == Down)) throw buttons.Wrong("up", Up, "must be a pin that no other button has");
        if (Down == Ok) throw buttons.Wrong("down", Down, "must be a pin that no other button has");
    }

    private void ReadSerial(ConfigSection serial)
    {
        if (serial == null)
        {
            Port = null;
            return;
        }

        Port = serial.Text("port", 8, "COM2");
        if (Port != "COM2" && Port != "COM3") throw serial.Wrong("port", Port, "must be \"COM2\" or \"COM3\": COM1 belongs to the debugger");
        Tx = Output(serial, "tx", ConfigSection.Required);
        Rx = serial.Number("rx", 0, LastPin, ConfigSection.Required);
        Baud = serial.Number("baud", 9600, 921600, 115200);
    }

    private int Output(ConfigSection section, string key, int fallback)
    {
        int pin = section.Number(key, 0, LastPin, fallback);
        if (pin >= FirstInputOnly && pin <= LastInputOnly && IsFirstEsp32())
            throw section.Wrong(key, pin, "must be a pin that can be an output, and 34 to 39 of an ESP32 cannot: take 21, for example");
        return pin;
    }

    private static int Has(int pin) { return pin == NoPin ? 0 : 1; }

    // S2, S3, C3 and C6 have no input-only pins
    private bool IsFirstEsp32()
    {
        return !(Target.StartsWith("ESP32_S") || Target.StartsWith("ESP32_C") || Target.StartsWith("AtomS3"));
    }
}

using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Threading;
using EdgeChat.Drivers;
using nanoFramework.Hardware.Esp32;

namespace EdgeChat.Device;

/// <summary>Makes the driver of a board's display from its configuration: switches its power on, gives its bus its pins.</summary>
public static class Displays
{
    private const int SupplyMs = 50;  // until the supply of a display is stable
    private const int ResetMs = 1;    // SSD1306 datasheet rev 1.1, 8.9: at least 3 us low
    private const int FastestHz = 40000000; // the most that SpiDevice takes on an ESP32

    /// <summary>The display; nothing is sent to it yet.</summary>
    public static IDisplay Make(DisplayConfig display)
    {
        var gpio = new GpioController();
        if (display.Vext != BoardConfig.NoPin)
        {
            GpioPin supply = gpio.OpenPin(display.Vext);
            supply.SetPinMode(PinMode.Output);
            supply.Write(PinValue.Low);
            Thread.Sleep(SupplyMs);
        }

        if (display.Driver == DisplayConfig.Ssd1306)
        {
            if (display.Reset != BoardConfig.NoPin) Pulse(gpio.OpenPin(display.Reset));
            return new Ssd1306(I2c(display.Bus, display.Address, display.Sda, display.Scl), display.Width, display.Height);
        }

        MipiWiring wiring = Wiring(display, gpio);
        if (display.Driver == DisplayConfig.St7789) return new St7789(wiring);
        return new Ili9342(wiring);
    }

    /// <summary>The power chip that the display has its light from, or null.</summary>
    public static Axp192 PowerOf(IDisplay display)
    {
        var colour = display as MipiDisplay;
        return colour == null ? null : colour.Backlight as Axp192;
    }

    private static void Pulse(GpioPin reset)
    {
        reset.SetPinMode(PinMode.Output);
        reset.Write(PinValue.Low);
        Thread.Sleep(ResetMs);
        reset.Write(PinValue.High);
        Thread.Sleep(ResetMs);
    }

    private static MipiWiring Wiring(DisplayConfig display, GpioController gpio)
    {
        bool first = display.Bus == 1;
        Configuration.SetPinFunction(display.Mosi, first ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI);
        Configuration.SetPinFunction(display.Clock, first ? DeviceFunction.SPI1_CLOCK : DeviceFunction.SPI2_CLOCK);
        if (display.Miso != BoardConfig.NoPin)
            Configuration.SetPinFunction(display.Miso, first ? DeviceFunction.SPI1_MISO : DeviceFunction.SPI2_MISO);
        var settings = new SpiConnectionSettings(display.Bus, display.ChipSelect)
        {
            ClockFrequency = FastestHz,
            Mode = SpiMode.Mode0,
            DataBitLength = 8
        };
        return new MipiWiring
        {
            Bus = SpiDevice.Create(settings),
            DataCommand = gpio.OpenPin(display.DataCommand),
            Reset = display.Reset == BoardConfig.NoPin ? null : gpio.OpenPin(display.Reset),
            Backlight = Light(display, gpio),
            Width = display.Width,
            Height = display.Height,
            ColumnOffset = display.ColumnOffset,
            RowOffset = display.RowOffset,
            IsInverting = display.IsInverting,
        };
    }

    private static ILight Light(DisplayConfig display, GpioController gpio)
    {
        if (display.Axp192Bus != 0) return new Axp192(I2c(display.Axp192Bus, Axp192.Address, display.Axp192Sda, display.Axp192Scl));
        return display.Backlight == BoardConfig.NoPin ? null : new PinLight(gpio.OpenPin(display.Backlight), false);
    }

    private static I2cDevice I2c(int bus, int address, int sda, int scl)
    {
        bool first = bus == 1;
        Configuration.SetPinFunction(sda, first ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA);
        Configuration.SetPinFunction(scl, first ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK);
        return I2cDevice.Create(new I2cConnectionSettings(bus, address, I2cBusSpeed.FastMode));
    }
}

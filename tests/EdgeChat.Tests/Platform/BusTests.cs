using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using EdgeChat.VirtualBoard;
using nanoFramework.Hardware.Esp32;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class BusTests
{
    [TestMethod]
    public void Only_the_displays_address_is_acknowledged()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            Wire(21, 22);
            var two = new byte[] { 0x00, 0xE3 };
            board.Tell(I2cDevice.Create(new I2cConnectionSettings(1, 0x3C)).Write(two).Status);
            board.Tell(I2cDevice.Create(new I2cConnectionSettings(1, 0x3D)).Write(two).Status);
            board.Tell(I2cDevice.Create(new I2cConnectionSettings(2, 0x3C)).Write(two).Status);
        });
        Assert.AreEqual(I2cTransferStatus.FullTransfer, board.Heard<I2cTransferStatus>());
        Assert.AreEqual(I2cTransferStatus.SlaveAddressNotAcknowledged, board.Heard<I2cTransferStatus>());
        Assert.AreEqual(I2cTransferStatus.SlaveAddressNotAcknowledged, board.Heard<I2cTransferStatus>());
    }

    [TestMethod]
    public void The_display_hears_nothing_on_other_pins()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            Wire(22, 21);
            board.Tell(I2cDevice.Create(new I2cConnectionSettings(1, 0x3C)).WriteByte(0).Status);
        });
        Assert.AreEqual(I2cTransferStatus.SlaveAddressNotAcknowledged, board.Heard<I2cTransferStatus>());
    }

    [TestMethod]
    public void Bytes_and_bus_time_are_counted_with_address_and_acknowledge_bits()
    {
        using var board = new BoardUnderTest();
        board.Run(static () =>
        {
            Wire(21, 22);
            I2cDevice.Create(new I2cConnectionSettings(1, 0x3C)).Write(new SpanByte(new byte[10], 2, 3));
        });
        Assert.AreEqual(4, board.Board.I2c.Bytes);
        Assert.AreEqual(4, board.Board.Display.BytesReceived);
        Assert.AreEqual(TimeSpan.FromMicroseconds((4 * 9 + 2) * 2.5), board.Board.I2c.BusTime);
    }

    [TestMethod]
    public void The_display_is_decoded_and_dark_after_a_power_cut()
    {
        using var board = new BoardUnderTest();
        using var seen = new ManualResetEventSlim();
        board.Board.Display.Changed += seen.Set;
        board.Boot(() =>
        {
            Wire(21, 22);
            I2cDevice display = I2cDevice.Create(new I2cConnectionSettings(1, 0x3C));
            display.Write(new byte[] { 0, 0x8D, 0x14, 0xA1, 0xC8, 0x20, 0, 0xAF });
            var blank = new byte[1025];
            blank[0] = 0x40;
            display.Write(blank);
            display.Write(new byte[] { 0x40, 0x80 });
            board.Tell("drawn");
            new Nano.AutoResetEvent(false).WaitOne();
        });
        board.Heard<string>();
        Assert.IsTrue(seen.IsSet);
        Assert.IsTrue(board.Board.Display.IsOn);
        Assert.IsTrue(board.Board.Display.Pixel(0, 7));
        Assert.AreEqual(0x80, board.Board.Display.Snapshot()[0]);
        board.Board.PowerOff();
        Assert.IsFalse(board.Board.Display.IsOn);
        Assert.IsTrue(board.Board.Display.Snapshot().All(b => b == 0));
    }

    [TestMethod]
    public void An_SPI_chip_hears_the_transfers_that_select_it()
    {
        using var board = new BoardUnderTest();
        var chip = new Recorder();
        board.Board.Spi.Attach(1, 5, chip, 23, 18);
        board.Run(static () =>
        {
            Configuration.SetPinFunction(23, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(18, DeviceFunction.SPI1_CLOCK);
            SpiDevice.Create(new SpiConnectionSettings(1, 5) { ClockFrequency = 1_000_000 }).Write(new ushort[] { 0x0102 });
            SpiDevice.Create(new SpiConnectionSettings(1, 6)).WriteByte(9);
            GpioPin select = new GpioController().OpenPin(5, PinMode.Output);
            SpiDevice byHand = SpiDevice.Create(new SpiConnectionSettings(1));
            byHand.WriteByte(3);
            select.Write(PinValue.High);
            byHand.WriteByte(4);
        });
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, chip.Heard);
        Assert.AreEqual(5, board.Board.Spi.Bytes);
    }

    [TestMethod]
    public void An_input_only_pin_is_refused_for_a_data_line()
    {
        using var board = new BoardUnderTest();
        board.Run(() => board.Tell(Assert.ThrowsExactly<ArgumentException>(static () => Wire(34, 22)).Message));
        StringAssert.Contains(board.Heard<string>(), "34 is input only");
    }

    private static void Wire(int sda, int scl)
    {
        Configuration.SetPinFunction(sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(scl, DeviceFunction.I2C1_CLOCK);
    }

    private sealed class Recorder : ISpiChip
    {
        public List<byte> Heard { get; } = [];

        public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received) => Heard.AddRange(sent);
    }
}

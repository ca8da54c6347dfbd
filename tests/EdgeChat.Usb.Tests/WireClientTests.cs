using System.Net;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Usb.Tests;

[TestClass]
public class WireClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [TestMethod]
    public void The_packet_of_the_reference_is_what_is_sent()
    {
        // recorded from nanoFramework's own client
        byte[] recorded = Convert.FromHexString(
            "4E46504B54563100E5414EC6ECB46BAC0000000000000000002000000800000002000100" + "00000000");
        var ping = new WirePacket(WireCommand.Ping, WireFlags.NoCaching, 0, 0, Convert.FromHexString("0200010000000000"));
        CollectionAssert.AreEqual(recorded, ping.Encode());
        Assert.AreEqual(0x89A1897Fu, Crc32.Of("123456789"u8));
    }

    [TestMethod]
    public void A_flashed_board_tells_what_it_is()
    {
        using var test = Flashed(LoaderChip.S3);
        WireClient client = Connect(test);

        BoardInfo info = client.GetInfo();

        Assert.AreEqual("ESP32_S3_QUAD", info.Target);
        Assert.AreEqual("ESP32", info.Platform);
        Assert.AreEqual(new Version(1, 17, 0, 10), info.Version);
        NativeAssembly native = client.GetNativeAssemblies().Single();
        Assert.AreEqual(("mscorlib", 0x1549C856u), (native.Name, native.Checksum));
        Assert.AreEqual(new FlashRegion(0x1B0000, 0x1F0000, FlashRegion.Deployment), client.GetFlashMap()[1]);
        Assert.IsTrue(client.GetState().HasFlag(ExecutionState.Running));
    }

    [TestMethod]
    public void A_bare_board_is_not_there()
    {
        using var test = new BoardUnderTest();
        UsbException none = Assert.ThrowsExactly<UsbException>(() => new WireClient(test.Line).Connect(Patience));
        Assert.AreEqual(UsbFault.Silent, none.Fault);
        StringAssert.Contains(none.Message, "edgechat flash");
    }

    [TestMethod]
    [DataRow(0x1000 + 2)] // the header
    [DataRow(0x8000 + 44)] // a name in the table
    [DataRow(0x10000 + 5000)] // code
    public void A_board_whose_flash_is_damaged_does_not_start(int at)
    {
        using var test = Flashed();
        test.Board.Flash.Program(at, [0]);
        test.Line.Reopen();

        Assert.ThrowsExactly<UsbException>(() => new WireClient(test.Line).Connect(Patience));
        Assert.IsFalse(test.Program.IsOn);
    }

    [TestMethod]
    public void Files_are_written_in_pieces_and_replaced_and_deleted()
    {
        using var test = Flashed();
        WireClient client = Connect(test);
        byte[] large = [.. Enumerable.Range(0, 2500).Select(i => (byte)(i * 7))];

        client.Files.Write("I:\\cfg\\a.json", "old"u8.ToArray());
        client.Files.Write("I:\\cfg\\a.json", large);
        client.Files.Write("I:\\empty.txt", default);
        client.Files.Write("I:\\key", new byte[] { 1, 2, 0xC0, 0x00, 0x08 }); // ends as a SYNC of the boot loaders begins

        CollectionAssert.AreEqual(large, File.ReadAllBytes(Path.Combine(test.Drive, "cfg", "a.json")));
        Assert.AreEqual(0, new FileInfo(Path.Combine(test.Drive, "empty.txt")).Length);
        Assert.AreEqual(5, new FileInfo(Path.Combine(test.Drive, "key")).Length);
        Assert.IsTrue(client.Files.Delete("I:\\empty.txt"));
        Assert.IsFalse(client.Files.Delete("I:\\empty.txt"));
        foreach (string path in new[] { "a.json", "i:\\a.json", "I:\\", "I:\\cfg\\", "I:\\" + new string('a', 300) })
            Assert.AreEqual(UsbFault.BadInput,
                Assert.ThrowsExactly<UsbException>(() => client.Files.Write(path, "x"u8.ToArray()), path).Fault);
    }

    [TestMethod]
    public void Configuration_blocks_come_back_as_they_were_written()
    {
        using var test = Flashed();
        WireClient client = Connect(test);
        NetworkBlock network = client.Configuration.ReadNetwork();
        CollectionAssert.AreEqual(BoardUnderTest.Mac, network.Mac);
        Assert.IsFalse(network.IsStatic);
        Assert.AreEqual("", client.Configuration.ReadStation().Ssid);

        client.Configuration.Write(new StationBlock("HomeNet", "secret-pass-1"));
        client.Configuration.Write(network with { IsStatic = true, Address = IPAddress.Parse("192.168.7.20") });

        Assert.AreEqual(new StationBlock("HomeNet", "secret-pass-1"), client.Configuration.ReadStation());
        Assert.AreEqual(IPAddress.Parse("192.168.7.20"), client.Configuration.ReadNetwork().Address);
        UsbException long_ = Assert.ThrowsExactly<UsbException>(
            () => client.Configuration.Write(new StationBlock(new string('ä', 17), "")));
        StringAssert.Contains(long_.Message, "34 bytes");
    }

    [TestMethod]
    public void The_station_block_is_the_one_that_was_recorded()
    {
        byte[] block = new StationBlock("HomeNet", "secret-pass-1").Encode();
        Assert.AreEqual(
            "574E310000000000080508486F6D654E6574" + new string('0', 50) + "7365637265742D706173732D31" + new string('0', 102) + "06",
            Convert.ToHexString(block));
    }

    [TestMethod]
    [DataRow(20)]
    [DataRow(559)]
    [DataRow(2008)] // its last piece would have four bytes
    [DataRow(6000)]
    public void Certificates_are_read_back_without_the_rubbish_behind_them(int length)
    {
        using var test = Flashed();
        WireClient client = Connect(test);
        Assert.IsNull(client.Configuration.ReadCertificates(ConfigurationKind.CaBundle));
        byte[] pem = Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----".PadRight(length, 'A')[..Math.Max(length, 27)]);

        client.Configuration.WriteCertificates(ConfigurationKind.CaBundle, pem);

        CollectionAssert.AreEqual((byte[])[.. pem, 0], client.Configuration.ReadCertificates(ConfigurationKind.CaBundle));
    }

    [TestMethod]
    public void A_deployment_is_written_checked_and_runs_after_a_reboot()
    {
        using var test = Flashed();
        WireClient client = Connect(test);
        byte[] image = BoardUnderTest.Assemblies(50_000);

        Assert.IsTrue(client.Deploy(image));
        Assert.IsFalse(test.Program.IsOn, "the program is stopped while its flash is written");
        client.Reboot(RebootKind.Runtime);

        Assert.IsTrue(test.Program.IsOn);
        Assert.IsFalse(client.Deploy(image), "it is there already");
        Assert.IsTrue(client.GetState().HasFlag(ExecutionState.Running));
    }

    [TestMethod]
    public void A_damaged_deployment_does_not_run_and_says_so()
    {
        using var test = Flashed();
        byte[] image = BoardUnderTest.Assemblies();
        image[^5] ^= 1;
        WireClient client = Connect(test);
        var said = new StringBuilder();
        client.Text = text => said.Append(text);

        client.Deploy(image);
        client.Reboot(RebootKind.Runtime);
        client.Listen(TimeSpan.FromSeconds(1));

        Assert.IsFalse(test.Program.IsOn);
        Assert.IsTrue(client.GetState().HasFlag(ExecutionState.Exited));
        StringAssert.Contains(said.ToString(), "CRC");
    }

    [TestMethod]
    public void A_restart_of_the_chip_comes_back_and_text_is_heard()
    {
        using var test = Flashed();
        WireClient client = Connect(test);
        var said = new StringBuilder();
        client.Text = text => said.Append(text);

        client.Reboot(RebootKind.Chip);
        Assert.IsTrue(client.TryPing(TimeSpan.FromSeconds(1)));
        test.Program.Say("hello\r\n");
        client.Listen(TimeSpan.FromSeconds(1));

        Assert.AreEqual("hello\r\n", said.ToString());
    }

    [TestMethod]
    public void Files_and_blocks_outlive_a_flash_of_the_same_and_not_an_erase()
    {
        using var test = Flashed();
        WireClient client = Connect(test);
        client.Files.Write("I:\\board.json", "{}"u8.ToArray());
        client.Configuration.Write(new StationBlock("Net", "password"));

        test.Flash(BoardUnderTest.Parts(test.Chip));
        Connect(test);
        Assert.IsTrue(File.Exists(Path.Combine(test.Drive, "board.json")));

        var loader = new LoaderClient(test.Line);
        test.Line.Reopen();
        loader.Connect();
        loader.RunStub(921600);
        loader.EraseAll();
        loader.Leave();
        test.Flash(BoardUnderTest.Parts(test.Chip));
        client = Connect(test);
        Assert.IsFalse(File.Exists(Path.Combine(test.Drive, "board.json")));
        Assert.AreEqual("", client.Configuration.ReadStation().Ssid);
    }

    private static BoardUnderTest Flashed(LoaderChip? chip = null)
    {
        var test = new BoardUnderTest(chip);
        test.Flash(BoardUnderTest.Parts(test.Chip));
        return test;
    }

    private static WireClient Connect(BoardUnderTest test)
    {
        var client = new WireClient(test.Line);
        client.Connect(Patience);
        return client;
    }
}

using EdgeChat.Bundle;
using EdgeChat.Tool.Fleets;
using EdgeChat.Tool.Usb;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Fleet.Tests;

/// <summary>Provisioning over the boot loader's and the runtime's own protocols.</summary>
[TestClass]
public class UsbBoardTests
{
    private const string Mac = "24:6f:28:00:00:01";

    [TestMethod]
    public async Task A_bare_board_gets_flash_files_and_wifi_over_its_usb_port()
    {
        using var folder = new TestFolder();
        using var usb = new UsbOfTest(Mac, folder["drive"]);
        var wifi = new WifiLogin("home", "wifi-secret-7");
        BoardOutcome outcome = await Run(folder, usb, wifi);
        Assert.IsNull(outcome.Failed, outcome.Text);
        string settings = File.ReadAllText(Path.Combine(usb.Board.Folder, "edgechat.json"));
        StringAssert.Matches(settings, new("\"id\": \"alice\",\\s+\"e\": 1"));
        Assert.IsTrue(File.Exists(Path.Combine(usb.Board.Folder, "board.json")));
        BundleFile bundle = BundleFile.Load(folder["edgechat.bundle"]);
        foreach (BundlePart part in bundle.Manifest.Parts.Where(p => p.Address is not null))
            Assert.IsTrue(usb.Board.Flash.Bytes[part.Address!.Value..].StartsWith(bundle.Bytes(part)), part.File);

        // again: nothing differs, so nothing is written
        int erased = usb.Board.Flash.SectorsErased;
        outcome = await Run(folder, usb, wifi with { Password = "another-secret" });
        Assert.IsNull(outcome.Failed, outcome.Text);
        Assert.AreEqual(erased, usb.Board.Flash.SectorsErased);
    }

    [TestMethod]
    public void A_wifi_that_comes_over_the_cable_while_the_firmware_runs_is_there_at_its_next_start()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["drive"]);
        BoardHardware hardware = BoardHardware.Load(EdgeChat.Tool.Demo.BoardModel.Load("esp32-devkit").Json);
        using var program = new FirmwareProgram("board", hardware, new StationBlock("home", "secret"), () => { });
        program.Start(folder["drive"]);
        byte[] written = new StationBlock("home", "secret").Encode();
        File.WriteAllBytes(Path.Combine(folder["drive"], VirtualUsbBoard.StationFile), written);
        program.Stop();
        CollectionAssert.AreEqual(written, File.ReadAllBytes(Path.Combine(folder["drive"], VirtualUsbBoard.StationFile)));
    }

    private static async Task<BoardOutcome> Run(TestFolder folder, UsbOfTest usb, WifiLogin? wifi)
    {
        FleetFile fleet = folder.Fleet();
        using FleetStore store = folder.Store();
        ProvisionTools tools = folder.Tools(fleet, store, new NoCredentials(), new BlindBroker()) with { Wifi = wifi };
        return await new Provisioner(tools).RunAsync(new UsbBoard(usb.Line), null, CancellationToken.None);
    }

    private sealed class BlindBroker : IFleetBroker
    {
        public Task ProveRightsAsync(string id, string? password, CancellationToken stop) => Task.CompletedTask;

        public Task<int> LastIncarnationAsync(string id, CancellationToken stop) => Task.FromResult(0);

        public Task<int> WaitForBirthAsync(string id, int incarnation, CancellationToken stop) => Task.FromResult(incarnation);

        public Task GreetAsync(string id, string text, IReadOnlyList<FleetGroup> groups, Func<int> next, CancellationToken stop) =>
            Task.CompletedTask;
    }
}

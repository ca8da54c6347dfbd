using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>Writes what nanoff needs to make a board: the files with its file and network deployment, and the deployment's image. The
/// folder holds the board's password and the Wi-Fi's: its owner alone can read it.</summary>
internal static class BoardExport
{
    public static int Write(FleetRoom room, string? wanted, string folder, ToolHost host, bool asJson)
    {
        FleetBoard[] boards = [.. room.Fleet.Boards.Where(b => wanted is null ? IsOpen(room.Store, b.Id) : b.Id == wanted)];
        if (boards.Length == 0) throw new FleetException("no board is left to export: name one with --id");
        foreach (FleetBoard board in boards)
        {
            StoredBoard? stored = room.Store.Find(board.Id);
            if (!IsOpen(room.Store, board.Id))
                throw new FleetException(
                    $"{board.Id} is board {stored?.Mac}: `edgechat fleet revoke {board.Id}` takes the id from it first");
            int incarnation = room.Store.Claim(board.Id, board.Mac);
            string? password = room.Credentials.HasPasswords ? room.Credentials.NewSecret(board.Id) : null;
            room.Store.SetSecret(Provisioner.SecretOf(board.Id), password);
            BundleFile bundle = room.Bundle(board.Bundle);
            string path = Path.Combine(folder, board.Id);
            byte[]? keys = PairKeys.For(room.Fleet, room.Store, board, incarnation);
            byte[] orderKey = OrderKeys.Of(room.Store, board.Id, incarnation);
            Write(path, board, room, BoardFiles.Of(room.Fleet, board, bundle, incarnation, password, keys, orderKey), bundle);
            room.Store.Record(board.Id, BoardState.Exported);
            OrderKeys.SetGiven(room.Store, board.Id);
            BundlePart image = bundle.Part(PartKind.Deployment);
            string[] commands =
            [
                $"nanoff --target {bundle.Manifest.Target} --serialport COM5 --update --masserase --fwversion "
                    + bundle.Manifest.RuntimeVersion,
                $"nanoff --platform esp32 --serialport COM5 --deploy --image deployment.bin --address 0x{image.Address:X}",
                "nanoff --serialport COM5 --filedeployment files.json",
                .. room.Wifi is null ? Array.Empty<string>() : ["nanoff --serialport COM5 --networkdeployment network.json"],
                $"edgechat provision --adopt --id {board.Id}",
            ];
            host.Tell(asJson, $"{board.Id}: in {path}, with COM5 for the board's port:\n  " + string.Join("\n  ", commands),
                ("id", board.Id), ("incarnation", incarnation), ("folder", path), ("commands", commands));
        }

        return 0;
    }

    // also what was claimed and then not begun, such as by an export that did not end well
    private static bool IsOpen(FleetStore store, string id) => store.Find(id)?.State switch
    {
        BoardState.Provisioned => false,
        BoardState.Claimed => !store.HasBegun(id),
        _ => true,
    };

    private static void Write(
        string path, FleetBoard board, FleetRoom room, IReadOnlyList<(string Name, byte[] Content)> files, BundleFile bundle)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var (name, content) in files) File.WriteAllBytes(Path.Combine(path, name), content);
            File.WriteAllBytes(Path.Combine(path, "deployment.bin"), bundle.Bytes(PartKind.Deployment));
            WriteJson(Path.Combine(path, "files.json"),
                new { files = files.Select(f => new { DestinationFilePath = @"I:\" + f.Name, SourceFilePath = f.Name }) });
            if (room.Wifi is { } wifi) WriteJson(Path.Combine(path, "network.json"), Network(wifi));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: {board.Id} cannot be written ({FileFault.Of(e)})", e);
        }
    }

    // the keys stay as they are: nanoff documents them so
    private static void WriteJson(string path, object content) =>
        File.WriteAllText(path, JsonSerializer.SerializeToNode(content)!.ToJsonString(ToolJson.File) + "\n");

    // the words of nanoff's own reader; another spelling of the encryption counts as none there
    private static object Network(WifiLogin wifi) => new
    {
        WirelessClient = new
        {
            wifi.Ssid,
            wifi.Password,
            Authentication = wifi.Password.Length > 0 ? "WPA2" : "Open",
            Encryption = wifi.Password.Length > 0 ? "WPA2_PSK2" : "None",
            ConfigurationOption = "AutoConnect",
            RadioType = "802.11n",
            DhcpEnabled = true,
        },
    };
}

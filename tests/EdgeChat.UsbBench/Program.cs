using EdgeChat.UsbBench;

// Measures how fast a board is flashed, beside Espressif's esptool-js, on the same virtual port and with the same file.
// Usage: dotnet run -c Release --project tests/EdgeChat.UsbBench [PEER]
//   PEER  the folder of peer.mjs after `npm ci` (tests/EdgeChat.Usb.Tests/Peer); without it only our own tool is measured
string? peer = args.Length > 0 ? args[0] : null;
if (peer is not null && !Directory.Exists(Path.Combine(peer, "node_modules")))
{
    Console.Error.WriteLine($"{peer}: esptool-js is not installed there: run `npm ci` in it");
    return 2;
}

var bench = new FlashBench(peer);
bench.RunFlash("fast");
bench.RunFlash("real");
bench.RunDeployment();
return 0;

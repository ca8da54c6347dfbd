using EdgeChat.UsbBench;

// Measures how fast a board is flashed, beside Espressif's esptool-js, on the same virtual port and with the same file.
// Usage: dotnet run -c Release --project tests/EdgeChat.UsbBench [PEER | boards [N]]
//   PEER  the folder of peer.mjs after `npm ci` (tests/EdgeChat.Usb.Tests/Peer); without it only our own tool is measured
//   boards  instead: how long N boards (20) take from bare to their first message, one after another and at once
if (args is ["--help" or "-h", ..])
{
    Console.WriteLine("EdgeChat.UsbBench [PEER | boards [N]]");
    Console.WriteLine("PEER is the folder of peer.mjs after `npm ci`; boards provisions N boards (20)");
    return 0;
}

if (args is ["boards", ..])
{
    if (!int.TryParse(args.Length > 1 ? args[1] : "20", out int count) || count is < 1 or > 20)
    {
        Console.Error.WriteLine($"boards {args[1]}: give a number from 1 to 20");
        return 2;
    }

    using var boards = new EdgeChat.UsbBench.BoardBench();
    await boards.RunAsync(count);
    return 0;
}

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

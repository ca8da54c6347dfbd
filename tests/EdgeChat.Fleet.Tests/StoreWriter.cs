using System.Globalization;

namespace EdgeChat.Fleet.Tests;

/// <summary>A process that claims ids one after another until it is killed, and prints each when the store has it.</summary>
public static class StoreWriter
{
    public static int Main(string[] args)
    {
        using FleetStore store = FleetStore.Open(args[0], StoreSecret.KeyFile(args[1]), "writer", StoreUse.Create);
        while (true)
        {
            int given = store.Claim("alice", "24:6f:28:00:00:01");
            store.SetSecret("board/alice", "secret of life " + given.ToString(CultureInfo.InvariantCulture));
            Console.Out.WriteLine(given.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }
}

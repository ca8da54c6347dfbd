using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>What a chip says of itself.</summary>
/// <param name="Chip">Its name, such as <c>esp32</c>.</param>
/// <param name="Mac">Its MAC, lower case with colons.</param>
/// <param name="FlashBytes">Its flash.</param>
public sealed record BoardFacts(string Chip, string Mac, long FlashBytes);

/// <summary>A Wi-Fi with its password.</summary>
/// <param name="Ssid">Its name.</param>
/// <param name="Password">Its password; empty for an open one.</param>
public sealed record WifiLogin(string Ssid, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => Ssid; // a record would print the password
}

/// <summary>A board at a port, as provisioning needs it. What goes wrong is a <see cref="FleetException"/> with cause and cure.</summary>
public interface IBoardPort : IDisposable
{
    /// <summary>The port's name.</summary>
    string Name { get; }

    /// <summary>Brings the chip into its boot loader and asks it.</summary>
    BoardFacts Identify(CancellationToken stop);

    /// <summary>Writes what differs and checks all of it.</summary>
    /// <param name="bundle">What is to be in flash.</param>
    /// <param name="erasesStorage">Whether the drive is emptied: for a board that gets a new life.</param>
    /// <param name="progress">Told how much is done, 0 to 1.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>What there is to say of it.</returns>
    string Flash(BundleFile bundle, bool erasesStorage, Action<double> progress, CancellationToken stop);

    /// <summary>Lets the runtime start and waits until it answers.</summary>
    void Start(CancellationToken stop);

    /// <summary>Puts a file onto the drive.</summary>
    void WriteFile(string name, ReadOnlyMemory<byte> content, CancellationToken stop);

    /// <summary>Sets the Wi-Fi.</summary>
    void WriteWifi(WifiLogin wifi, CancellationToken stop);

    /// <summary>Compares what can be read with what was written: deployment, native code, Wi-Fi.</summary>
    void ReadBack(BundleFile bundle, WifiLogin? wifi, CancellationToken stop);

    /// <summary>Lets the board start anew, and leaves it alone.</summary>
    void Reboot(CancellationToken stop);
}

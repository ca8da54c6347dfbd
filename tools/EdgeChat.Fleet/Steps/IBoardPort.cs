using System.Text;
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
    private const int LeastBytes = 8, MostBytes = 63, KeyDigits = 64; // IEEE 802.11-2020, annex J.4: a passphrase, or the key itself

    /// <summary>Why no Wi-Fi has such a password, without saying it; null when one may.</summary>
    public string? Fault => Encoding.UTF8.GetByteCount(Password) is 0 or (>= LeastBytes and <= MostBytes)
        || (Password.Length == KeyDigits && Password.All(char.IsAsciiHexDigit))
        ? null
        : $"the password of {Ssid} has {Encoding.UTF8.GetByteCount(Password)} bytes; it must have {LeastBytes} to {MostBytes}, or be a key "
            + $"of {KeyDigits} hexadecimal digits: write it anew";

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

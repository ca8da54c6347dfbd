using System.Security.Cryptography;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>The key with which the operator seals configurations for one board in one of its lives (docs/protocol.md, section
/// 14).</summary>
public static class OrderKeys
{
    /// <summary>Its file on the board's drive.</summary>
    public const string File = "ec." + Envelope.OrderKeyFile;

    private const string Secret = "orders";
    private const string Given = "OrderKey"; // in the journal of a board's present life

    /// <summary>The key of a board in a life, from one of the fleet's, which the store has from the first time on.</summary>
    public static byte[] Of(FleetStore store, string id, int incarnation)
    {
        if (store.Secret(Secret) is not { } secret) store.SetSecret(Secret, secret = PairKeys.NewSecret());
        return HMACSHA256.HashData(Convert.FromHexString(secret), Encoding.UTF8.GetBytes($"order {id} {incarnation}"));
    }

    /// <summary>The key that a board has; null for one that was provisioned before there were any.</summary>
    public static byte[]? On(FleetStore store, StoredBoard board) =>
        store.IsDone(board.Id, Given) ? Of(store, board.Id, board.Incarnation) : null;

    /// <summary>A board has its key.</summary>
    public static void SetGiven(FleetStore store, string id) => store.Mark(id, Given, isDone: true);

    /// <summary>Seals a body for the board of a topic.</summary>
    public static byte[] Enclose(byte[] key, string topic, byte[] body)
    {
        byte[] iv = RandomNumberGenerator.GetBytes(A128CbcHs256.BlockBytes);
        byte[] header = [Envelope.OrderVersion, .. iv];
        return [.. header, .. A128CbcHs256.Encrypt(key, iv, [.. Encoding.ASCII.GetBytes(topic), .. header], body, body.Length)];
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>The file of keys with which a board seals what it writes to others of its fleet (docs/protocol.md, section 15).</summary>
public static class PairKeys
{
    /// <summary>Its name on the board's drive, where the firmware takes it and deletes it.</summary>
    public const string File = "ec." + SealTable.KeysFile;

    /// <summary>The fleet's key in the store.</summary>
    public const string Secret = "seal";

    /// <summary>Makes a key of a fleet, as the store keeps it.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyTree.RootBytes));

    /// <summary>The file of a board of a fleet that seals, from the fleet's key, which the store has from the first time on; else
    /// null.</summary>
    public static byte[]? For(FleetFile fleet, FleetStore store, FleetBoard board, int incarnation)
    {
        if (!fleet.Seals && !fleet.GroupsOf(board.Id).Any(g => g.Seals)) return null;
        if (store.Secret(Secret) is not { } secret) store.SetSecret(Secret, secret = NewSecret());
        return Of(secret, board.Id, incarnation, PartnersOf(fleet, board));
    }

    /// <summary>The boards of a fleet that a board has a key with: its contacts, and those whose contact it is, and in groups that are to
    /// be sealed its admins, as an admin all members. Throws <see cref="FleetException"/> when there are more than a board keeps.</summary>
    public static IReadOnlyList<string> PartnersOf(FleetFile fleet, FleetBoard board)
    {
        string[] partners = [.. fleet.Boards
            .Where(b => b.Id != board.Id && (fleet.Seals && (b.Contacts.Contains(board.Id) || board.Contacts.Contains(b.Id))
                || fleet.GroupsOf(board.Id).Any(g => g.Seals && g.Members.Contains(b.Id)
                    && (g.Editors.Contains(board.Id) || g.Editors.Contains(b.Id)))))
            .Select(b => b.Id)];
        return partners.Length <= Limits.Contacts ? partners : throw new FleetException(
            $"{board.Id} is to seal what it writes to {partners.Length} boards, and keeps {Limits.Contacts} keys: name fewer contacts");
    }

    /// <summary>The file of a board of a fleet. Throws <see cref="FleetException"/> when the board has had all lives that keys
    /// have.</summary>
    /// <param name="secret">What <see cref="NewSecret"/> gave.</param>
    /// <param name="id">The board.</param>
    /// <param name="incarnation">Its life, in which it seals; the store gives each once. It has a seed of its own.</param>
    /// <param name="partners">The others.</param>
    public static byte[] Of(string secret, string id, int incarnation, IReadOnlyList<string> partners)
    {
        if (incarnation > SealChain.MostLives)
            throw new FleetException($"{id} has had all {SealChain.MostLives} lives that the fleet's keys have: take another id");
        byte[] fleetKey = Convert.FromHexString(secret);
        byte[] seed = HMACSHA256.HashData(fleetKey, Encoding.UTF8.GetBytes($"seed {id} {incarnation}"));
        byte[] file = Write([("", seed), .. partners.Select(other => (other, KeyTree.PairOfFleet(fleetKey, id, other)))]);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(1), (ushort)incarnation);
        return file;
    }

    /// <summary>The file with these keys; the one without an id is the seed of the board's generator.</summary>
    public static byte[] Write(IReadOnlyList<(string Id, byte[] Key)> keys)
    {
        var file = new byte[keys.Count * SealTable.KeyRowBytes];
        for (int i = 0; i < keys.Count; i++)
        {
            Span<byte> row = file.AsSpan(i * SealTable.KeyRowBytes, SealTable.KeyRowBytes);
            Encoding.ASCII.GetBytes(keys[i].Id, row);
            keys[i].Key.CopyTo(row[Topics.MaxIdLength..]);
        }

        return file;
    }
}

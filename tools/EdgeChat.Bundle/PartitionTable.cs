using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Bundle;

/// <summary>A part of the flash, as the partition table names it.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Type">0 for a program, 1 for data.</param>
/// <param name="SubType">What kind of either.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Size">Its bytes.</param>
public sealed record Partition(string Label, byte Type, byte SubType, int Address, int Size);

/// <summary>The binary partition table of an ESP32.</summary>
/// <remarks>ESP-IDF, Partition Tables: entries of 32 bytes, then one with the MD5 of those before it.</remarks>
public sealed class PartitionTable
{
    private const int EntrySize = 32;
    private const byte Data = 1;
    private const byte DeploymentType = 0x84; // of nanoFramework

    private PartitionTable(IReadOnlyList<Partition> partitions) => Partitions = partitions;

    /// <summary>All parts.</summary>
    public IReadOnlyList<Partition> Partitions { get; }

    /// <summary>Where the assemblies lie.</summary>
    public Partition Deployment { get; private init; } = null!;

    /// <summary>Where nanoCLR lies.</summary>
    public Partition Runtime { get; private init; } = null!;

    /// <summary>Where the board's drive lies.</summary>
    public Partition Storage { get; private init; } = null!;

    /// <summary>Reads a table; throws <see cref="BundleException"/> when it is damaged or has no place for a deployment.</summary>
    public static PartitionTable Read(string source, byte[] bytes)
    {
        var parts = new List<Partition>();
        for (int at = 0; at + EntrySize <= bytes.Length; at += EntrySize)
        {
            var entry = bytes.AsSpan(at, EntrySize);
            if (entry[0] == 0xAA && entry[1] == 0x50)
            {
                parts.Add(new Partition(
                    Encoding.ASCII.GetString(entry.Slice(12, 16)).TrimEnd('\0'), entry[2], entry[3],
                    BinaryPrimitives.ReadInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadInt32LittleEndian(entry[8..])));
                continue;
            }

            if (entry[0] == 0xEB && entry[1] == 0xEB && !MD5.HashData(bytes.AsSpan(0, at)).AsSpan().SequenceEqual(entry[16..]))
                throw new BundleException($"{source} is damaged: its MD5 differs; take it from the runtime package again");
            break;
        }

        return new PartitionTable(parts)
        {
            Deployment = parts.FirstOrDefault(p => p is { Type: Data, SubType: DeploymentType })
                ?? throw new BundleException($"{source} has no partition for a deployment (data, 84): is it a table of nanoFramework?"),
            Storage = parts.FirstOrDefault(p => p is { Type: Data, Label: "config" })
                ?? throw new BundleException($"{source} has no partition config: is it a table of nanoFramework?"),
            Runtime = parts.FirstOrDefault(p => p.Type == 0)
                ?? throw new BundleException($"{source} has no partition for a program: is it a table of nanoFramework?"),
        };
    }
}

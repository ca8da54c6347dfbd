using System.Buffers.Binary;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Usb.Virtual;

/// <summary>What a virtual nanoCLR says of itself.</summary>
internal sealed class RuntimeDescription(LoaderChip chip)
{
    /// <summary>The rate of its line.</summary>
    public const int BaudRate = 921600;

    private const uint Capabilities = 0x43B;
    private const int NativeBytes = 140, AtOnce = 7;

    private static readonly ushort[] Version = [1, 17, 0, 10];

    private string Target => chip.Key switch
    {
        "s3" => "ESP32_S3_QUAD",
        "c3" => "ESP32_C3",
        "c6" => "ESP32_C6_THREAD",
        _ => "ESP32_REV3",
    };

    /// <summary>The answer to <see cref="Wire.WireCommand.TargetInfo"/>: the booter's version, the runtime's, names.</summary>
    public byte[] TargetInfo()
    {
        var info = new byte[336];
        Put(info.AsSpan(8), Version);
        Put(info.AsSpan(16, 128), "nanoCLR running @ virtual board");
        Put(info.AsSpan(144, 32), Target);
        Put(info.AsSpan(176, 32), "ESP32");
        Put(info.AsSpan(208, 128), "virtual board");
        return info;
    }

    /// <summary>The answer to <see cref="Wire.WireCommand.QueryCapabilities"/>; null refuses.</summary>
    public byte[]? Query(byte[] request, IReadOnlyList<NativeLibrary> natives)
    {
        if (request.Length < 4) return null;
        switch (request[0])
        {
            case 1:
                return BitConverter.GetBytes(Capabilities);
            case 3:
                var version = new byte[42];
                Put(version.AsSpan(0, 22), "Jul 24 2026");
                Put(version.AsSpan(22, 16), "virtual");
                return version;
            case 5:
                // the real one has target and platform the wrong way round here
                return [.. Release("ESP32", Target), .. new byte[52]];
            case 6:
                return [.. Release(Target, "ESP32"), .. new byte[8]];
            case 7:
                return Release(Target, "ESP32");
            case 8:
                return Natives(natives, request[2], request[3]);
            case 9:
                return BitConverter.GetBytes(natives.Count);
            default:
                return null;
        }
    }

    private static byte[] Natives(IReadOnlyList<NativeLibrary> natives, int first, int count)
    {
        NativeLibrary[] some = [.. natives.Skip(first).Take(count is 0 or 255 ? natives.Count : Math.Min(count, AtOnce))];
        var list = new byte[some.Length * NativeBytes];
        for (int i = 0; i < some.Length; i++)
        {
            Span<byte> row = list.AsSpan(i * NativeBytes, NativeBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(row, some[i].Checksum);
            PeVersion v = some[i].Version;
            Put(row[4..], [v.Major, v.Minor, v.Build, v.Revision]);
            Put(row[12..], some[i].Name);
        }

        return list;
    }

    private static byte[] Release(string target, string platform)
    {
        var info = new byte[200];
        Put(info, Version);
        Put(info.AsSpan(8, 128), "nanoFramework, virtual board");
        Put(info.AsSpan(136, 32), target);
        Put(info.AsSpan(168, 32), platform);
        return info;
    }

    private static void Put(Span<byte> field, string text) => Encoding.UTF8.GetBytes(text, field[..^1]);

    private static void Put(Span<byte> field, ReadOnlySpan<ushort> version)
    {
        for (int i = 0; i < version.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(field[(i * 2)..], version[i]);
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeChat.Fleet;

/// <summary>Owner and group of a file, which a file that takes its place must have too.</summary>
[SupportedOSPlatform("linux")]
internal static partial class UnixOwner
{
    private const int OfThisFolder = -100; // AT_FDCWD
    private const uint OwnerAndGroup = 0x18; // STATX_UID | STATX_GID
    private const int StatxBytes = 256, OwnerAt = 20; // statx(2); the group is behind the owner

    /// <summary>Gives a file the owner and group of another; false when this user may not.</summary>
    public static bool Copy(string from, string to)
    {
        ulong wanted = Of(from);
        if (Of(to) == wanted) return true;
        return Chown(to, (uint)wanted, (uint)(wanted >> 32)) == 0;
    }

    private static ulong Of(string path)
    {
        var status = new byte[StatxBytes];
        if (Statx(OfThisFolder, path, 0, OwnerAndGroup, status) != 0)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        ReadOnlySpan<byte> both = status.AsSpan(OwnerAt, sizeof(ulong));
        return BinaryPrimitives.ReadUInt32LittleEndian(both) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(both[4..]) << 32);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte[] status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Chown(string path, uint owner, uint group);
}

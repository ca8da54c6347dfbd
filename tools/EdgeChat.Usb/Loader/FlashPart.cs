namespace EdgeChat.Usb.Loader;

/// <summary>A part of what is to be in a chip's flash.</summary>
/// <param name="Name">What people call it: <c>nanoCLR.bin</c>.</param>
/// <param name="Offset">Where it begins; a whole sector.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Room">The bytes from <paramref name="Offset"/> on that belong to it: behind the data they are to be erased. Zero for no
/// more than the sectors of the data.</param>
public sealed record FlashPart(string Name, int Offset, ReadOnlyMemory<byte> Data, int Room = 0)
{
    /// <summary>How many bytes it takes: whole sectors.</summary>
    public int Length => Math.Max(Room, (Data.Length + LoaderClient.Sector - 1) / LoaderClient.Sector * LoaderClient.Sector);

    /// <summary>All its bytes, those behind the data erased.</summary>
    internal byte[] Content()
    {
        var all = new byte[Length];
        Array.Fill(all, (byte)0xFF);
        Data.CopyTo(all);
        return all;
    }
}

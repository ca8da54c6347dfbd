using System.Buffers.Binary;

namespace EdgeChat.Usb.Loader;

/// <summary>What a loader answers to one command.</summary>
/// <param name="Command">Which command it is for.</param>
/// <param name="Value">The value of a register; else the ROM leaves there what was, and the stub 0.</param>
/// <param name="Data">The data, and the status behind it.</param>
public readonly record struct LoaderReply(byte Command, uint Value, byte[] Data)
{
    /// <summary>Reads a frame; null when it is no reply.</summary>
    public static LoaderReply? Read(byte[] frame) =>
        frame.Length < 10 || frame[0] != 1 || BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2)) != frame.Length - 8
            ? null
            : new LoaderReply(frame[1], BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4)), frame[8..]);

    /// <summary>The two bytes of status behind <paramref name="length"/> bytes of data; 0 is well. The ROM has two more, which say
    /// nothing.</summary>
    public int StatusAt(int length) => Data.Length < length + 2 ? 0xFFFF : Data[length] << 8 | Data[length + 1];
}

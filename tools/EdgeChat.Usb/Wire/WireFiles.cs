using System.Buffers.Binary;
using System.Text;

namespace EdgeChat.Usb.Wire;

/// <summary>How a request about a file is laid out.</summary>
public enum FileLayout
{
    /// <summary>Runtimes 1.x: the name's length, the data's length, the offset, then name and data.</summary>
    NameLength,

    /// <summary>The layout of newer tools: the data's length, the offset, the name with a NUL, then the data.</summary>
    NameTerminated,
}

/// <summary>A board's files. The Wire Protocol writes and deletes them; it has no command to read or to list them.</summary>
public sealed class WireFiles
{
    private const uint WriteFile = 1, DeleteFile = 2, AppendFile = 3;
    private const uint Done = 1, DeleteFailed = 0x20;
    private const int Tries = 4, LongestName = 200;

    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(5);

    private readonly WireLink _link;

    internal WireFiles(WireLink link) => _link = link;

    /// <summary>How requests are laid out; it must be the runtime's.</summary>
    public FileLayout Layout { get; init; } = FileLayout.NameLength;

    /// <summary>Writes a file, in place of one that is there, and makes its folders.</summary>
    /// <param name="path">Its path: <c>I:\board.json</c>.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="UsbException">The path is none, or the board cannot write it.</exception>
    public void Write(string path, ReadOnlyMemory<byte> content)
    {
        byte[] name = NameOf(path);
        for (int tries = 1; ; tries++)
        {
            try
            {
                WriteOnce(path, name, content.Span);
                return;
            }
            catch (WireSilentException e)
            {
                // whether a piece was appended is not known: from the first again, which replaces the file
                if (tries == Tries)
                    throw new UsbException(UsbFault.Silent,
                        $"{_link.Line.Name}: {path} could not be written in {tries} tries ({e.Message}); check the cable and run it " +
                        "again", e);
                _link.BeSilent();
            }
        }
    }

    /// <summary>Deletes a file.</summary>
    /// <returns>False when there was none, or it was a folder that is not empty.</returns>
    public bool Delete(string path)
    {
        byte[] request = Request(DeleteFile, NameOf(path), 0, []);
        uint code = Code(_link.Ask(WireCommand.StorageOperation, request, WritePatience));
        return code == Done || (code == DeleteFailed ? false : throw Failed(path, code));
    }

    private static byte[] NameOf(string path)
    {
        // a board does not survive a path that it cannot open
        bool isWhole = path.StartsWith("I:\\", StringComparison.Ordinal) && path.Length > 3 && !path.EndsWith('\\') && !path.Contains('\0');
        byte[] name = Encoding.UTF8.GetBytes(path);
        if (!isWhole || name.Length > LongestName)
            throw new UsbException(UsbFault.BadInput, $"{path}: is no file of a board: write it as I:\\NAME, at most {LongestName} bytes");
        return name;
    }

    private static uint Code(byte[] answer) => answer.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(answer) : 0;

    private void WriteOnce(string path, byte[] name, ReadOnlySpan<byte> content)
    {
        int most = WirePacket.MostToBoard - Request(WriteFile, name, 0, []).Length;
        int at = 0;
        do
        {
            int count = Math.Min(most, content.Length - at);
            byte[] request = Request(at == 0 ? WriteFile : AppendFile, name, at, content.Slice(at, count));
            uint code = Code(_link.AskOnce(WireCommand.StorageOperation, request, WritePatience));
            if (code != Done) throw Failed(path, code);
            at += count;
        }
        while (at < content.Length);
    }

    private UsbException Failed(string path, uint code) => new(UsbFault.Refused,
        $"{_link.Line.Name}: the board cannot change {path} (code 0x{code:X}): its files may be full or damaged; erase them with " +
        "`edgechat flash --erase-files`");

    private byte[] Request(uint operation, byte[] name, int offset, ReadOnlySpan<byte> data) => Layout == FileLayout.NameLength
        ? [.. WireWords.Of(operation, (uint)name.Length, (uint)data.Length, (uint)offset), .. name, .. data]
        : [.. WireWords.Of(operation, (uint)data.Length, (uint)offset), .. name, 0, .. data];
}

namespace EdgeChat.VirtualBoard;

/// <summary>How many blocks the files of a drive take, close to what LittleFS takes.</summary>
/// <remarks>Source: the LittleFS design document: blocks of 4 KiB, a pair of blocks for metadata, small files inside the
/// metadata.</remarks>
internal sealed class FlashSpace
{
    public const int Block = 4096;

    // The super block pair and the network, Wi-Fi and certificate configuration that share the partition.
    private const int FixedBlocks = 6;
    private const int InlineLimit = 512, EntryBytes = 48, MetadataBytes = Block / 2;

    private readonly Dictionary<string, long> _files = [];
    private int _directories;

    public void Clear()
    {
        _files.Clear();
        _directories = 0;
    }

    public void AddDirectory() => _directories++;

    public void RemoveDirectory() => _directories--;

    public void Set(string path, long length) => _files[path] = length;

    public void Remove(string path) => _files.Remove(path);

    public long Length(string path) => _files.GetValueOrDefault(path);

    public static long Blocks(long length) => length <= InlineLimit ? 0 : (length + Block - 1) / Block;

    /// <summary>Bytes that are taken, in whole blocks.</summary>
    public long Used
    {
        get
        {
            long blocks = FixedBlocks + 2L * _directories, metadata = 0;
            foreach (long length in _files.Values)
            {
                blocks += Blocks(length);
                metadata += EntryBytes + (length <= InlineLimit ? length : 0);
            }

            return (blocks + 2 * ((metadata + MetadataBytes - 1) / MetadataBytes)) * Block;
        }
    }
}

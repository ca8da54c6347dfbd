using EdgeChat.Core;
using EdgeChat.Drivers;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>Reads the boards' message logs before the boards do, and stops the demo when one is damaged: a board would skip what is damaged
/// and in time write over it, and somebody may want to look first.</summary>
/// <remarks>What a power cut leaves, a record cut off at the end, is no damage.</remarks>
public static class FlashCheck
{
    /// <summary>Throws <see cref="ToolException"/> that names the first damaged file in a board's flash folder.</summary>
    public static void Check(string folder, string id)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.GetFiles(folder, FileFlash.Prefix + Limits.LogPrefix + "*").Order(StringComparer.Ordinal))
        {
            var log = new FlashLog(new OneFile(path), Limits.LogPrefix, Limits.SegmentBytes, Limits.Segments, Limits.LogBufferBytes);
            log.Open(new Nobody());
            if (log.DamagedRecords > 0)
            {
                string places = log.DamagedRecords == 1 ? "place" : "places";
                throw new ToolException(
                    ExitCode.Flash,
                    $"{path}: {id}'s messages are damaged here ({log.DamagedRecords} {places}); nothing was changed: " +
                    "restore the file, or start with --skip-damaged and the board leaves out what is damaged and keeps the rest");
            }
        }
    }

    private sealed class Nobody : ILogVisitor
    {
        public void OnRecord(byte type, int address, byte[] buffer, int index, int count)
        {
            // It is sound; nothing more is asked.
        }
    }

    // A flash with one file, to read.
    private sealed class OneFile(string path) : IFlash
    {
        private readonly string _name = Path.GetFileName(path)[FileFlash.Prefix.Length..];

        public int FreeBytes => -1;

        public string[] List() => [_name];

        public int Size(string name) => (int)new FileInfo(path).Length;

        public int Read(string name, int offset, byte[] buffer, int index, int count)
        {
            try
            {
                using var file = File.OpenRead(path);
                file.Position = offset;
                return file.ReadAtLeast(buffer.AsSpan(index, count), count, throwOnEndOfStream: false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new FlashException($"cannot read {path}", e);
            }
        }

        public void Append(string name, byte[] buffer, int index, int count) => throw ReadOnly();

        public void Replace(string name, byte[] buffer, int index, int count) => throw ReadOnly();

        public void Delete(string name) => throw ReadOnly();

        private NotSupportedException ReadOnly() => new($"{path} is only read here");
    }
}

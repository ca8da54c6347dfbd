using EdgeChat.Core;

namespace EdgeChat.Tests.Screens;

/// <summary>A board's files in memory, which outlive its restarts, as many bytes as the smallest board has; refuses to write on request.</summary>
internal sealed class FilesInMemory : IFlash
{
    private const int Capacity = 256 * 1024;

    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Whether every write is refused.</summary>
    public bool IsBroken { get; set; }

    public int FreeBytes => Capacity - _files.Values.Sum(f => f.Length);

    public string[] List() => [.. _files.Keys];

    public int Size(string name) => _files.TryGetValue(name, out byte[]? file) ? file.Length : -1;

    public int Read(string name, int offset, byte[] buffer, int index, int count)
    {
        if (!_files.TryGetValue(name, out byte[]? file)) throw new FlashException($"no file \"{name}\"", null);
        int length = Math.Clamp(file.Length - offset, 0, count);
        Array.Copy(file, offset, buffer, index, length);
        return length;
    }

    public void Append(string name, byte[] buffer, int index, int count)
    {
        Write(name, [.. _files.GetValueOrDefault(name, []), .. buffer.AsSpan(index, count)]);
    }

    public void Replace(string name, byte[] buffer, int index, int count) => Write(name, buffer.AsSpan(index, count).ToArray());

    public void Delete(string name) => _files.Remove(name);

    private void Write(string name, byte[] content)
    {
        if (IsBroken) throw new FlashException($"file \"{name}\": the flash refuses to write: restart the board", null!);
        _files[name] = content;
    }
}

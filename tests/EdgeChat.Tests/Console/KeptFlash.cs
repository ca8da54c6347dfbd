using EdgeChat.Core;

namespace EdgeChat.Tests.Consoles;

/// <summary>Files in memory that outlive the board's restarts; nothing goes wrong with them.</summary>
internal sealed class KeptFlash : IFlash
{
    private const int Capacity = 256 * 1024;

    private readonly Dictionary<string, byte[]> _files = [];

    public int FreeBytes => Capacity - _files.Values.Sum(f => f.Length);

    public string[] List() => [.. _files.Keys];

    public int Size(string name) => _files.TryGetValue(name, out byte[]? file) ? file.Length : -1;

    public int Read(string name, int offset, byte[] buffer, int index, int count)
    {
        if (!_files.TryGetValue(name, out byte[]? file)) throw new FlashException($"no file \"{name}\"", null);
        int had = Math.Clamp(file.Length - offset, 0, count);
        Array.Copy(file, offset, buffer, index, had);
        return had;
    }

    public void Append(string name, byte[] buffer, int index, int count)
    {
        byte[] old = _files.GetValueOrDefault(name, []);
        _files[name] = [.. old, .. buffer.AsSpan(index, count)];
    }

    public void Replace(string name, byte[] buffer, int index, int count) => _files[name] = buffer[index..(index + count)];

    public void Delete(string name) => _files.Remove(name);
}

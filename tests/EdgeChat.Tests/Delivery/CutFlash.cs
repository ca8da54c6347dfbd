using EdgeChat.Core;

namespace EdgeChat.Tests.Delivery;

/// <summary>The power went during a write.</summary>
internal sealed class PowerLostException : Exception;

/// <summary>Files in memory that outlive the board's restarts; the power can go during any operation, after any byte of it.</summary>
internal sealed class CutFlash : IFlash
{
    private readonly Dictionary<string, byte[]> _files = [];
    private int _operationsLeft;
    private int _bytes;
    private bool _isOff;

    public int FreeBytes => -1;

    /// <summary>Plans a power cut: so many operations are done, of the next only so many bytes.</summary>
    public void CutAfter(int operations, int bytes)
    {
        _operationsLeft = operations + 1;
        _bytes = bytes;
    }

    /// <summary>Power is there, and stays.</summary>
    public void PowerOn()
    {
        _operationsLeft = 0;
        _isOff = false;
    }

    /// <summary>What a board would find that started now.</summary>
    public CutFlash Copy()
    {
        var copy = new CutFlash();
        foreach ((string name, byte[] file) in _files) copy._files[name] = file;
        return copy;
    }

    public string[] List() => [.. _files.Keys];

    public int Size(string name) => _files.TryGetValue(name, out byte[]? file) ? file.Length : -1;

    public int Read(string name, int offset, byte[] buffer, int index, int count)
    {
        if (_isOff) throw new PowerLostException();
        if (!_files.TryGetValue(name, out byte[]? file)) throw new FlashException($"no file \"{name}\"", null);
        int had = Math.Clamp(file.Length - offset, 0, count);
        Array.Copy(file, offset, buffer, index, had);
        return had;
    }

    public void Append(string name, byte[] buffer, int index, int count)
    {
        bool isCut = Begin();
        int written = isCut ? Math.Min(_bytes, count) : count;
        if (written > 0) _files[name] = [.. _files.GetValueOrDefault(name, []), .. buffer.AsSpan(index, written)];
        if (isCut) throw new PowerLostException();
    }

    public void Replace(string name, byte[] buffer, int index, int count)
    {
        bool isCut = Begin();
        if (!isCut || _bytes > 0) _files[name] = buffer[index..(index + count)];
        if (isCut) throw new PowerLostException();
    }

    public void Delete(string name)
    {
        bool isCut = Begin();
        if (!isCut || _bytes > 0) _files.Remove(name);
        if (isCut) throw new PowerLostException();
    }

    private bool Begin()
    {
        if (_isOff) throw new PowerLostException();
        _isOff = _operationsLeft > 0 && --_operationsLeft == 0;
        return _isOff;
    }
}

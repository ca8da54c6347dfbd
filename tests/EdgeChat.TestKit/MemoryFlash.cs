using System;
using System.Collections;
using EdgeChat.Core;

namespace EdgeChat.TestKit;

/// <summary>Files in memory, durable when a call returns; power cuts at any byte of any write, refusals and damage on request.</summary>
/// <remarks>Operations that change something are numbered from 1. After a cut every call throws <see cref="PowerCutException"/> until
/// <see cref="PowerOn"/>; what was durable then is there again.</remarks>
public sealed class MemoryFlash : IFlash
{
    private readonly ArrayList _names = new ArrayList();
    private readonly ArrayList _contents = new ArrayList();
    private bool _isOff;

    /// <summary>How many bytes all files together may have; an append beyond that is refused.</summary>
    public int CapacityBytes { get; set; } = int.MaxValue;

    /// <summary>How many appends, replacements and deletes were begun.</summary>
    public int Operations { get; set; }

    /// <summary>How many of them were appends.</summary>
    public int Appends { get; set; }

    /// <summary>How many reads were done.</summary>
    public int Reads { get; set; }

    /// <summary>The number of the operation during which the power goes, or 0 for none.</summary>
    public int CutAt { get; set; }

    /// <summary>How many bytes of an append get to flash before the cut; a replacement or delete happens whole when this is above 0,
    /// else not at all.</summary>
    public int CutAfterBytes { get; set; }

    /// <summary>The number of the operation that is refused with a <see cref="FlashException"/>, or 0 for none.</summary>
    public int RefuseAt { get; set; }

    /// <summary>How many bytes of a refused append stay behind.</summary>
    public int RefusedBytesKept { get; set; }

    /// <summary>Refuses every operation that changes something.</summary>
    public bool RefusesWrites { get; set; }

    /// <summary>The name of a file that cannot be read, or null.</summary>
    public string Unreadable { get; set; }

    /// <summary>How many bytes at the beginning of that file can be read all the same.</summary>
    public int ReadableBytes { get; set; }

    /// <summary>Bytes of all files.</summary>
    public int UsedBytes
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < _contents.Count; i++) sum += ((byte[])_contents[i]).Length;
            return sum;
        }
    }

    /// <inheritdoc/>
    public int FreeBytes { get { return CapacityBytes == int.MaxValue ? -1 : CapacityBytes - UsedBytes; } }

    /// <summary>The power is back: files as they were durable, no cut and no refusal planned.</summary>
    public void PowerOn()
    {
        _isOff = false;
        CutAt = 0;
        RefuseAt = 0;
    }

    /// <summary>Plans a cut during the operation after <paramref name="more"/> others.</summary>
    public void CutAfter(int more, int bytes)
    {
        CutAt = Operations + more + 1;
        CutAfterBytes = bytes;
    }

    /// <summary>A second flash with the same files, and nothing planned.</summary>
    public MemoryFlash Copy()
    {
        var copy = new MemoryFlash();
        copy.CapacityBytes = CapacityBytes;
        for (int i = 0; i < _names.Count; i++) copy.Put((string)_names[i], (byte[])((byte[])_contents[i]).Clone());
        return copy;
    }

    /// <summary>The content of a file, or null; not a copy, so changing it damages the file.</summary>
    public byte[] Content(string name)
    {
        int i = IndexOf(name);
        return i < 0 ? null : (byte[])_contents[i];
    }

    /// <summary>Sets a file from outside, without being an operation.</summary>
    public void Put(string name, byte[] content)
    {
        int i = IndexOf(name);
        if (i >= 0)
        {
            _contents[i] = content;
            return;
        }

        _names.Add(name);
        _contents.Add(content);
    }

    /// <inheritdoc/>
    public string[] List()
    {
        CheckPower();
        string[] names = Column.Strings(_names.Count);
        for (int i = 0; i < names.Length; i++) names[i] = (string)_names[i];
        return names;
    }

    /// <inheritdoc/>
    public int Size(string name)
    {
        CheckPower();
        int i = IndexOf(name);
        return i < 0 ? -1 : ((byte[])_contents[i]).Length;
    }

    /// <inheritdoc/>
    public int Read(string name, int offset, byte[] buffer, int index, int count)
    {
        CheckPower();
        Reads++;
        int i = IndexOf(name);
        if (i < 0) throw new FlashException("flash: no file " + name, null);
        if (name == Unreadable && offset + count > ReadableBytes) throw new FlashException("flash: cannot read " + name, null);
        byte[] content = (byte[])_contents[i];
        int rest = content.Length - offset;
        if (rest <= 0) return 0;
        if (count > rest) count = rest;
        Array.Copy(content, offset, buffer, index, count);
        return count;
    }

    /// <inheritdoc/>
    public void Append(string name, byte[] buffer, int index, int count)
    {
        Begin();
        Appends++;
        if (Operations == CutAt)
        {
            AddBytes(name, buffer, index, CutAfterBytes < count ? CutAfterBytes : count);
            Cut();
        }

        if (IsRefused(count))
        {
            AddBytes(name, buffer, index, RefusedBytesKept < count ? RefusedBytesKept : count);
            throw new FlashException("flash: refused to write " + name, null);
        }

        Add(name, buffer, index, count);
    }

    /// <inheritdoc/>
    public void Replace(string name, byte[] buffer, int index, int count)
    {
        Begin();
        bool isCut = Operations == CutAt;
        if (isCut && CutAfterBytes == 0) Cut();
        if (IsRefused(count)) throw new FlashException("flash: refused to write " + name, null);
        byte[] content = new byte[count];
        Array.Copy(buffer, index, content, 0, count);
        Put(name, content);
        if (isCut) Cut();
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        Begin();
        bool isCut = Operations == CutAt;
        if (isCut && CutAfterBytes == 0) Cut();
        if (IsRefused(0)) throw new FlashException("flash: refused to delete " + name, null);
        int i = IndexOf(name);
        if (i >= 0)
        {
            _names.RemoveAt(i);
            _contents.RemoveAt(i);
        }

        if (isCut) Cut();
    }

    private bool IsRefused(int count)
    {
        return RefusesWrites || Operations == RefuseAt || (CapacityBytes != int.MaxValue && UsedBytes + count > CapacityBytes);
    }

    private void Begin()
    {
        CheckPower();
        Operations++;
    }

    private void Cut()
    {
        _isOff = true;
        throw new PowerCutException();
    }

    private void CheckPower()
    {
        if (_isOff) throw new PowerCutException();
    }

    // a file that got no byte was never made
    private void AddBytes(string name, byte[] buffer, int index, int count)
    {
        if (count > 0) Add(name, buffer, index, count);
    }

    private void Add(string name, byte[] buffer, int index, int count)
    {
        byte[] old = Content(name);
        int have = old == null ? 0 : old.Length;
        byte[] content = new byte[have + count];
        if (have > 0) Array.Copy(old, content, have);
        Array.Copy(buffer, index, content, have, count);
        Put(name, content);
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < _names.Count; i++)
            if ((string)_names[i] == name) return i;
        return -1;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Usb.Virtual;

/// <summary>The partition with a board's files, drive <c>I:</c>: a folder of this PC, and in the flash a stamp of what is in it. When the
/// partition was erased or written over, the stamp is gone, and so are the files.</summary>
internal sealed class BoardDrive(string folder, FlashChip flash)
{
    private const string Drive = "I:\\";

    private int _stampAt;
    private byte[] _stamp = [];

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Mounts the partition when the board starts: a partition without the stamp is formatted.</summary>
    public void Mount(int offset)
    {
        bool isSame = _stamp.Length > 0 && offset == _stampAt && flash.Bytes.Slice(offset, _stamp.Length).SequenceEqual(_stamp);
        Directory.CreateDirectory(folder);
        if (isSame) return;
        foreach (string entry in Directory.GetDirectories(folder)) Directory.Delete(entry, recursive: true);
        foreach (string entry in Directory.GetFiles(folder)) File.Delete(entry);
        _stampAt = offset;
        _stamp = [.. "littlefs"u8, .. RandomNumberGenerator.GetBytes(8)];
        flash.Erase(offset, 1);
        flash.Program(offset, _stamp);
    }

    /// <summary>A file's content, or null when there is none.</summary>
    public byte[]? Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllBytes(PathOf(name)) : null;

    /// <summary>Writes a file, and makes its folders.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content.ToArray());
    }

    /// <summary>Appends to a file, or makes it.</summary>
    public void Append(string name, ReadOnlySpan<byte> content)
    {
        using FileStream file = new(PathOf(name), FileMode.Append);
        file.Write(content);
    }

    /// <summary>Deletes a file; false when there is none.</summary>
    public bool Delete(string name)
    {
        if (!File.Exists(PathOf(name))) return false;
        File.Delete(PathOf(name));
        return true;
    }

    /// <summary>The name below the drive of a path that a request gives; null when it is no path of this drive.</summary>
    public static string? NameOf(ReadOnlySpan<byte> path)
    {
        string text = Encoding.UTF8.GetString(path);
        if (!text.StartsWith(Drive, StringComparison.Ordinal)) return null;
        string name = text[Drive.Length..].Replace('\\', '/');
        return name.Length == 0 || name.Split('/').Any(p => p is "" or "." or "..") ? null : name;
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}

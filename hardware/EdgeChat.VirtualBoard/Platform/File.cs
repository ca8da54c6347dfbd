using System.Text;

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's File on the board's drive.</summary>
public static class File
{
    /// <summary>As on the board it opens at the start of the file, and so writes over what is there.</summary>
    public static StreamWriter AppendText(string path) => new(OpenWrite(path));

    public static void AppendAllText(string path, string? contents)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(contents ?? ""));
    }

    public static void Copy(string sourceFileName, string destFileName) => Copy(sourceFileName, destFileName, false);

    public static void Copy(string sourceFileName, string destFileName, bool overwrite)
    {
        if (Path.Below(sourceFileName) == Path.Below(destFileName)) return;
        byte[] content = ReadAllBytes(sourceFileName);
        using var file = new FileStream(destFileName, overwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
        file.Write(content, 0, content.Length);
    }

    public static FileStream Create(string path) => Create(path, 0);

    public static FileStream Create(string path, int bufferSize) =>
        new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize);

    /// <summary>Does nothing when the file is not there; its folder must be.</summary>
    public static void Delete(string path)
    {
        PowerCycle cycle = PowerCycle.Require("File.Delete");
        cycle.Board.Flash.Delete(cycle, Path.Below(path));
    }

    public static bool Exists(string? path)
    {
        PowerCycle cycle = PowerCycle.Require("File.Exists");
        return !string.IsNullOrEmpty(path) && cycle.Board.Flash.IsFile(cycle, Path.Below(path));
    }

    public static FileAttributes GetAttributes(string path)
    {
        PowerCycle cycle = PowerCycle.Require("File.GetAttributes");
        string below = Path.Below(path);
        if (cycle.Board.Flash.IsFolder(cycle, below)) return FileAttributes.Directory;
        cycle.Board.Flash.LengthOf(cycle, below);
        return FileAttributes.Normal;
    }

    public static void Move(string sourceFileName, string destFileName)
    {
        PowerCycle cycle = PowerCycle.Require("File.Move");
        cycle.Board.Flash.Move(cycle, Path.Below(sourceFileName), Path.Below(destFileName));
    }

    public static FileStream Open(string path, FileMode mode) => new(path, mode);

    public static FileStream Open(string path, FileMode mode, FileAccess access) => new(path, mode, access);

    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) => new(path, mode, access, share);

    public static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read);

    public static StreamReader OpenText(string path) => new(OpenRead(path));

    public static FileStream OpenWrite(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Write);

    public static byte[] ReadAllBytes(string path)
    {
        using FileStream file = OpenRead(path);
        var content = new byte[file.Length];
        file.ReadExactly(content, 0, content.Length);
        return content;
    }

    public static string ReadAllText(string path)
    {
        using StreamReader reader = OpenText(path);
        return reader.ReadToEnd();
    }

    /// <summary>LittleFS has no attributes: the file must be there, and nothing changes.</summary>
    public static void SetAttributes(string path, FileAttributes fileAttributes) => GetAttributes(path);

    public static void WriteAllBytes(string path, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(bytes, 0, bytes.Length);
    }

    public static void WriteAllText(string path, string? contents) => WriteAllBytes(path, Encoding.UTF8.GetBytes(contents ?? ""));
}

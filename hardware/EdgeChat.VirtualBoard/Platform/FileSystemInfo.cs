namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's FileSystemInfo.</summary>
public abstract class FileSystemInfo : MarshalByRefObject
{
    private protected FileSystemInfo(string path) => FullName = Path.GetFullPath(path);

    public FileAttributes Attributes => File.GetAttributes(FullName);

    public virtual string FullName { get; }

    public string Extension => Path.GetExtension(FullName);

    public abstract bool Exists { get; }

    public abstract string Name { get; }

    public abstract void Delete();

    public virtual void Refresh()
    {
        // Nothing is kept that could be old.
    }

    public override string ToString() => FullName;
}

/// <summary>nanoFramework's FileInfo.</summary>
public sealed class FileInfo(string fileName) : FileSystemInfo(fileName)
{
    public override string Name => Path.GetFileName(FullName);

    public long Length
    {
        get
        {
            PowerCycle cycle = PowerCycle.Require("FileInfo.Length");
            return cycle.Board.Flash.LengthOf(cycle, Path.Below(FullName));
        }
    }

    public string? DirectoryName => Path.GetDirectoryName(FullName);

    public DirectoryInfo? Directory => DirectoryName is { } name ? new DirectoryInfo(name) : null;

    public override bool Exists => File.Exists(FullName);

    public FileStream Create() => File.Create(FullName);

    public override void Delete() => File.Delete(FullName);
}

/// <summary>nanoFramework's DirectoryInfo.</summary>
public sealed class DirectoryInfo(string path) : FileSystemInfo(path)
{
    public override string Name => Path.GetFileName(FullName);

    public override bool Exists => Directory.Exists(FullName);

    public DirectoryInfo Root => new("I:\\");

    public DirectoryInfo? Parent => Path.GetDirectoryName(FullName) is { } name ? new DirectoryInfo(name) : null;

    public void Create() => Directory.CreateDirectory(FullName);

    public DirectoryInfo CreateSubdirectory(string path) => Directory.CreateDirectory(Path.Combine(FullName, path));

    public FileInfo[] GetFiles() => Array.ConvertAll(Directory.GetFiles(FullName), f => new FileInfo(f));

    public DirectoryInfo[] GetDirectories() => Array.ConvertAll(Directory.GetDirectories(FullName), f => new DirectoryInfo(f));

    public void MoveTo(string destDirName) => Directory.Move(FullName, destDirName);

    public override void Delete() => Directory.Delete(FullName);

    public void Delete(bool recursive) => Directory.Delete(FullName, recursive);
}

/// <summary>nanoFramework's DriveInfo: the board has one drive.</summary>
public sealed class DriveInfo
{
    public DriveInfo(string driveName)
    {
        Path.Below(driveName);
        Name = "I:\\";
        DriveType = DriveType.Fixed;
        TotalSize = PowerCycle.Require(nameof(DriveInfo)).Board.Flash.CapacityBytes;
    }

    public DriveType DriveType { get; set; }

    public string Name { get; set; }

    public long TotalSize { get; set; }

    public static DriveInfo[] GetDrives() => [new DriveInfo("I:\\")];

    public static string[] GetFileSystems() => ["LITTLEFS"];
}

/// <summary>nanoFramework's DriveType; the values differ from .NET's.</summary>
public enum DriveType
{
    Unknown = 0,
    NoRootDirectory = 1,
    Removable = 2,
    Fixed = 3,
    Ram = 4,
}

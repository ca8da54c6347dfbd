namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Directory on the board's drive.</summary>
public static class Directory
{
    public static DirectoryInfo CreateDirectory(string path)
    {
        PowerCycle cycle = PowerCycle.Require("Directory.CreateDirectory");
        cycle.Board.Flash.MakeFolder(cycle, Path.Below(path));
        return new DirectoryInfo(path);
    }

    public static void Delete(string path) => Delete(path, false);

    public static void Delete(string path, bool recursive)
    {
        PowerCycle cycle = PowerCycle.Require("Directory.Delete");
        cycle.Board.Flash.DeleteFolder(cycle, Path.Below(path), recursive);
    }

    public static bool Exists(string? path)
    {
        PowerCycle cycle = PowerCycle.Require("Directory.Exists");
        return !string.IsNullOrEmpty(path) && cycle.Board.Flash.IsFolder(cycle, Path.Below(path));
    }

    /// <summary>Full paths, such as <c>I:\\log\\0001</c>.</summary>
    public static string[] GetFiles(string path) => List(path, false);

    /// <summary>Full paths.</summary>
    public static string[] GetDirectories(string path) => List(path, true);

    public static void Move(string sourceDirName, string destDirName) => File.Move(sourceDirName, destDirName);

    internal static string[] List(string path, bool folders)
    {
        PowerCycle cycle = PowerCycle.Require("Directory");
        return Array.ConvertAll(cycle.Board.Flash.List(cycle, Path.Below(path), folders), p => Path.GetFullPath("I:\\" + p));
    }
}

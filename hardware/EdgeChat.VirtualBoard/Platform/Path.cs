using Code = EdgeChat.VirtualBoard.Platform.IOException.IOExceptionErrorCode;

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Path: drives and backslashes, on every PC.</summary>
public static class Path
{
    public static readonly char DirectorySeparatorChar = '\\';
    public static readonly char AltDirectorySeparatorChar = '/';
    public static readonly char VolumeSeparatorChar = ':';
    public static readonly char PathSeparator = ';';

    private const string Drive = "I:\\";
    private const int LongestName = 255; // LFS_NAME_MAX

    public static string? ChangeExtension(string? path, string? extension)
    {
        if (path is null) return null;
        string bare = path[..(path.Length - GetExtension(path).Length)];
        if (extension is null) return bare;
        return bare + (extension.StartsWith('.') ? "" : ".") + extension;
    }

    public static string Combine(string path1, string path2)
    {
        ArgumentNullException.ThrowIfNull(path1);
        ArgumentNullException.ThrowIfNull(path2);
        if (path2.Length == 0) return path1;
        if (path1.Length == 0 || IsPathRooted(path2)) return path2;
        return IsSeparator(path1[^1]) || path1[^1] == VolumeSeparatorChar ? path1 + path2 : path1 + DirectorySeparatorChar + path2;
    }

    public static string? GetDirectoryName(string? path)
    {
        if (string.IsNullOrEmpty(path)) return null;
        int root = GetPathRoot(path)!.Length;
        if (path.Length <= root) return null;
        int at = path.Length;
        while (at > root && !IsSeparator(path[--at])) { }
        return path[..at];
    }

    public static string GetExtension(string? path)
    {
        string name = GetFileName(path);
        int dot = name.LastIndexOf('.');
        return dot < 0 || dot == name.Length - 1 ? "" : name[dot..];
    }

    public static string GetFileName(string? path)
    {
        if (path is null) return "";
        int at = path.Length;
        while (at > 0 && !IsSeparator(path[at - 1]) && path[at - 1] != VolumeSeparatorChar) at--;
        return path[at..];
    }

    public static string GetFileNameWithoutExtension(string? path)
    {
        string name = GetFileName(path);
        int dot = name.LastIndexOf('.');
        return dot < 0 ? name : name[..dot];
    }

    public static string GetFullPath(string path) => Drive + Below(path).Replace('/', DirectorySeparatorChar);

    public static char[] GetInvalidFileNameChars() => ['"', '<', '>', '|', '\0', ':', '*', '?', '\\', '/'];

    public static char[] GetInvalidPathChars() => ['"', '<', '>', '|', '\0'];

    public static string? GetPathRoot(string? path)
    {
        if (path is null) return null;
        if (path.Length >= 2 && path[1] == VolumeSeparatorChar) return path.Length > 2 && IsSeparator(path[2]) ? path[..3] : path[..2];
        return path.Length > 0 && IsSeparator(path[0]) ? path[..1] : "";
    }

    public static bool HasExtension(string? path) => GetExtension(path).Length > 0;

    public static bool IsPathRooted(string? path) => !string.IsNullOrEmpty(GetPathRoot(path));

    /// <summary>The path below the drive, with slashes and without dots; empty for the drive itself.</summary>
    internal static string Below(string? path)
    {
        if (string.IsNullOrEmpty(path)) throw new ArgumentException("a path is needed, such as I:\\name.txt", nameof(path));
        string root = GetPathRoot(path)!;
        if (root.Length >= 2 && char.ToUpperInvariant(root[0]) != Drive[0])
            throw new IOException($"{path}: there is no drive {root}; the board has I:\\", (int)Code.VolumeNotFound);
        if (path.IndexOfAny(GetInvalidPathChars()) >= 0)
            throw new ArgumentException($"\"{path}\" has a character that no path may have", nameof(path));
        var parts = new List<string>();
        foreach (string part in path[root.Length..].Split('\\', '/'))
        {
            if (part.Length > LongestName)
                throw new IOException($"{part}: a name may have {LongestName} characters", (int)Code.PathTooLong);
            if (part.Length == 0 || part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    private static bool IsSeparator(char c) => c == DirectorySeparatorChar || c == AltDirectorySeparatorChar;
}

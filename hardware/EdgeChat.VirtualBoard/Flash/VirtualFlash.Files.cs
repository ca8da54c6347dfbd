using Code = EdgeChat.VirtualBoard.Platform.IOException.IOExceptionErrorCode;

namespace EdgeChat.VirtualBoard;

/// <content>What the firmware's file API does. Paths are below the drive, with slashes.</content>
public sealed partial class VirtualFlash
{
    internal FlashFile Open(PowerCycle cycle, string path, FileMode mode, FileAccess access, FileShare share) =>
        Call(cycle, MayCreate(mode), () =>
    {
        CheckSharing(path, access, share);
        if (_host.IsFolder(path)) throw Error(path, Code.UnauthorizedAccess, "is a folder; open a file in it");
        bool exists = _host.IsFile(path);
        if (exists && mode == FileMode.CreateNew)
            throw Error(path, Code.PathAlreadyExists, "is there already; use FileMode.Create to replace it");
        if (!exists && mode is FileMode.Open or FileMode.Truncate) throw Error(path, Code.FileNotFound, "is not there");
        if (!exists)
        {
            CheckFolderOf(path);
            CheckSpace(null, 0, FlashSpace.Block);
            // LittleFS makes the empty file when it is opened, not when it is closed.
            Durable(cycle, 0, () => Store(path, default));
            cycle.Check();
        }

        var file = new FlashFile(path, _host.Read(path), access, share);
        if (mode is FileMode.Create or FileMode.Truncate) file.Resize(0);
        _open.Add(file);
        return file;
    });

    internal void Write(PowerCycle cycle, FlashFile file, int position, ReadOnlySpan<byte> bytes)
    {
        cycle.Check();
        lock (_gate)
        {
            CheckSpace(file, Math.Max(file.Length, position + bytes.Length), 0);
            file.Write(position, bytes);
        }
    }

    internal void Resize(PowerCycle cycle, FlashFile file, int length)
    {
        cycle.Check();
        lock (_gate)
        {
            CheckSpace(file, length, 0);
            file.Resize(length);
        }
    }

    internal void Close(PowerCycle cycle, FlashFile file) => Call(cycle, file.IsDirty, () =>
    {
        if (!_open.Remove(file) || !file.IsDirty) return 0;
        int start = file.IsAppend ? file.DurableLength : 0;
        _cut?.Look(file.Content(file.Length)[start..]);
        Durable(
            cycle,
            file.Length - start,
            () =>
            {
                Store(file.Path, file.Content(file.Length));
                if (file.IsAppend) Appends++;
                else Replaces++;
                BytesWritten += file.Length - start;
            },
            file.IsAppend ? kept => Store(file.Path, file.Content(start + (int)kept)) : null);
        return 0;
    });

    internal void Delete(PowerCycle cycle, string path) => Call(cycle, true, () =>
    {
        if (_host.IsFolder(path)) throw Error(path, Code.UnauthorizedAccess, "is a folder; use Directory.Delete");
        CheckFolderOf(path);
        CheckClosed(path);
        if (_host.IsFile(path)) Durable(cycle, 0, () => Forget(path));
        return 0;
    });

    internal void Move(PowerCycle cycle, string from, string to) => Call(cycle, true, () =>
    {
        bool isFolder = _host.IsFolder(from);
        if (!isFolder && !_host.IsFile(from)) throw Error(from, Code.FileNotFound, "is not there");
        if (_host.IsFile(to) || _host.IsFolder(to)) throw Error(to, Code.PathAlreadyExists, "is there already; delete it first");
        CheckFolderOf(to);
        CheckClosed(from);
        Durable(cycle, 0, () =>
        {
            _host.Move(from, to);
            _host.Measure(_space);
        });
        return 0;
    });

    internal void MakeFolder(PowerCycle cycle, string path) => Call(cycle, true, () =>
    {
        if (_host.IsFile(path)) throw Error(path, Code.PathAlreadyExists, "is a file");
        if (_host.IsFolder(path)) return 0;
        CheckFolderOf(path);
        CheckSpace(null, 0, 2 * FlashSpace.Block);
        Durable(cycle, 0, () =>
        {
            _host.MakeFolder(path);
            _space.AddDirectory();
        });
        return 0;
    });

    internal void DeleteFolder(PowerCycle cycle, string path, bool recursive)
    {
        if (recursive)
        {
            foreach (string file in List(cycle, path, folders: false)) Delete(cycle, file);
            foreach (string folder in List(cycle, path, folders: true)) DeleteFolder(cycle, folder, true);
        }

        Call(cycle, true, () =>
        {
            if (path.Length == 0) throw Error(path, Code.UnauthorizedAccess, "is the drive itself");
            if (!_host.IsFolder(path)) throw Error(path, Code.DirectoryNotFound, "is not there");
            if (_host.List(path, folders: true).Length + _host.List(path, folders: false).Length > 0)
                throw Error(path, Code.DirectoryNotEmpty, "is not empty; delete with recursive: true");
            Durable(cycle, 0, () =>
            {
                _host.DeleteFolder(path);
                _space.RemoveDirectory();
            });
            return 0;
        });
    }

    internal bool IsFile(PowerCycle cycle, string path) => Call(cycle, false, () => _host.IsFile(path));

    internal bool IsFolder(PowerCycle cycle, string path) => Call(cycle, false, () => _host.IsFolder(path));

    internal long LengthOf(PowerCycle cycle, string path) => Call(cycle, false, () =>
        _host.IsFile(path) ? _space.Length(path) : throw Error(path, Code.FileNotFound, "is not there"));

    internal string[] List(PowerCycle cycle, string path, bool folders) => Call(cycle, false, () =>
        _host.IsFolder(path) ? _host.List(path, folders) : throw Error(path, Code.DirectoryNotFound, "is not there"));

    private static bool MayCreate(FileMode mode) => mode is not (FileMode.Open or FileMode.Truncate);

    private static Platform.IOException Error(string path, Code code, string what) =>
        new($"I:\\{path.Replace('/', '\\')} {what}", (int)code);

    private void Store(string path, ReadOnlySpan<byte> content)
    {
        _host.Write(path, content);
        _space.Set(path, content.Length);
    }

    private void Forget(string path)
    {
        _host.Delete(path);
        _space.Remove(path);
    }

    private void CheckFolderOf(string path)
    {
        int slash = path.LastIndexOf('/');
        string folder = slash < 0 ? "" : path[..slash];
        if (!_host.IsFolder(folder)) throw Error(folder, Code.DirectoryNotFound, "is not there; make it with Directory.CreateDirectory");
    }

    private void CheckClosed(string path)
    {
        foreach (FlashFile file in _open)
            if (file.Path == path || file.Path.StartsWith(path + "/", StringComparison.Ordinal))
                throw Error(file.Path, Code.UnauthorizedAccess, "is open; close it first");
    }

    private void CheckSharing(string path, FileAccess access, FileShare share)
    {
        foreach (FlashFile file in _open)
        {
            if (file.Path != path) continue;
            bool fits = ((int)access & ~(int)file.Share) == 0 && ((int)file.Access & ~(int)share) == 0;
            if (!fits) throw Error(path, Code.UnauthorizedAccess, "is open already and not shared; close it first");
        }
    }

    private void CheckSpace(FlashFile? file, int length, long more)
    {
        long needed = more;
        foreach (FlashFile open in _open) needed += open.NewBlocks(open == file ? length : open.Length) * FlashSpace.Block;
        if (needed > 0 && _space.Used + needed > CapacityBytes)
            throw Error(file?.Path ?? "", Code.Others,
                $"does not fit: {FreeBytes} bytes are free and {needed} are needed; delete something first");
    }
}

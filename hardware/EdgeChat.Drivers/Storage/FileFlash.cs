using System;
using System.IO;
using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>The core's files on the board's internal drive, each beside the configuration and marked by a prefix.</summary>
/// <remarks>
/// <para>What <see cref="Append"/> wrote is durable once its stream was closed: LittleFS commits then. A cut before that leaves the old
/// content.</para>
/// <para><see cref="Replace"/> does not rely on that. The runtime may close the file between the calls of a stream, so a
/// file that is opened to be overwritten may be empty for a moment, and moving over an existing file is not promised. So the new
/// content goes to a file of its own first; its mark tells, after a cut, which of the two counts:</para>
/// <code>
/// there was an old file:   write "name~", delete "name", move "name~" to "name"
///                          "name~" beside "name": perhaps incomplete, dropped; "name~" alone: complete, moved
/// there was none:          write "name+", move it to "name"
///                          "name+": perhaps incomplete, dropped
/// </code>
/// </remarks>
public sealed class FileFlash : IFlash
{
    /// <summary>The root of the internal drive.</summary>
    public const string Root = "I:\\";

    /// <summary>What its file names begin with on the drive.</summary>
    public const string Prefix = "ec.";

    private const int BlockBytes = 4096; // a sector of the flash chip, LittleFS's block on ESP32
    private const string NextMark = "~";
    private const string FirstMark = "+";

    private readonly string _start;

    /// <summary>Opens the drive and finishes what a power cut has interrupted.</summary>
    /// <param name="prefix">What the names of its files begin with there; with none it has all files of the drive.</param>
    public FileFlash(string prefix = Prefix)
    {
        _start = Root + prefix;
        Recover();
    }

    /// <inheritdoc/>
    /// <remarks>Estimated: the drive's size less the blocks of its files and of the root directory, which LittleFS keeps in two. The
    /// runtime does not tell what is free.</remarks>
    public int FreeBytes
    {
        get
        {
            try
            {
                long free = new DriveInfo(Root).TotalSize;
                if (free <= 0) return -1;
                free -= 2 * BlockBytes;
                string[] paths = Directory.GetFiles(Root);
                for (int i = 0; i < paths.Length; i++)
                    free -= (new FileInfo(paths[i]).Length + BlockBytes - 1) / BlockBytes * BlockBytes;
                return free < 0 ? 0 : (int)free;
            }
            catch (Exception)
            {
                return -1;
            }
        }
    }

    /// <inheritdoc/>
    public string[] List()
    {
        string[] paths = Paths();
        int count = 0;
        for (int i = 0; i < paths.Length; i++)
        {
            string name = NameOf(paths[i]);
            if (name != null) paths[count++] = name;
        }

        string[] names = Column.Strings(count);
        Array.Copy(paths, 0, names, 0, count);
        return names;
    }

    /// <inheritdoc/>
    public int Size(string name)
    {
        string path = _start + name;
        try
        {
            return File.Exists(path) ? (int)new FileInfo(path).Length : -1;
        }
        catch (Exception e)
        {
            throw Failed("read", name, e);
        }
    }

    /// <inheritdoc/>
    public int Read(string name, int offset, byte[] buffer, int index, int count)
    {
        FileStream stream = null;
        try
        {
            stream = new FileStream(_start + name, FileMode.Open, FileAccess.Read);
            long left = stream.Length - offset;
            if (left < count) count = left < 0 ? 0 : (int)left;
            if (count == 0) return 0;
            if (offset > 0) stream.Position = offset;
            int read = 0;
            while (read < count)
            {
                int more = stream.Read(buffer, index + read, count - read);
                if (more <= 0) break;
                read += more;
            }

            return read;
        }
        catch (Exception e)
        {
            throw Failed("read", name, e);
        }
        finally
        {
            if (stream != null) stream.Close();
        }
    }

    /// <inheritdoc/>
    public void Append(string name, byte[] buffer, int index, int count)
    {
        try
        {
            Write(_start + name, FileMode.Append, buffer, index, count);
        }
        catch (Exception e)
        {
            throw Failed("write", name, e);
        }
    }

    /// <inheritdoc/>
    public void Replace(string name, byte[] buffer, int index, int count)
    {
        string path = _start + name;
        try
        {
            bool isNew = !File.Exists(path);
            string next = path + (isNew ? FirstMark : NextMark);
            Write(next, FileMode.Create, buffer, index, count);
            if (!isNew) File.Delete(path);
            File.Move(next, path);
        }
        catch (Exception e)
        {
            throw Failed("write", name, e);
        }
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        string path = _start + name;
        try
        {
            if (File.Exists(path)) File.Delete(path);
        }
        catch (Exception e)
        {
            throw Failed("delete", name, e);
        }
    }

    private static void Write(string path, FileMode mode, byte[] buffer, int index, int count)
    {
        var stream = new FileStream(path, mode, FileAccess.Write);
        try
        {
            // one call for all: the runtime may commit after each
            stream.Write(buffer, index, count);
        }
        finally
        {
            stream.Close();
        }
    }

    private void Recover()
    {
        string[] paths = Paths();
        for (int i = 0; i < paths.Length; i++)
        {
            if (!paths[i].StartsWith(_start)) continue;
            string file = Path.GetFileName(paths[i]);
            bool isFirst = file.EndsWith(FirstMark);
            if (!isFirst && !file.EndsWith(NextMark)) continue;
            string marked = Root + file;
            string path = marked.Substring(0, marked.Length - 1);
            try
            {
                if (isFirst || File.Exists(path)) File.Delete(marked);
                else File.Move(marked, path);
            }
            catch (Exception e)
            {
                throw Failed("recover", file, e);
            }
        }
    }

    private string[] Paths()
    {
        try
        {
            return Directory.GetFiles(Root);
        }
        catch (Exception e)
        {
            throw new FlashException("the drive " + Root + " cannot be listed: " + Reason(e), e);
        }
    }

    private string NameOf(string path)
    {
        if (!path.StartsWith(_start) || path.EndsWith(NextMark) || path.EndsWith(FirstMark)) return null;
        return path.Substring(_start.Length);
    }

    private FlashException Failed(string action, string name, Exception e)
    {
        return new FlashException("cannot " + action + " " + _start + name + ": " + Reason(e), e);
    }

    private static string Reason(Exception e)
    {
        if (!string.IsNullOrEmpty(e.Message)) return e.Message;
        return e is IOException ? "the flash refused, it may be full" : e.GetType().Name;
    }
}

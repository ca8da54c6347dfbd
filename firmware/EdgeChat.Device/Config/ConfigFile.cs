using System;
using System.Collections;
using System.IO;
using System.Text;
using EdgeChat.Drivers;
using nanoFramework.Json;

namespace EdgeChat.Device;

/// <summary>Reads one configuration file of the drive as an object.</summary>
public static class ConfigFile
{
    /// <summary>The drive that holds the configuration.</summary>
    public const string Drive = FileFlash.Root;

    /// <summary>The longest configuration file, in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Whether the file is there.</summary>
    public static bool Exists(string file) { return File.Exists(Drive + file); }

    /// <summary>Reads a file that must be there.</summary>
    /// <param name="file">Its name on the drive.</param>
    /// <param name="cure">What to do when it cannot be used.</param>
    public static ConfigSection Read(string file, string cure)
    {
        return new ConfigSection(file, "", Table(file, Bytes(file, cure), cure));
    }

    /// <summary>The object that the text of a file is.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="cure">What to do when it cannot be used.</param>
    public static Hashtable Table(string file, byte[] bytes, string cure)
    {
        int start = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0; // an editor's byte order mark
        for (int i = start; i < bytes.Length; i++)
            if (bytes[i] == 0) throw new ConfigException(file + " has a NUL at byte " + i + ": it is damaged or not text. " + cure);
        object read;
        try
        {
            string text = Encoding.UTF8.GetString(bytes, start, bytes.Length - start);
            read = JsonConvert.DeserializeObject(text, typeof(Hashtable));
        }
        catch (Exception)
        {
            throw new ConfigException(file + " is not JSON that this board reads (plain JSON, no comments, no \\u escapes, no key twice). "
                + cure);
        }

        if (read is Hashtable values) return values;
        throw new ConfigException(file + " must be one JSON object in braces. " + cure);
    }

    /// <summary>The bytes of a file that must be there, at most <see cref="MaxBytes"/> of them.</summary>
    /// <param name="file">Its name on the drive.</param>
    /// <param name="cure">What to do when it cannot be read.</param>
    public static byte[] Bytes(string file, string cure)
    {
        if (!Exists(file)) throw new ConfigException(file + " is not on drive I:. " + cure);
        FileStream stream = null;
        try
        {
            stream = new FileStream(Drive + file, FileMode.Open, FileAccess.Read);
            long length = stream.Length;
            if (length > MaxBytes) throw new ConfigException(file + " has " + length + " bytes and may have " + MaxBytes + ". " + cure);
            var bytes = new byte[(int)length];
            int read = length == 0 ? 0 : stream.Read(bytes, 0, bytes.Length);
            if (read == bytes.Length) return bytes;
            throw new ConfigException(file + " ends after " + read + " of " + length + " bytes. " + cure);
        }
        catch (IOException e)
        {
            throw new ConfigException(file + " cannot be read: " + e.Message + " " + cure);
        }
        finally
        {
            if (stream != null) stream.Close();
        }
    }
}

using System.Text;

namespace EdgeChat.Bundle;

/// <summary>Reads files that people name, which hold text, keys or assemblies: no more than such a file can have, so that one that never
/// ends, such as a device, is told like any other that is wrong.</summary>
public static class SmallFile
{
    /// <summary>More than any file of this kind has.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The content. Throws <see cref="IOException"/> also when it is larger than <see cref="MostBytes"/>, or a folder.</summary>
    public static byte[] Bytes(string path)
    {
        if (Directory.Exists(path)) throw new IOException("it is a folder, and no file"); // opened, it would be one without a right to
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        byte[] part = new byte[64 * 1024];
        for (int count; (count = file.Read(part)) > 0;)
        {
            content.Write(part, 0, count);
            if (content.Length > MostBytes) throw new IOException($"it has more than {MostBytes >> 20} MiB, so it is another kind of file");
        }

        return content.ToArray();
    }

    /// <summary>The content as text in UTF-8, or as its byte order mark says.</summary>
    public static string Text(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(path)), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

using System.Text;
using System.Text.Unicode;

namespace EdgeChat.Bundle;

/// <summary>Reads files that people name, which hold text, keys or assemblies: no more than such a file can have, so that one that never
/// ends, such as a device, is told like any other that is wrong.</summary>
public static class SmallFile
{
    /// <summary>More than any file of this kind has.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, true);

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

    /// <summary>The content as text in UTF-8, or as its byte order mark says. Throws <see cref="IOException"/> with the line that is no
    /// such text: a letter that was taken for another one would go unseen onto boards, or make a secret another one.</summary>
    public static string Text(string path)
    {
        byte[] content = Bytes(path);
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new IOException($"line {LineOfFault(content)} is no text in UTF-8: save it as UTF-8", e);
        }
    }

    /// <summary>The content as text that holds PEM (RFC 7468), which is ASCII; what else it holds is what it may be: who looks for PEM says
    /// that there is none.</summary>
    public static string Pem(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(path)), Encoding.Latin1);
        return reader.ReadToEnd();
    }

    /// <summary>The lines of <see cref="Text"/>.</summary>
    public static string[] Lines(string path)
    {
        var lines = new List<string>();
        using var reader = new StringReader(Text(path));
        while (reader.ReadLine() is { } line) lines.Add(line);
        return [.. lines];
    }

    // a line feed is no part of another character
    private static int LineOfFault(byte[] content)
    {
        int line = 1;
        for (int start = 0; start < content.Length; line++)
        {
            int end = Array.IndexOf(content, (byte)'\n', start);
            if (end < 0 || !Utf8.IsValid(content.AsSpan(start, end - start))) break;
            start = end + 1;
        }

        return line;
    }
}

using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Broker;

/// <summary>The files with a client's certificate and its key, PEM text (RFC 7468), to come to a broker with that wants them.</summary>
public static class ClientFiles
{
    /// <summary>The certificate of <c>--cert</c> with the key of <c>--key</c>; null when neither is given.</summary>
    /// <exception cref="ToolException">One is given without the other, cannot be read, is out of date, or they do not belong
    /// together.</exception>
    public static X509Certificate2? OfOptions(FileInfo? certificate, FileInfo? key)
    {
        if (certificate is null && key is null) return null;
        if (certificate is null || key is null)
            throw new ToolException(ExitCode.Usage, $"{(key is null ? "--cert" : "--key")}: give both, --cert FILE and --key FILE");
        return Open(($"--cert {certificate}", certificate.FullName), ($"--key {key}", key.FullName), ExitCode.Usage,
            "name the PEM files of your certificate and its key");
    }

    /// <summary>The certificate that lies in a board's flash with its key; null when neither does.</summary>
    /// <exception cref="ToolException">As of <see cref="OfOptions"/>.</exception>
    public static X509Certificate2? OfBoard(string folder)
    {
        string certificate = Path.Combine(folder, BoardFiles.Certificate);
        string key = Path.Combine(folder, BoardFiles.Key);
        return Path.Exists(certificate) || Path.Exists(key)
            ? Open((certificate, certificate), (key, key), ExitCode.Flash, Cure(folder)) : null;
    }

    /// <summary>How boards get them whose flash nobody keeps.</summary>
    public const string CureWithoutFolder = "keep the boards' flash with --data DIR, and have `edgechat broker certificate` write each "
        + $"board's {BoardFiles.Certificate} and {BoardFiles.Key} into DIR/ID";

    /// <summary>How a board's flash gets them.</summary>
    public static string Cure(string folder) => "`edgechat broker certificate DIR ID "
        + $"--cert {Path.Combine(folder, BoardFiles.Certificate)} --key {Path.Combine(folder, BoardFiles.Key)}` makes both";

    private static X509Certificate2 Open((string Name, string Path) certificate, (string Name, string Path) key, int code, string cure)
    {
        string Text((string Name, string Path) file)
        {
            try
            {
                return SmallFile.Pem(file.Path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ToolException(code, $"{file.Name}: {FileFault.Of(e)}; {cure}", e);
            }
        }

        try
        {
            X509Certificate2 read = ClientCertificate.Open(Text(certificate), Text(key));
            if (read.NotBefore <= DateTime.Now && DateTime.Now <= read.NotAfter) return read;
            throw new FleetException($"it is good from {read.NotBefore:yyyy-MM-dd} to {read.NotAfter:yyyy-MM-dd}");
        }
        catch (FleetException e)
        {
            throw new ToolException(code, $"{certificate.Name}, {key.Name}: {e.Message}; {cure}", e);
        }
    }
}

using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Usb;

/// <summary>Links to ports in a folder, gone with what made them.</summary>
/// <param name="folder">The folder; it is made.</param>
internal sealed class PortLinks(string folder) : IDisposable
{
    private readonly List<(string Link, string Port)> _links = [];

    /// <summary>Makes a link; one of an earlier run gives way. Throws <see cref="ToolException"/>.</summary>
    public void Add(string name, string port)
    {
        string link = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(folder);
            if (new FileInfo(link).LinkTarget is not null) File.Delete(link);
            File.CreateSymbolicLink(link, port);
            _links.Add((link, port));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"--links {folder}: {name} cannot be made ({FileFault.Of(e)})", e);
        }
    }

    /// <summary>Removes the links, but those that a later run has made its own; the folder stays.</summary>
    public void Dispose()
    {
        foreach (var (link, port) in _links)
            if (new FileInfo(link).LinkTarget == port) File.Delete(link);
    }
}

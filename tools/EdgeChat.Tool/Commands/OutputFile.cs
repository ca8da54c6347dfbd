using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Commands;

/// <summary>A file that a command was told to write.</summary>
internal static class OutputFile
{
    /// <summary>Writes it whole or not at all; throws <see cref="ToolException"/> when it cannot be written.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">Where.</param>
    /// <param name="text">What is to stand in it.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    public static void Write(string option, string path, string text, bool isSecret)
    {
        try
        {
            new BrokerFile(Path.GetFullPath(path), text, isSecret).WriteTo("");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"{option} {path}: cannot be written ({FileFault.Of(e)})", e);
        }
    }
}

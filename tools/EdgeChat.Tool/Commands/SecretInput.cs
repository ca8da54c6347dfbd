using EdgeChat.Bundle;

namespace EdgeChat.Tool.Commands;

/// <summary>Where a secret comes from: a file, a variable of the environment, or somebody who types it; never from the command line, which
/// others of this machine can read.</summary>
public static class SecretInput
{
    /// <summary>The first line of a file that holds a secret. Throws <see cref="ToolException"/> when there is none.</summary>
    public static string FirstLine(string path)
    {
        try
        {
            using var lines = new StringReader(SmallFile.Text(path));
            return lines.ReadLine() is { Length: > 0 } secret ? secret
                : throw new ToolException(ExitCode.Machine, $"{path}: its first line is empty: write the secret there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>The first of the three that there is; null when there is none, because nobody sits at a terminal.</summary>
    /// <param name="host">Where somebody would be asked.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="question">What is wanted, to ask for it.</param>
    public static string? Read(ToolHost host, string? file, string variable, string question) =>
        file is not null
            ? FirstLine(file)
            : Environment.GetEnvironmentVariable(variable) ?? (host.HasTerminal ? Ask(host, question) : null);

    /// <summary>Asks for something that is not shown while it is typed. Throws <see cref="ToolException"/> when the command is to
    /// end.</summary>
    public static string Ask(ToolHost host, string question)
    {
        host.Error.Write(question + ": ");
        var typed = new System.Text.StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = host.WholeAsync(Task.Run(host.ReadKey).WaitAsync(host.Stop)).GetAwaiter().GetResult();
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        host.Error.WriteLine();
        return typed.ToString();
    }
}

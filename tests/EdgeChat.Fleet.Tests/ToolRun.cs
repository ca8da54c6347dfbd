using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>Runs the tool in this process, without a terminal and with nothing to read.</summary>
internal static class ToolRun
{
    /// <summary>Its exit code and what it has printed.</summary>
    public static async Task<(int Code, string Out, string Error)> Of(params string[] words)
    {
        var output = new StringWriter();
        (int code, string error) = await Of(output, words);
        return (code, output.ToString(), error);
    }

    /// <summary>The same with its output to somewhere else.</summary>
    public static async Task<(int Code, string Error)> Of(TextWriter output, params string[] words)
    {
        using var host = new ToolHost { Out = output, Error = new StringWriter(), In = new LineInput(Stream.Null) };
        int code = await EdgeChatCommand.RunAsync(words, host);
        return (code, host.Error.ToString()!);
    }
}

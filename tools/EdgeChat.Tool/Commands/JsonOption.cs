using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeChat.Bundle;

namespace EdgeChat.Tool.Commands;

/// <summary>The option by which a command tells a program what it has done: results on standard output as lines of JSON, and at its end,
/// when it fails, a line of why. Errors for people go where they always go.</summary>
internal static class JsonOption
{
    private const string Name = "--json";

    /// <summary>Makes the option.</summary>
    public static Option<bool> Create(string description = "As one JSON object") => new(Name) { Description = description };

    /// <summary>Whether a command line has it, also one that is wrong elsewhere.</summary>
    public static bool IsIn(ParseResult parsed) => parsed.GetResult(Name) is OptionResult { Implicit: false };

    /// <summary>Prints a result: its words, or for a program an object with these keys.</summary>
    public static void Tell(this ToolHost host, bool asJson, string text, params (string Key, object? Value)[] pairs) =>
        host.Out.WriteLine(asJson ? ToolJson.Object(pairs) : text);

    /// <summary>Prints why a command has failed, for a program.</summary>
    public static void Fail(ToolHost host, int code, string message)
    {
        try
        {
            host.Out.WriteLine(ToolJson.Object(("event", "error"), ("code", code), ("message", message)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // nobody reads it, or there is no room: people were told, and the exit code says the same
        }
    }
}

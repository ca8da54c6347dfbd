using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary>Asks axe-core, Deque's checker of accessibility, about a page.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Script = new(() =>
    {
        var assembly = typeof(AxeResult).Assembly;
        string name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    });

    /// <summary>Fails when axe finds a breach of WCAG 2.2 AA, or of its own good practice.</summary>
    /// <param name="page">The page.</param>
    /// <param name="errors">What went wrong in its scripts so far: axe sets styles that the page's own policy forbids, and that is no
    /// fault of the page.</param>
    /// <param name="state">Which state the page is in, for the message.</param>
    public static async Task CheckAsync(IPage page, List<string> errors, string state)
    {
        Assert.AreEqual("", string.Join('\n', errors), state);
        // over the debugger, which the page's own policy for scripts does not concern
        await page.EvaluateAsync(Script.Value);
        string json = await page.EvaluateAsync<string>("""
            async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations
              .map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => `${n.target}: ${n.failureSummary}`) })))
            """);
        errors.RemoveAll(e => e.StartsWith("Applying inline style", StringComparison.Ordinal));
        using var found = JsonDocument.Parse(json);
        string[] lines = [.. found.RootElement.EnumerateArray().Select(v => $"{v.GetProperty("id")}: {v.GetProperty("help")}\n  "
            + string.Join("\n  ", v.GetProperty("nodes").EnumerateArray().Take(4)))];
        if (lines.Length > 0) Assert.Fail($"{state}:\n{string.Join('\n', lines)}");
    }
}

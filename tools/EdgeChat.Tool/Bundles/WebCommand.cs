using System.CommandLine;
using EdgeChat.Bundle;
using EdgeChat.Bundle.Web;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Bundles;

/// <summary>The command line of <c>edgechat bundle web</c>.</summary>
internal static class WebCommand
{
    private const string Description = """
        Makes a static page from which a browser flashes boards, with ESP Web Tools: one folder, to be served by any web server.

        The page works without the internet: its script comes from the npm package esp-web-tools and lies beside it.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var files = new Argument<string[]>("BUNDLE") { Description = "One bundle a board", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "The page's folder", HelpName = "DIR", Required = true };
        var tools = new Option<string?>("--esp-web-tools")
        {
            Description = "Folder of the npm package esp-web-tools, whose script is copied to the page",
            HelpName = "DIR",
        };
        var trust = new Option<string?>("--trust") { Description = "Public key that must have signed the bundles", HelpName = "FILE" };
        var json = JsonOption.Create();
        var command = new Command("web", Description) { files, output, tools, trust, json };
        command.SetAction(parsed =>
        {
            using var trusted = parsed.GetValue(trust) is { } key ? SigningKey.Load(key, isPrivate: false) : null;
            BundleFile[] bundles = [.. parsed.GetValue(files)!.Select(f => BundleFile.Load(f, trusted))];
            string folder = parsed.GetValue(output)!;
            InstallSite.Write(folder, bundles, parsed.GetValue(tools));
            string[] boards = [.. bundles.Select(b => b.Manifest.Board)];
            bool hasScript = File.Exists(Path.Combine(folder, InstallSite.ToolsFolder, InstallSite.Script));
            host.Tell(parsed.GetValue(json), $"{folder}: a page for {string.Join(", ", boards)}",
                ("folder", folder), ("boards", boards), ("hasScript", hasScript));
            if (!hasScript)
                host.Error.WriteLine($"edgechat: the page still needs what is in dist/web of the npm package esp-web-tools: put it into "
                    + $"{Path.Combine(folder, InstallSite.ToolsFolder)}, or run again with --esp-web-tools node_modules/esp-web-tools");
        });
        return command;
    }
}

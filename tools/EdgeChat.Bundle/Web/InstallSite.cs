using System.Reflection;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeChat.Bundle.Web;

/// <summary>A folder that any web server can serve: a page with a button for each board, which flashes it out of the browser with ESP
/// Web Tools.</summary>
public static partial class InstallSite
{
    /// <summary>Where the page looks for the files of the npm package esp-web-tools.</summary>
    public const string ToolsFolder = "esp-web-tools";

    /// <summary>The script among them.</summary>
    public const string Script = "install-button.js";

    /// <summary>Writes the folder; throws <see cref="BundleException"/>.</summary>
    /// <param name="folder">The folder; what is in it stays, and files of this page are written over.</param>
    /// <param name="bundles">One bundle a board.</param>
    /// <param name="tools">The folder of the npm package esp-web-tools, or null when somebody puts its script there later.</param>
    public static void Write(string folder, IReadOnlyList<BundleFile> bundles, string? tools)
    {
        if (bundles.GroupBy(b => b.Manifest.Board).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BundleException(
                $"{string.Join(" and ", twice.Select(b => b.Source))} are both for the board {twice.Key}: give one bundle a board");
        if (bundles.FirstOrDefault(b => !BoardName().IsMatch(b.Manifest.Board)) is { } odd)
            throw new BundleException($"{odd.Source}: its board has the name \"{odd.Manifest.Board}\", and it would be a folder: "
                + "a board's name is of letters, digits, - and _");
        string[] scripts = tools is null ? [] : Scripts(tools);
        try
        {
            foreach (BundleFile bundle in bundles)
            {
                string place = Directory.CreateDirectory(Path.Combine(folder, bundle.Manifest.Board)).FullName;
                foreach (BundlePart part in InstallManifest.PartsOf(bundle))
                    File.WriteAllBytes(Path.Combine(place, InstallManifest.FileOf(part)), InstallManifest.BytesOf(bundle, part));
                File.WriteAllBytes(Path.Combine(place, BundleFile.ManifestName), InstallManifest.Of(bundle, TitleOf(bundle)).Write());
            }

            string script = Directory.CreateDirectory(Path.Combine(folder, ToolsFolder)).FullName;
            foreach (string file in scripts) File.Copy(file, Path.Combine(script, Path.GetFileName(file)), overwrite: true);
            File.WriteAllText(Path.Combine(folder, "index.html"), Page(bundles));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{folder}: cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static string[] Scripts(string tools)
    {
        string built = Path.Combine(tools, "dist", "web");
        if (!File.Exists(Path.Combine(built, Script)))
            throw new BundleException($"{tools} has no dist/web/{Script}: give the folder of the npm package esp-web-tools, "
                + "such as node_modules/esp-web-tools");
        string[] license = [.. Directory.GetFiles(tools, "LICENSE*")];
        return [.. Directory.GetFiles(built, "*.js"), .. license];
    }

    private static string TitleOf(BundleFile bundle)
    {
        using var board = JsonDocument.Parse(bundle.Bytes(PartKind.Board));
        return board.RootElement.TryGetProperty("title", out JsonElement title) && title.GetString() is { Length: > 0 } text
            ? text : bundle.Manifest.Board;
    }

    private static string Page(IReadOnlyList<BundleFile> bundles)
    {
        var boards = new StringBuilder();
        foreach (BundleFile bundle in bundles)
        {
            BundleManifest manifest = bundle.Manifest;
            string signed = bundle.Signer is { } key ? $"signed by {key}" : "not signed";
            boards.Append($"""
                    <section>
                      <h2>{Text(TitleOf(bundle))}</h2>
                      <p>{Text(manifest.Firmware)} on {Text($"{manifest.Target} {manifest.RuntimeVersion}")}, {Text(signed)}</p>
                      <esp-web-install-button manifest="{manifest.Board}/{BundleFile.ManifestName}">
                        <button slot="activate">Install on this board</button>
                        <p slot="unsupported">This browser reaches no serial port: use Chrome, Edge or Firefox on a computer.</p>
                        <p slot="not-allowed">A browser allows this over https and on localhost alone.</p>
                      </esp-web-install-button>
                    </section>

                """);
        }

        using Stream template = Assembly.GetExecutingAssembly().GetManifestResourceStream("install.html")!;
        using var reader = new StreamReader(template, Encoding.UTF8);
        return reader.ReadToEnd().Replace("<!-- boards -->\n", boards.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex BoardName();

    private static string Text(string text) => SecurityElement.Escape(text);
}

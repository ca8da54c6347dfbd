using System.Text.Json;

namespace EdgeChat.Usb.Loader;

/// <summary>Espressif's stub loader for a chip: a small program that is loaded into RAM and flashes faster than the ROM. See
/// <c>Stubs/README.md</c> for where it is from.</summary>
/// <param name="Entry">Where it begins to run.</param>
/// <param name="Segments">What is loaded, and where.</param>
public sealed record Stub(uint Entry, IReadOnlyList<(uint Address, byte[] Bytes)> Segments)
{
    /// <summary>The chip's stub.</summary>
    public static Stub Of(LoaderChip chip)
    {
        using Stream file = typeof(Stub).Assembly.GetManifestResourceStream($"stubs/{chip.Image.Name}.json")
            ?? throw new InvalidOperationException($"no stub for {chip}");
        using JsonDocument document = JsonDocument.Parse(file);
        JsonElement root = document.RootElement;
        return new Stub(root.GetProperty("entry").GetUInt32(),
        [
            (root.GetProperty("text_start").GetUInt32(), root.GetProperty("text").GetBytesFromBase64()),
            (root.GetProperty("data_start").GetUInt32(), root.GetProperty("data").GetBytesFromBase64()),
        ]);
    }
}

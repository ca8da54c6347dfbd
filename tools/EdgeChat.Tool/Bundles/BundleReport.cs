using EdgeChat.Bundle;

namespace EdgeChat.Tool.Bundles;

/// <summary>Tells people and scripts what is in a bundle or an assembly.</summary>
internal static class BundleReport
{
    public static void Print(BundleFile bundle, TextWriter to, bool asJson)
    {
        if (asJson)
        {
            to.WriteLine(ToolJson.LineOf(
                new { file = bundle.Source, signer = bundle.Signer, remarks = bundle.Remarks, manifest = bundle.Manifest }));
            return;
        }

        var manifest = bundle.Manifest;
        to.WriteLine($"{bundle.Source}: {manifest.Firmware} for {manifest.Board}");
        to.WriteLine($"  chip       {manifest.Chip}, {manifest.FlashMegabytes} MiB of flash");
        to.WriteLine($"  runtime    {manifest.Target} {manifest.RuntimeVersion}");
        to.WriteLine($"  signature  {Signature(bundle, isTrusted: false)}");
        foreach (var remark in bundle.Remarks) to.WriteLine($"  remark     {remark}");
        foreach (var part in manifest.Parts)
        {
            var at = part.Address is { } address ? $"0x{address:X6}" : "drive I:";
            to.WriteLine($"  {at,-9}  {part.File,-14} {part.Size,9} bytes  {part.Sha256[..16]}");
        }

        var used = manifest.Assemblies.Sum(a => a.Size);
        to.WriteLine($"  {manifest.Assemblies.Count} assemblies, {used} of {manifest.DeploymentRoom} bytes");
        foreach (var assembly in manifest.Assemblies)
            to.WriteLine($"    {assembly.Name,-34} {assembly.Version,-12} {assembly.Size,7}  {assembly.Native}".TrimEnd());
    }

    public static void Assembly(PeFile file, TextWriter to, bool asJson)
    {
        var native = file.NativeChecksum == 0 ? null : file.NativeChecksum.ToString("X8");
        if (asJson)
        {
            to.WriteLine(ToolJson.LineOf(new
            {
                file = file.Source,
                name = file.Name,
                version = file.Version.ToString(),
                size = file.Bytes.Length,
                native,
                entryPoints = file.EntryPoints,
                types = file.Types,
                methods = file.Methods,
                references = file.References.Select(r => new { name = r.Name, version = r.Version.ToString() }),
                tables = file.Tables.ToDictionary(t => t.Name, t => t.Bytes),
            }));
            return;
        }

        to.WriteLine($"{file.Source}: {file}, {file.Bytes.Length} bytes");
        to.WriteLine($"  native code  {native ?? "none"}");
        to.WriteLine($"  entry point  {(file.EntryPoints > 0 ? "yes: a program" : "no: a library")}");
        to.WriteLine($"  holds        {file.Types} types, {file.Methods} methods");
        foreach (var reference in file.References) to.WriteLine($"  needs        {reference.Name} {reference.Version}");
        foreach (var (name, bytes) in file.Tables.Where(t => t.Bytes > 0)) to.WriteLine($"  {name,-12} {bytes,7} bytes");
    }

    public static string Signature(BundleFile bundle, bool isTrusted) => bundle.Signer switch
    {
        null => "not signed",
        var signer when isTrusted => $"signed by {signer}, which you trust",
        var signer => $"signed by {signer} (give --trust KEY.pub to check that it is the right one)",
    };
}

using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.ImageKit;

namespace EdgeChat.Fuzz.Tests;

/// <summary>Files that an operator gives the tool.</summary>
internal static class FileTargets
{
    private static readonly int Commands = BoardLabel.Zpl("alice", "").Count(c => c == '^');
    private static readonly byte[][] PeTokens = [[.. "NFMRK2\0\0"u8]];

    public static IEnumerable<FuzzTarget> All()
    {
        byte[] manifest = Manifest();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string signature = ToolJson.LineOf(BundleSignature.Sign(manifest, key));
        byte[] program = Samples.Program(200);
        byte[] bundle = Bundle();
        return
        [
            Of<FleetException>("fleet", b => FleetReader.Read("/nowhere/fleet.yaml", Encoding.UTF8.GetString(b), FleetFiles.None),
                [Encoding.UTF8.GetBytes(FleetSample.Of("home", "broker.home", 1883, "edgechat.bundle", ["alice", "bob"]))],
                BodyTargets.Words("tls: true", "peers: [x]", "operator: fleet", "wifi:", "seal: true", "&a", "*a", "- ", "? ", "!!str", "|",
                    ">", "{}", "\n  ")),
            Of<BundleException>("manifest", b => BundleManifest.Read("bundle", b), [manifest],
                BodyTargets.Words("\"format\":1", "\"parts\":[]", "null", "\"address\":", "\"sha256\":\"", "../x")),
            Of<BundleException>("signature", b => BundleSignature.Read("bundle", b), BodyTargets.Words(signature),
                BodyTargets.Words("null", "\"publicKey\":", "=")),
            Of<BundleException>("pe", b => PeFile.Read("a.pe", b), [program], PeTokens),
            Of<BundleException>("sealed-pe", b => PeFile.Read("a.pe", Resealed(b)), [program], PeTokens),
            Of<BundleException>("image", b => EspImage.Read("a.bin", b), [new RuntimeWriter { CodeBytes = 64 }.NanoClr()],
                [[0xE9], [0x32, 0x54, 0xCD, 0xAB]]),
            Of<BundleException>("partitions", b => PartitionTable.Read("a.bin", b), [new RuntimeWriter().Table()],
                [[0xAA, 0x50], [0xEB, 0xEB]]),
            Of<BundleException>("bundle", b => BundleFile.Read("bundle", new MemoryStream(b)), [bundle],
                [.. BodyTargets.Words("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "manifest.json", "../"),
                    [0xFF, 0xFF, 0xFF, 0xFF], [8, 0]]),
            new("label", Label, BodyTargets.Words("Alice", "Zoë & \"Bob\" <3", "^XZ~_", "שלום 😀"),
                BodyTargets.Words("^", "~", "_", "</title>", "&amp;", "]]>", "\u0001", "\ufffe", "é", "😀", "\n")),
            Of<BundleException>("deployment", b => Deployment.Read("a.bin", b), [[.. Samples.Program(40), .. program]], PeTokens),
        ];
    }

    private static FuzzTarget Of<T>(string name, Action<byte[]> read, byte[][] seeds, byte[][] tokens)
        where T : Exception => new(name, FuzzTarget.Announcing(read, typeof(T)), seeds, tokens);

    private static byte[] Bundle()
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-fuzz-").FullName;
        byte[] bytes = File.ReadAllBytes(Samples.WriteBundle(folder, programBytes: 200));
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    // whatever a name is, the drawing is XML with the same parts, and the print job has the same commands
    private static void Label(byte[] bytes)
    {
        string name = Encoding.UTF8.GetString(bytes);
        XElement drawing = XDocument.Parse(BoardLabel.Svg("alice", name)).Root!;
        string[] parts = [.. drawing.Elements().Select(e => e.Name.LocalName)];
        if (!parts.SequenceEqual(["title", "rect", "path"])) throw new InvalidDataException("other parts: " + string.Join(' ', parts));
        string job = BoardLabel.Zpl("alice", name);
        if (job.Count(c => c == '^') != Commands || job.Contains('~')) throw new InvalidDataException("other commands: " + job);
    }

    private static byte[] Manifest() => Encoding.UTF8.GetBytes(ToolJson.LineOf(new BundleManifest
    {
        Board = "esp32-devkit",
        Target = "ESP32_REV3",
        Chip = "esp32",
        FlashMegabytes = 4,
        RuntimeVersion = "1.17.0.10",
        Firmware = "EdgeChat.Device 0.1.0.0",
        DeploymentRoom = 0x1C0000,
        Parts = [new BundlePart(PartKind.Board, "esp32-devkit.json", null, 100, new string('0', 64))],
        Assemblies = [new BundleAssembly("mscorlib", "1.17.11.0", 100, "1549C856", new string('0', 64))],
    }));

    // what is behind the checksums is reached only when they are right
    private static byte[] Resealed(byte[] bytes)
    {
        if (bytes.Length < PeFile.HeaderSize) return bytes;
        byte[] copy = [.. bytes];
        PeWriter.Seal(copy);
        return copy;
    }
}

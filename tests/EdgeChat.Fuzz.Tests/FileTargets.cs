using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Fuzz.Tests;

/// <summary>Files that an operator gives the tool.</summary>
internal static class FileTargets
{
    private const string Manifest = """
        {"format":1,"board":"esp32-devkit","version":"1.0.0","chip":"esp32",
        "parts":[{"name":"nanoCLR.bin","offset":65536,"length":16,"sha256":"00"}]}
        """;

    private const string FleetText = """
        broker:
          host: broker.home
          credentials: none
        boards:
          - id: alice
            board: esp32-devkit
            contacts: [bob]
          - id: bob
            name: Bob
            board: esp32-devkit
        groups:
          - id: team
            members: [alice, bob]
            admins: [alice]
        """;

    public static IEnumerable<FuzzTarget> All() =>
    [
        new("fleet", BoardTargets.Announced<FleetException>(b => FleetReader.Read("/nowhere/fleet.yaml", Encoding.UTF8.GetString(b),
            FleetFiles.None)),
            BodyTargets.Words(FleetText), BodyTargets.Words("tls: true", "peers: [x]", "operator: fleet", "wifi:", "seal: true", "&a",
                "*a", "- ", "? ", "!!str", "|", ">", "{}", "\n  ")),
        new("manifest", BoardTargets.Announced<BundleException>(b => BundleManifest.Read("bundle", b)), BodyTargets.Words(Manifest),
            BodyTargets.Words("\"format\":1", "\"parts\":[]", "null", "\"offset\":", "\"sha256\":\"", "../x")),
        new("signature", BoardTargets.Announced<BundleException>(b => BundleSignature.Read("bundle", b)),
            BodyTargets.Words("{\"key\":\"AAAA\",\"signature\":\"AAAA\"}"), BodyTargets.Words("null", "\"key\":", "=")),
        new("pe", BoardTargets.Announced<BundleException>(b => PeFile.Read("a.pe", b)), [Pe()], [[.. "NFMRK2\0\0"u8]]),
        new("image", BoardTargets.Announced<BundleException>(b => EspImage.Read("a.bin", b)), [[0xE9, 1, 2, 0x20, .. new byte[60]]],
            [[0xE9], [0x32, 0x54, 0xCD, 0xAB]]),
        new("partitions", BoardTargets.Announced<BundleException>(b => PartitionTable.Read("a.bin", b)),
            [[0xAA, 0x50, 1, 2, 0, 0x90, 0, 0, 0, 0x60, 0, 0, .. "nvs\0\0\0\0\0\0\0\0\0\0\0\0\0"u8, 0, 0, 0, 0,
                .. Enumerable.Repeat<byte>(0xFF, 32)]], [[0xAA, 0x50], [0xEB, 0xEB]]),
        new("deployment", BoardTargets.Announced<BundleException>(b => Deployment.Read("a.bin", b)), [Pe()], [[.. "NFMRK2\0\0"u8]]),
    ];

    private static byte[] Pe() => [.. "NFMRK2\0\0"u8, .. new byte[PeFile.HeaderSize]];
}

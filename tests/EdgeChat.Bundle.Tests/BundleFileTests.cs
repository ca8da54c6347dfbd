using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.ImageKit;

namespace EdgeChat.Bundle.Tests;

/// <summary>Bundles: made, signed, read, and refused.</summary>
[TestClass]
public class BundleFileTests
{
    [TestMethod]
    public void A_bundle_reads_back_as_it_was_made()
    {
        using var folder = new TestFolder();
        BundleFile bundle = BundleFile.Load(Samples.WriteBundle(folder.Path));
        Assert.AreEqual("esp32-devkit, ESP32_REV3, esp32, 4, 1.17.0.10, EdgeChat.Device 0.1.0.0",
            string.Join(", ", bundle.Manifest.Board, bundle.Manifest.Target, bundle.Manifest.Chip, bundle.Manifest.FlashMegabytes,
                bundle.Manifest.RuntimeVersion, bundle.Manifest.Firmware));
        Assert.AreEqual("1000, 8000, 10000, 1E0000, ", string.Join(", ", bundle.Manifest.Parts.Select(p => p.Address?.ToString("X"))));
        Assert.AreEqual("1549C856", bundle.Manifest.Assemblies[0].Native);
        CollectionAssert.AreEqual(Samples.Board, bundle.Bytes(PartKind.Board));
        Assert.IsNull(bundle.Signer);
    }

    [TestMethod]
    public void The_same_parts_make_the_same_bytes()
    {
        using var one = new TestFolder();
        using var other = new TestFolder();
        CollectionAssert.AreEqual(File.ReadAllBytes(Samples.WriteBundle(one.Path)), File.ReadAllBytes(Samples.WriteBundle(other.Path)));
    }

    [TestMethod]
    public void A_signature_says_who_has_made_it()
    {
        using var folder = new TestFolder();
        string mine = SigningKey.Make(folder["mine"]);
        string theirs = SigningKey.Make(folder["theirs"]);
        using ECDsa trusted = SigningKey.Load(folder["mine.pub"], isPrivate: false);
        using ECDsa other = SigningKey.Load(folder["theirs.pub"], isPrivate: false);
        string path = Samples.WriteBundle(folder.Path, folder["mine"]);
        Assert.AreEqual(mine, BundleFile.Load(path, trusted).Signer);
        Fails(() => BundleFile.Load(path, other), $"is signed by key {mine}, and you trust {theirs}");
        Samples.WriteBundle(folder.Path);
        Fails(() => BundleFile.Load(path, trusted), "is not signed, and you trust");
    }

    [TestMethod]
    public void The_private_key_is_in_no_part_of_a_bundle()
    {
        using var folder = new TestFolder();
        SigningKey.Make(folder["key"]);
        byte[] secret = SigningKey.Load(folder["key"], isPrivate: true).ExportParameters(true).D!;
        string path = Samples.WriteBundle(folder.Path, folder["key"]);
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            using (Stream stream = entry.Open()) stream.CopyTo(bytes);
            Assert.IsTrue(bytes.ToArray().AsSpan().IndexOf(secret) < 0, entry.FullName);
            Assert.IsFalse(Encoding.Latin1.GetString(bytes.ToArray()).Contains("PRIVATE", StringComparison.Ordinal), entry.FullName);
        }

        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["key"]));
    }

    [TestMethod]
    public void A_key_is_never_written_over_and_a_public_one_cannot_sign()
    {
        using var folder = new TestFolder();
        SigningKey.Make(folder["key"]);
        Fails(() => SigningKey.Make(folder["key"]), "is there already");
        Fails(() => SigningKey.Load(folder["key.pub"], isPrivate: true), "is a public key");
        File.WriteAllText(folder["junk"], "junk");
        Fails(() => SigningKey.Load(folder["junk"], isPrivate: false), "is no key in PEM");
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(folder["large"], large.ExportPkcs8PrivateKeyPem());
        Fails(() => SigningKey.Load(folder["large"], isPrivate: true), "is no key on P-256");
    }

    [TestMethod]
    public void A_changed_part_is_found_signed_or_not()
    {
        using var folder = new TestFolder();
        SigningKey.Make(folder["key"]);
        foreach (string? key in new[] { null, folder["key"] })
        {
            string path = Samples.WriteBundle(folder.Path, key);
            foreach (string part in Names(path))
            {
                string changed = folder["changed"];
                File.Copy(path, changed, overwrite: true);
                Change(changed, part, bytes => bytes[bytes.Length / 2] ^= 1);
                Assert.ThrowsExactly<BundleException>(() => BundleFile.Load(changed), $"{part} changed");
                File.Copy(path, changed, overwrite: true);
                Change(changed, part, null);
                if (part != BundleFile.SignatureName) Assert.ThrowsExactly<BundleException>(() => BundleFile.Load(changed), $"{part} gone");
            }
        }
    }

    [TestMethod]
    public void A_signed_manifest_that_was_changed_is_found_though_its_hashes_are_right()
    {
        using var folder = new TestFolder();
        SigningKey.Make(folder["key"]);
        string path = Samples.WriteBundle(folder.Path, folder["key"]);
        Replace(path, BundleFile.ManifestName, "1.17.0.10", "1.17.0.11");
        Fails(() => BundleFile.Load(path), "the signature does not fit the manifest");
    }

    [TestMethod]
    [DataRow("\"address\": 65536", "\"address\": 69632", "nanoCLR.bin goes to 11000")]
    [DataRow("\"chip\": \"esp32\"", "\"chip\": \"esp32s3\"", "its manifest says esp32s3")]
    [DataRow("\"format\": 1", "\"format\": 2", "has format 2")]
    [DataRow("\"kind\": \"runtime\"", "\"kind\": \"board\"", "must name one part Runtime")]
    [DataRow("\"version\": \"1.17.11.0\"", "\"version\": \"1.17.12.0\"", "its assemblies are not those")]
    [DataRow("\"parts\": [", "\"parts\": null, \"x\": [", "cannot be read")]
    public void What_a_manifest_says_must_be_so(string written, string changed, string fault)
    {
        using var folder = new TestFolder();
        string path = Samples.WriteBundle(folder.Path);
        Replace(path, BundleFile.ManifestName, written, changed);
        Fails(() => BundleFile.Load(path), fault);
    }

    [TestMethod]
    public void A_file_more_is_refused()
    {
        using var folder = new TestFolder();
        string path = Samples.WriteBundle(folder.Path);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update)) zip.CreateEntry("../more").Open().Dispose();
        Fails(() => BundleFile.Load(path), "../more is in it");
    }

    [TestMethod]
    public void Assemblies_that_do_not_fit_the_partition_are_refused_before_anything_is_written()
    {
        using var folder = new TestFolder();
        Fails(() => Samples.WriteBundle(folder.Path, programBytes: 40_000, runtime: new RuntimeWriter { DeploymentSize = 0x10000 }),
            "and the partition deploy has 65536");
        Fails(() => Samples.WriteBundle(folder.Path, runtime: new RuntimeWriter { Natives = [] }), "the runtime has none for it");
        Fails(() => Samples.WriteBundle(folder.Path, runtime: new RuntimeWriter { Target = "ESP32_C3" }), "take the package of ESP32_REV3");
        Assert.IsFalse(File.Exists(folder["edgechat.bundle"]));
    }

    [TestMethod]
    public void A_runtime_package_is_read_from_a_folder_too_and_says_what_is_missing()
    {
        using var folder = new TestFolder();
        string zip = new RuntimeWriter { Target = "ESP32_S3_QUAD", Chip = 9 }.WriteZip(folder.Path);
        string unpacked = folder["ESP32_S3_QUAD-1.17.0.10"];
        ZipFile.ExtractToDirectory(zip, unpacked);
        Assert.AreEqual("esp32s3", RuntimePackage.Load(unpacked, 4).Image.Chip.Name);
        Fails(() => RuntimePackage.Load(unpacked, 16), "has no partitions_16mb.bin");
        File.Delete(Path.Combine(unpacked, "nanoCLR.bin"));
        Fails(() => RuntimePackage.Load(unpacked, 4), "has no nanoCLR.bin");
        Fails(() => RuntimePackage.Load(folder["runtime.zip"], 4), "is called TARGET-VERSION.zip");
        Fails(() => RuntimePackage.Load(folder["A-1.0.0.0.zip"], 4), "there is no such runtime package");
        File.WriteAllText(folder["B-1.0.0.0.zip"], "no zip");
        Fails(() => RuntimePackage.Load(folder["B-1.0.0.0.zip"], 4), "cannot be read");
    }

    private static void Fails(Action action, string because) =>
        StringAssert.Contains(Assert.ThrowsExactly<BundleException>(action).Message, because);

    private static string[] Names(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(e => e.FullName)];
    }

    private static void Replace(string path, string name, string written, string changed) => Change(path, name, _ => { }, text =>
    {
        StringAssert.Contains(text, written);
        int at = text.IndexOf(written, StringComparison.Ordinal);
        return text[..at] + changed + text[(at + written.Length)..];
    });

    private static void Change(string path, string name, Action<byte[]>? change, Func<string, string>? edit = null)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.GetEntry(name)!;
        var bytes = new MemoryStream();
        using (Stream stream = entry.Open()) stream.CopyTo(bytes);
        entry.Delete();
        if (change is null) return;
        byte[] content = bytes.ToArray();
        change(content);
        if (edit is not null) content = Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(content)));
        using Stream to = zip.CreateEntry(name).Open();
        to.Write(content);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary>What an operator names as a certificate and its key is taken, or told in a line.</summary>
[TestClass]
public sealed class ClientFilesTests
{
    private const string Cure = "; name the PEM files of your certificate and its key";

    private static string _folder = "";

    [ClassInitialize]
    public static void Write(TestContext context)
    {
        _folder = Directory.CreateTempSubdirectory("edgechat-test-").FullName;
        using var clients = new LoopbackClients("test");
        (string certificate, string key) = ClientCertificate.Parts(clients.Issue("carol"));
        (string other, string otherKey) = ClientCertificate.Parts(clients.Issue("dave"));
        using var carol = X509Certificate2.CreateFromPem(certificate, key);
        using ECDsa own = carol.GetECDsaPrivateKey()!;
        string sealedKey = own.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(
            PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));
        void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(_folder, name), text);
        File("pem", certificate);
        File("key", key);
        File("blanks.pem", "# mine\r\n\r\n" + string.Concat(certificate.TrimEnd().Split('\n').Select(l => $"  {l} \r\n")) + "\r\n");
        File("blanks.key", string.Concat(key.TrimEnd().Split('\n').Select(l => $"\t{l}\r\n")));
        File("sec1.key", own.ExportECPrivateKeyPem());
        File("both", certificate + key);
        File("other.key", otherKey);
        File("others", other + certificate);
        File("cut.pem", certificate[..200]);
        File("sealed.key", sealedKey);
        File("old-sealed.key", "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
            + "-----END EC PRIVATE KEY-----\n");
        File("empty", "");
        File("text", "hello");
        File("over", clients.Issue("carol", DateTimeOffset.UtcNow.AddHours(-1)));
        System.IO.File.WriteAllBytes(Path.Combine(_folder, "der"), carol.RawData);
        System.IO.File.WriteAllBytes(Path.Combine(_folder, "p12"), carol.Export(X509ContentType.Pkcs12, ""));
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
    }

    [ClassCleanup]
    public static void Remove() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow("pem", "key")]
    [DataRow("blanks.pem", "blanks.key")]
    [DataRow("both", "both")]
    [DataRow("pem", "sec1.key")]
    public void What_is_meant_is_taken(string certificate, string key)
    {
        using X509Certificate2? read = ClientFiles.OfOptions(At(certificate), At(key));
        Assert.IsTrue(read is { HasPrivateKey: true });
        Assert.IsNull(ClientFiles.OfOptions(null, null));
    }

    [TestMethod]
    [DataRow("pem", null, "--cert: give both, --cert FILE and --key FILE")]
    [DataRow(null, "key", "--key: give both, --cert FILE and --key FILE")]
    [DataRow("pem", "other.key", "the key is not that of the certificate of carol, or damaged" + Cure)]
    [DataRow("others", "key", "the key is not that of the certificate of dave, or damaged" + Cure)]
    [DataRow("pem", "sealed.key", "the key is encrypted: `openssl pkey -in KEY -out NEW` writes one that is not" + Cure)]
    [DataRow("pem", "old-sealed.key", "the key is encrypted: `openssl pkey -in KEY -out NEW` writes one that is not" + Cure)]
    [DataRow("cut.pem", "key", "the certificate is no PEM text, or damaged" + Cure)]
    [DataRow("empty", "key", "the certificate is no PEM text, or damaged" + Cure)]
    [DataRow("der", "key", "the certificate is no PEM text, or damaged" + Cure)]
    [DataRow("p12", "p12", "the certificate is no PEM text, or damaged" + Cure)]
    [DataRow("pem", "pem", "the key is no PEM text with a PRIVATE KEY in it" + Cure)]
    [DataRow("pem", "text", "the key is no PEM text with a PRIVATE KEY in it" + Cure)]
    [DataRow("folder", "key", "folder: it is a folder, and no file" + Cure)]
    [DataRow("pem", "folder", "folder: it is a folder, and no file" + Cure)]
    [DataRow("pem", "nowhere", "nowhere'" + Cure)]
    [DataRow("over", "over", "it is good from ")]
    public async Task What_cannot_be_is_told_in_a_line(string? certificate, string? key, string words)
    {
        var given = new List<string>();
        if (certificate is not null) given.AddRange(["--cert", At(certificate).FullName]);
        if (key is not null) given.AddRange(["--key", At(key).FullName]);
        (int code, string error) = await ToolUnderTest.RunAsync(
            ["chat", "--as", "carol", "--to", "bob", "--broker", "mqtts://127.0.0.1:1", "--data", At("data").FullName, .. given]);
        Assert.AreEqual(ExitCode.Usage, code, error);
        StringAssert.Contains(error, words);
        Assert.AreEqual(1, error.Count(c => c == '\n'), error);
    }

    [TestMethod]
    public void In_a_boards_flash_both_are_there_or_neither_is()
    {
        string flash = Directory.CreateDirectory(At("flash").FullName).FullName;
        Assert.IsNull(ClientFiles.OfBoard(flash));
        File.Copy(At("pem").FullName, Path.Combine(flash, "client.pem"));
        ToolException e = Assert.ThrowsExactly<ToolException>(() => ClientFiles.OfBoard(flash));
        Assert.AreEqual(ExitCode.Flash, e.ExitCode);
        StringAssert.Contains(e.Message, $"--key {Path.Combine(flash, "client.key")}` makes both");
        File.Copy(At("key").FullName, Path.Combine(flash, "client.key"));
        using X509Certificate2? read = ClientFiles.OfBoard(flash);
        Assert.IsTrue(read is { HasPrivateKey: true });
    }

    private static FileInfo At(string name) => new(Path.Combine(_folder, name));
}

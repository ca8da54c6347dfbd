using EdgeChat.Bundle;

namespace EdgeChat.ImageKit;

/// <summary>Parts of a bundle that fit together.</summary>
public static class Samples
{
    /// <summary>The native code of mscorlib 1.17.11.</summary>
    public const uint MscorlibNative = 0x1549C856;

    /// <summary>A board file.</summary>
    public static byte[] Board => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "nano", "esp32-devkit.json"));

    /// <summary>The mscorlib.pe of nanoFramework's own package.</summary>
    public static byte[] Mscorlib => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "nano", "mscorlib.pe"));

    /// <summary>Writes mscorlib, a library and a program of that size into <paramref name="folder"/>.</summary>
    public static void WriteAssemblies(string folder, int programBytes = 2000)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "mscorlib.pe"), Mscorlib);
        File.WriteAllBytes(Path.Combine(folder, "EdgeChat.Core.pe"), new PeWriter("EdgeChat.Core") { CodeBytes = 500 }.Write());
        File.WriteAllBytes(Path.Combine(folder, "EdgeChat.Device.pe"), Program(programBytes));
    }

    /// <summary>A program that needs mscorlib and the library.</summary>
    public static byte[] Program(int codeBytes = 2000) => new PeWriter("EdgeChat.Device", "0.1.0.0")
    {
        IsProgram = true,
        CodeBytes = codeBytes,
        References = [("mscorlib", "1.17.11.0"), ("EdgeChat.Core", "1.0.0.0")],
    }.Write();

    /// <summary>Makes a bundle in <paramref name="folder"/>, signed when there is a key, and returns its path.</summary>
    public static string WriteBundle(string folder, string? key = null, int programBytes = 2000, RuntimeWriter? runtime = null,
        byte[]? board = null)
    {
        string assemblies = Path.Combine(folder, "pe");
        WriteAssemblies(assemblies, programBytes);
        string path = Path.Combine(folder, "edgechat.bundle");
        using var signing = key is null ? null : SigningKey.Load(key, isPrivate: true);
        BundleContent content = BundleMaker.Check(
            board ?? Board, RuntimePackage.Load((runtime ?? new RuntimeWriter()).WriteZip(folder), 4), Deployment.Load(assemblies), 4);
        BundleMaker.Write(path, content, signing);
        return path;
    }
}

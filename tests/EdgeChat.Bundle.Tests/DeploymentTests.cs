using EdgeChat.ImageKit;

namespace EdgeChat.Bundle.Tests;

/// <summary>Which assemblies run together.</summary>
[TestClass]
public class DeploymentTests
{
    private static PeFile Mscorlib => PeFile.Read("mscorlib.pe", Samples.Mscorlib);

    [TestMethod]
    public void Assemblies_that_fit_make_a_region_that_reads_back()
    {
        Deployment deployment = Deployment.Of([File("App", true), File("Lib", false), Mscorlib]);
        Assert.AreEqual("mscorlib, App, Lib", string.Join(", ", deployment.Assemblies.Select(a => a.Name)));
        byte[] image = deployment.Image();
        Assert.AreEqual(deployment.Size, image.Length);
        Assert.AreEqual(0, image.Length % 4);
        byte[] flash = [.. image, .. Enumerable.Repeat((byte)0xFF, 500)];
        Assert.AreEqual(3, Deployment.Read("flash", flash).Assemblies.Count);
    }

    [TestMethod]
    public void All_faults_are_told_at_once()
    {
        var app = PeFile.Read("App.pe", new PeWriter("App")
        {
            IsProgram = true,
            References = [("mscorlib", "1.16.0.0"), ("Gone", "1.0.0.0")],
        }.Write());
        var e = Assert.ThrowsExactly<BundleException>(() => Deployment.Of([Mscorlib, app, File("Other", true), File("Other", false)]));
        StringAssert.Contains(e.Message, "App needs Gone 1.0.0.0, which is not there: add Gone.pe");
        StringAssert.Contains(e.Message, "App needs mscorlib 1.16.0.0, and mscorlib.pe is 1.17.11.0");
        StringAssert.Contains(e.Message, "assembly Other is there 2 times");
        StringAssert.Contains(e.Message, "2 assemblies have an entry point (App, Other)");
        Assert.AreEqual(4, e.Message.Split('\n').Length);
    }

    [TestMethod]
    [DataRow("1.17.99.3", true)]
    [DataRow("1.18.11.0", false)]
    [DataRow("2.17.11.0", false)]
    public void A_reference_takes_any_build_of_its_major_and_minor_version(string version, bool fits)
    {
        var app = PeFile.Read("App.pe", new PeWriter("App") { IsProgram = true, References = [("mscorlib", version)] }.Write());
        if (fits) Assert.AreEqual(2, Deployment.Of([Mscorlib, app]).Assemblies.Count);
        else Assert.ThrowsExactly<BundleException>(() => Deployment.Of([Mscorlib, app]));
    }

    [TestMethod]
    public void A_program_there_must_be()
    {
        var e = Assert.ThrowsExactly<BundleException>(() => Deployment.Of([Mscorlib, File("Lib", false)]));
        StringAssert.Contains(e.Message, "no assembly has an entry point");
    }

    [TestMethod]
    public void Native_code_is_looked_up_in_the_runtimes_image()
    {
        Deployment deployment = Deployment.Of([Mscorlib, File("App", true, 0x12345678)]);
        string[] Faults(params (string, uint)[] natives) =>
            [.. deployment.NativeFaults(EspImage.Read("clr", new RuntimeWriter { Natives = natives }.NanoClr()).Natives)];

        Assert.AreEqual(0, Faults(("App", 0x12345678), ("mscorlib", Samples.MscorlibNative)).Length);
        StringAssert.Contains(Faults(("mscorlib", Samples.MscorlibNative)).Single(),
            "App needs native code 12345678, and the runtime has none");
        StringAssert.Contains(
            Faults(("App", 1), ("mscorlib", Samples.MscorlibNative)).Single(),
                "App needs native code 12345678, and the runtime has 00000001");
        Assert.AreEqual(2, Faults().Length);
    }

    [TestMethod]
    public void Only_a_record_that_points_at_the_name_is_one()
    {
        byte[] image = new RuntimeWriter { Natives = [("My.App", 7)] }.NanoClr();
        Assert.AreEqual(7u, EspImage.Read("clr", image).Natives("My.App").Single().Checksum);
        Assert.AreEqual(0, EspImage.Read("clr", image).Natives("App").Count);
    }

    [TestMethod]
    public void A_list_of_native_parts_is_read_as_nanoff_prints_it()
    {
        var natives = Deployment.ReadNatives(
            "Native Assemblies:\r\n  mscorlib v100.5.0.24, checksum 0x1549C856\r\n  A.B v1.0.0.1, checksum 0x00000001\r\n");
        Assert.AreEqual(2, natives.Count);
        Assert.AreEqual(0x1549C856u, natives["mscorlib"].Checksum);
        Assert.ThrowsExactly<BundleException>(() => Deployment.ReadNatives("nothing"));
    }

    [TestMethod]
    public void A_cut_image_is_refused()
    {
        byte[] image = new RuntimeWriter().NanoClr();
        foreach (int length in new[] { 0, 10, 24, 30, 100, image.Length - 1 })
            Assert.ThrowsExactly<BundleException>(() => EspImage.Read("clr", image[..length]), $"{length} bytes");
    }

    [TestMethod]
    public void A_partition_table_is_read_and_its_md5_checked()
    {
        byte[] table = new RuntimeWriter().Table();
        Assert.AreEqual(0x1E0000, PartitionTable.Read("t", table).Deployment.Address);
        table[4] ^= 1;
        Assert.ThrowsExactly<BundleException>(() => PartitionTable.Read("t", table));
        Assert.ThrowsExactly<BundleException>(() => PartitionTable.Read("t", new byte[0xC00]));
    }

    private static PeFile File(string name, bool isProgram, uint native = 0) =>
        PeFile.Read(name + ".pe", new PeWriter(name) { IsProgram = isProgram, Native = native, CodeBytes = 30 }.Write());
}

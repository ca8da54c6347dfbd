using EdgeChat.ImageKit;

namespace EdgeChat.Bundle.Tests;

/// <summary>Reading `.pe` files.</summary>
[TestClass]
public class PeFileTests
{
    [TestMethod]
    public void The_crc_is_that_of_nanoFramework()
    {
        Assert.AreEqual(0x89A1897Fu, Crc32.Of("123456789"u8));
        Assert.AreEqual(0xDC6D9AB7u, Crc32.Of([1, 0, 0, 0]));
        Assert.AreEqual(0xDC6D9AB7u, Crc32.Of([0, 0], Crc32.Of([1, 0])), "in pieces");
    }

    [TestMethod]
    public void The_real_mscorlib_is_read()
    {
        PeFile file = PeFile.Read("mscorlib.pe", Samples.Mscorlib);
        Assert.AreEqual("mscorlib 1.17.11.0", file.ToString());
        Assert.AreEqual(Samples.MscorlibNative, file.NativeChecksum);
        Assert.AreEqual(0, file.References.Count);
        Assert.AreEqual(0, file.EntryPoints);
        Assert.AreEqual(141, file.Types);
        Assert.AreEqual(803, file.Methods);
        Assert.AreEqual(32536 - PeFile.HeaderSize - 6, file.Tables.Sum(t => t.Bytes), "six bytes are padding");
    }

    [TestMethod]
    public void A_damaged_byte_of_the_real_mscorlib_is_found()
    {
        byte[] whole = Samples.Mscorlib;
        for (int at = 0; at < whole.Length; at += at < PeFile.HeaderSize ? 1 : 997)
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= 0x10;
            Assert.ThrowsExactly<BundleException>(() => PeFile.Read("x.pe", bytes), $"byte {at}");
        }
    }

    [TestMethod]
    public void A_written_file_is_read_as_it_was_meant()
    {
        PeFile file = PeFile.Read("p.pe", new PeWriter("My.Program", "2.3.4.5")
        {
            IsProgram = true,
            Native = 0xDEADBEEF,
            Methods = 3,
            References = [("mscorlib", "1.17.11.0"), ("Other.Library", "9.8.7.6")],
        }.Write());
        Assert.AreEqual("My.Program 2.3.4.5", file.ToString());
        Assert.AreEqual(0xDEADBEEF, file.NativeChecksum);
        Assert.AreEqual(1, file.EntryPoints);
        Assert.AreEqual(3, file.Methods);
        Assert.AreEqual("mscorlib 1.17.11.0, Other.Library 9.8.7.6",
            string.Join(", ", file.References.Select(r => $"{r.Name} {r.Version}")));
    }

    [TestMethod]
    public void Each_byte_counts_and_each_cut_is_found()
    {
        byte[] whole = new PeWriter("Small") { CodeBytes = 40 }.Write();
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= 1;
            Assert.ThrowsExactly<BundleException>(() => PeFile.Read("x.pe", bytes), $"byte {at}");
            Assert.ThrowsExactly<BundleException>(() => PeFile.Read("x.pe", whole[..at]), $"cut at {at}");
        }

        Assert.ThrowsExactly<BundleException>(() => PeFile.Read("x.pe", [.. whole, 0]));
    }

    [TestMethod]
    public void Tables_that_lie_outside_are_found_though_the_crc_is_right()
    {
        byte[] whole = new PeWriter("Small").Write();
        for (int at = 0x28; at < PeFile.HeaderSize - 1; at++)
        {
            byte[] bytes = [.. whole];
            bytes[at] = 0xFE;
            PeWriter.Seal(bytes);
            try
            {
                PeFile file = PeFile.Read("x.pe", bytes);
                Assert.IsTrue(file.Tables.All(t => t.Bytes >= 0));
            }
            catch (BundleException e)
            {
                StringAssert.Contains(e.Message, "x.pe");
            }
        }
    }

    [TestMethod]
    public void A_fault_names_the_file_what_is_wrong_and_what_to_do()
    {
        var e = Assert.ThrowsExactly<BundleException>(() => PeFile.Read("a.pe", [.. "MZ"u8, .. new byte[200]]));
        StringAssert.Contains(e.Message, "a.pe does not begin with NFMRK1");
    }
}

using System.Diagnostics;
using System.Text;
using SkiaSharp;

namespace EdgeChat.Fleet.Tests;

/// <summary>The label of a board.</summary>
[TestClass]
public class LabelTests
{
    [TestMethod]
    public void A_label_is_a_picture_a_drawing_and_a_print_job()
    {
        using var folder = new TestFolder();
        BoardLabel.Write(folder["labels"], "alice", "Alice & <Bob>");
        using SKBitmap picture = SKBitmap.Decode(folder["labels/alice.png"]);
        Assert.AreEqual((768, 240), (picture.Width, picture.Height));
        Assert.AreEqual(2, picture.Pixels.Distinct().Count(), "black and white");
        string svg = File.ReadAllText(folder["labels/alice.svg"]);
        StringAssert.Contains(svg, "Alice &amp; &lt;Bob&gt; (alice)");
        StringAssert.Contains(File.ReadAllText(folder["labels/alice.zpl"]), "^FDMA,edgechat:alice^FS");
        Assert.AreEqual(3, Directory.GetFiles(folder["labels"]).Length);
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("alice")]
    [DataRow("abcdefghijklmnop")]
    public void A_reader_of_codes_reads_the_id(string id)
    {
        using var folder = new TestFolder();
        BoardLabel.Write(folder.Path, id, "Board of " + id);
        using Process reader = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", folder[id + ".png"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string read = reader.StandardOutput.ReadToEnd().Trim();
        reader.WaitForExit();
        Assert.AreEqual(BoardLabel.TextOf(id), read);
    }

    [TestMethod]
    public void What_zpl_takes_for_a_command_is_escaped() =>
        StringAssert.Contains(BoardLabel.Zpl("alice", "A^B~C_D"), "^FH^FDA_5EB_7EC_5FD^FS");

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_said()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["file"], "");
        var e = Assert.ThrowsExactly<FleetException>(() => BoardLabel.Write(folder["file"], "alice", "Alice"));
        StringAssert.Contains(e.Message, "the label of alice cannot be written");
    }

    [TestMethod]
    public void Control_characters_of_a_name_are_spaces()
    {
        Assert.Contains("<title>a b  (alice)</title>", BoardLabel.Svg("alice", "a\nb\u0000"));
        Assert.Contains("^FDa b ^FS", BoardLabel.Zpl("alice", "a\nb\u0000"));
    }

    [TestMethod]
    public void A_long_name_stays_on_the_label()
    {
        byte[] png = BoardLabel.Png("abcdefghijklmnop", new string('W', 32));
        Assert.IsTrue(Encoding.Latin1.GetString(png).Contains("PNG", StringComparison.Ordinal));
    }
}

using EdgeChat.Tool.Usb;

namespace EdgeChat.Fleet.Tests;

/// <summary>Links to ports in a folder that two runs share.</summary>
[TestClass]
public class PortLinksTests
{
    [TestMethod]
    public void A_run_that_ends_leaves_the_links_of_a_later_one()
    {
        using var folder = new TestFolder();
        using var later = new PortLinks(folder["usb"]);
        using (var first = new PortLinks(folder["usb"]))
        {
            first.Add("usb-01", "/dev/pts/901");
            first.Add("usb-02", "/dev/pts/902");
            later.Add("usb-01", "/dev/pts/903");
        }

        Assert.AreEqual("/dev/pts/903", new FileInfo(Path.Combine(folder["usb"], "usb-01")).LinkTarget);
        Assert.IsNull(new FileInfo(Path.Combine(folder["usb"], "usb-02")).LinkTarget);
    }
}

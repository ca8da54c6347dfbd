using System.Text;
using EdgeChat.Tool.Chat;

namespace EdgeChat.Tests.Chat;

/// <summary>The files of a peer, whose appends come to the disk together.</summary>
[TestClass]
public sealed class FolderFlashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-files-").FullName;

    [TestMethod]
    public void What_was_appended_is_there_for_its_reader_before_it_is_on_the_disk()
    {
        using var flash = new FolderFlash(_folder);
        Append(flash, "m1", "one");
        Append(flash, "m1", "two");
        Append(flash, "m2", "three");
        Append(flash, "m1", "four");
        Assert.AreEqual("onetwofour", Read(flash, "m1"));
        Assert.AreEqual(10, flash.Size("m1"));
        Assert.AreEqual("three", Read(flash, "m2"));
        flash.Sync();
        flash.Sync();
        Append(flash, "m2", "!");
        Assert.AreEqual("three!", Read(flash, "m2"));
    }

    [TestMethod]
    public void A_file_that_was_appended_to_can_be_replaced_and_deleted_and_begun_again()
    {
        using (var flash = new FolderFlash(_folder))
        {
            Append(flash, "m1", "old");
            flash.Replace("m1", "new"u8.ToArray(), 0, 3);
            Assert.AreEqual("new", Read(flash, "m1"));
            Append(flash, "m1", "er");
            Append(flash, "m2", "gone");
            flash.Delete("m2");
            Assert.AreEqual(-1, flash.Size("m2"));
            Append(flash, "m2", "again");
        }

        using var next = new FolderFlash(_folder);
        CollectionAssert.AreEquivalent(new[] { "m1", "m2" }, next.List());
        Assert.AreEqual("newer", Read(next, "m1"));
        Assert.AreEqual("again", Read(next, "m2"));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static void Append(FolderFlash flash, string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("-" + text);
        flash.Append(name, bytes, 1, bytes.Length - 1);
    }

    private static string Read(FolderFlash flash, string name)
    {
        var buffer = new byte[64];
        return Encoding.UTF8.GetString(buffer, 0, flash.Read(name, 0, buffer, 0, buffer.Length));
    }
}

using System.Text;
using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Cli.Tests;

/// <summary>The lines typed last.</summary>
[TestClass]
public class LineHistoryTests
{
    [TestMethod]
    public void The_oldest_line_makes_room_when_there_are_too_many()
    {
        var history = new LineHistory();
        for (int i = 0; i < Limits.HistoryLines + 3; i++) Add(history, "line " + i.ToString());
        Assert.AreEqual(Limits.HistoryLines, history.Count);
        Assert.AreEqual("line 18", At(history, 0));
        Assert.AreEqual("line 3", At(history, Limits.HistoryLines - 1));
    }

    [TestMethod]
    public void The_oldest_lines_make_room_when_they_are_too_long()
    {
        var history = new LineHistory();
        for (int i = 0; i < 4; i++) Add(history, new string((char)('a' + i), 300));
        Assert.AreEqual(3, history.Count);
        Assert.AreEqual(new string('b', 300), At(history, 2));
        Assert.AreEqual(new string('d', 300), At(history, 0));
    }

    [TestMethod]
    public void Neither_an_empty_line_nor_the_same_again_nor_one_without_room_is_kept()
    {
        var history = new LineHistory();
        Add(history, "one");
        Add(history, "");
        Add(history, "one");
        Add(history, new string('x', Limits.HistoryBytes - 1));
        Assert.AreEqual(1, history.Count);
        Assert.AreEqual("one", At(history, 0));
    }

    private static void Add(LineHistory history, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        history.Add(bytes, bytes.Length);
    }

    private static string At(LineHistory history, int place)
    {
        var line = new LineBuffer();
        history.CopyTo(place, line);
        Assert.AreEqual(line.Count, line.Cursor);
        return Encoding.UTF8.GetString(line.Bytes, 0, line.Count);
    }
}

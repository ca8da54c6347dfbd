namespace EdgeChat.Tests;

/// <summary>A run that approves touches only what it is told.</summary>
[TestClass]
public class ApprovalTests
{
    [TestMethod]
    [DataRow("group.txt", "group.txt", true)]
    [DataRow("group.txt", "board.txt, group.txt", true)]
    [DataRow("small/chats", "small/*", true)]
    [DataRow("small/chats", "chats", false)]
    [DataRow("group.txt", "1", false)]
    [DataRow("group.txt", "", false)]
    [DataRow("group.txt", null, false)]
    public void Only_what_is_named_is_approved(string name, string? list, bool isTaken) =>
        Assert.AreEqual(isTaken, Approval.Takes(name, list));
}

using System.Text;
using System.Text.RegularExpressions;
using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Consoles;

/// <summary>The command <c>read</c> where it shows more than in one step, and something happens between two.</summary>
[TestClass]
public sealed class ReadTests
{
    private readonly VirtualBroker _broker = new();
    private readonly Paper _paper = new();
    private AppBoard _alice = null!;

    [TestInitialize]
    public void Begin()
    {
        _alice = new AppBoard(_broker, "alice", _paper, 128, 64, 3);
        _alice.SwitchOn();
        _alice.Connect();
    }

    [TestMethod]
    [DataRow(40)]
    [DataRow(16)]
    [DataRow(17)]
    [DataRow(32)]
    public void Each_message_is_shown_once_and_in_order(int count)
    {
        Receive(1, 40);
        _paper.TakeRows();
        _alice.Type($"read bob {count}\r");
        Assert.AreEqual(Numbers(41 - count, 40), Shown(_paper.TakeRows()));
        Assert.AreEqual(0, _alice.Messenger.UnreadOf(_alice.Messenger.Find("bob", false)));
    }

    [TestMethod]
    public void A_step_ends_so_that_a_key_need_not_wait_for_all()
    {
        Receive(1, 40);
        _paper.TakeRows();
        Begin("read bob 40\r");
        Assert.AreEqual(Numbers(1, 16), Shown(_paper.TakeRows()));
        Assert.AreEqual(0L, _alice.App.NextTickMs);
    }

    [TestMethod]
    public void What_comes_meanwhile_makes_no_other_be_left_out_even_where_the_oldest_give_way()
    {
        Receive(1, Limits.MessagesOfConversation);
        Begin($"read bob {Limits.MessagesOfConversation}\r");
        _paper.TakeRows();
        Take(Limits.MessagesOfConversation + 1);
        Take(Limits.MessagesOfConversation + 2);
        _paper.TakeRows(); // they are told when they come
        _broker.Settle();
        Assert.AreEqual(Numbers(17, Limits.MessagesOfConversation), Shown(_paper.TakeRows()));
    }

    [TestMethod]
    public void The_rest_of_a_conversation_that_was_deleted_meanwhile_is_not_shown()
    {
        Receive(1, 40);
        Begin("mode json\rread bob 40\r");
        _paper.TakeRows();
        _alice.Messenger.Delete(_alice.Messenger.Find("bob", false));
        _broker.Settle();
        Assert.AreEqual("""{"ok":true,"cmd":"read","count":16}""", _paper.TakeRows().Single());
    }

    [TestMethod]
    public void A_program_gets_one_result_at_the_end()
    {
        Receive(1, 40);
        _alice.Type("mode json\r");
        _paper.TakeRows();
        _alice.Type("read bob 40\r");
        IReadOnlyList<string> rows = _paper.TakeRows();
        Assert.HasCount(41, rows);
        Assert.AreEqual("""{"ok":true,"cmd":"read","count":40}""", rows[^1]);
    }

    [TestMethod]
    public void The_next_line_waits_for_the_rest()
    {
        Receive(1, 40);
        _alice.Type("mode json\r");
        _paper.TakeRows();
        Begin("read bob 40\rabout\r");
        IReadOnlyList<string> rows = _paper.TakeRows();
        Assert.HasCount(42, rows);
        Assert.AreEqual("""{"ok":true,"cmd":"read","count":40}""", rows[40]);
        Assert.StartsWith("""{"ok":true,"cmd":"about""", rows[41]);
    }

    [TestMethod]
    public void Control_C_ends_it_and_the_rest_stays_unread()
    {
        Receive(1, 40);
        Begin("read bob 40\r");
        _paper.TakeRows();
        _alice.Type("\u0003");
        Assert.Contains("read: stopped", string.Join("\n", _paper.TakeRows()));
        Assert.AreEqual(40, _alice.Messenger.UnreadOf(_alice.Messenger.Find("bob", false)));
    }

    // one step
    private void Begin(string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        _alice.App.OnSerial(bytes, 0, bytes.Length, _broker.NowMs);
    }

    private void Receive(int first, int last)
    {
        for (int n = first; n <= last; n++) _broker.Publish("ec1/i/alice/bob", Body(n));
    }

    // between two steps
    private void Take(int n) => _alice.App.OnLink(
        new LinkEvent { Kind = LinkEventKind.Received, Topic = "ec1/i/alice/bob", Body = Encoding.UTF8.GetBytes(Body(n)) }, _broker.NowMs);

    private static string Body(int n) => $$"""{"n":{{n}},"c":"Text {{n}}."}""";

    private static string Numbers(int first, int last) => string.Join(" ", Enumerable.Range(first, last - first + 1));

    private static string Shown(IEnumerable<string> rows) =>
        string.Join(" ", rows.Select(r => Regex.Match(r, @": Text (\d+)\.$")).Where(m => m.Success).Select(m => m.Groups[1].Value));
}

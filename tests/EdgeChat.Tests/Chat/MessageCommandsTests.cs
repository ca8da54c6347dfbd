using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;
using EdgeChat.Tool.Chat;

namespace EdgeChat.Tests.Chat;

/// <summary>What the commands about a message do, at carol's PC, and what a virtual board shows of it.</summary>
[TestClass]
public class MessageCommandsTests
{
    private readonly VirtualBroker _world = new();
    private readonly MessageCommands _commands = new(new People("carol", ["alice", "bob"]));
    private string _with = "alice";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Edits_and_what_is_taken_back_come_to_the_board_in_the_open_and_sealed(bool isSealed)
    {
        CoreBoard carol = Board("carol", isSealed ? "alice" : null);
        CoreBoard alice = Board("alice", isSealed ? "carol" : null);
        carol.Types("Meet at 9", "alice");
        carol.Types("bring coffee", "alice");
        _world.Pass(3000);
        alice.Opens("carol");
        Does(carol, "/edit 1 Meet at 10");
        Does(carol, "/edit bring tea");
        Assert.AreEqual("Meet at 10|bring tea", alice.Shows("carol"));
        Assert.IsTrue(alice.Messenger.IsEdited(alice.Find("bring tea")));
        Does(carol, "/edit me/1 Meet  at 11");
        Does(carol, "/edit . bring tea, sugar");
        Assert.AreEqual("Meet  at 11|bring tea, sugar", alice.Shows("carol"));
        Does(carol, "/cancel");
        Does(carol, "/unsend 1");
        Assert.AreEqual("taken back|taken back", alice.Shows("carol"));
        Assert.AreEqual("taken back|taken back", carol.Shows("alice"));
        Assert.AreEqual(isSealed ? 0 : 4, _world.Count("ec1/i/alice/carol", "\"y\":\"e\""));
        Assert.AreEqual(isSealed ? 0 : 2, _world.Count("ec1/i/alice/carol", "\"y\":\"u\""));
    }

    [TestMethod]
    public void An_answer_a_reaction_and_what_is_forwarded_are_those_of_a_board()
    {
        CoreBoard carol = Board("carol"), alice = Board("alice"), bob = Board("bob");
        alice.Types("Where are you?", "carol");
        alice.Types("7", "carol");
        _world.Pass(3000);
        Does(carol, "/reply 1 On my way");
        Does(carol, "/reply at the door");
        Does(carol, "/react 👍");
        Does(carol, "/react 1 ❤");
        CollectionAssert.AreEqual(new[] { "forwarded to bob" }, Does(carol, "/forward 1 bob").Says);
        Assert.AreEqual("alice: Where are you?", alice.Messenger.ReplyQuoteOf(alice.Find("On my way")));
        Assert.AreEqual("alice: 7", alice.Messenger.ReplyQuoteOf(alice.Find("at the door")));
        Assert.AreEqual("👍", alice.Messenger.ReactionsOf(alice.Find("7")));
        Assert.AreEqual("❤", alice.Messenger.ReactionsOf(alice.Find("Where are you?")));
        Assert.IsTrue(bob.Messenger.IsForwarded(bob.Find("Where are you?")));
        Does(carol, "/react 1");
        Assert.IsNull(alice.Messenger.ReactionsOf(alice.Find("Where are you?")));
        alice.Opens("carol");
        _world.Pass(3000);
        string[] info = Does(carol, "/info 1").Says!;
        StringAssert.EndsWith(info[0], ": On my way");
        StringAssert.StartsWith(info[0], "[me/1] ");
        Assert.AreEqual("  read", info[1]);
        Assert.AreEqual("  alice             read", info[2]);
    }

    [TestMethod]
    public void In_a_group_a_number_that_two_have_is_not_guessed_at()
    {
        CoreBoard carol = Board("carol"), alice = Board("alice"), bob = Board("bob");
        carol.Types("so that they know each other", "alice");
        carol.Types("so that they know each other", "bob");
        int team = carol.Messenger.CreateGroup("team", "Team", carol.NowMs);
        Assert.AreEqual(SendError.None, carol.Messenger.AddMember(team, "alice", carol.NowMs));
        Assert.AreEqual(SendError.None, carol.Messenger.AddMember(team, "bob", carol.NowMs));
        _world.Pass(3000);
        foreach (CoreBoard board in new[] { alice, bob })
            board.Messenger.Answer(board.Messenger.Find("team", true), true, board.NowMs);
        _world.Pass(3000);
        alice.TypesToGroup("from alice", "team");
        bob.TypesToGroup("from bob", "team");
        _world.Pass(3000);
        _with = "#team";
        int conversation = Conversations.Of(carol.Messenger, _with);
        int message = carol.Find("from bob");
        string name = MessageText.NameOf(carol.Messenger, conversation, message);
        StringAssert.StartsWith(name, "bob/");
        string number = name[4..];
        Assert.AreEqual(number, MessageText.NameOf(carol.Messenger, conversation, carol.Find("from alice"))[6..], "both begin alike");
        StringAssert.StartsWith(Refuses(carol, $"/reply {number} yes"), $"no message {number} with team");
        Does(carol, $"/reply {name} yes");
        Assert.AreEqual("bob: from bob", alice.Messenger.ReplyQuoteOf(alice.Find("yes")));
    }

    [TestMethod]
    public void Why_a_command_does_nothing_is_said_in_words()
    {
        CoreBoard carol = Board("carol"), alice = Board("alice");
        Assert.AreEqual("there is no message of yours with alice yet", Refuses(carol, "/edit new"));
        Assert.AreEqual("there is no message with alice yet", Refuses(carol, "/react 👍"));
        carol.Types("mine", "alice");
        alice.Types("theirs", "carol");
        _world.Pass(3000);
        Assert.AreEqual("1 is a message of alice: only your own can be edited", Refuses(carol, "/edit alice/1 new"));
        Assert.AreEqual("1 is a message of alice: only your own can be taken back", Refuses(carol, "/cancel alice/1"));
        Assert.AreEqual(
            "no message 9 of yours with alice: expected what stands in brackets before it; a text that begins with a number: /edit . 9 …",
            Refuses(carol, "/edit 9 lives"));
        Assert.AreEqual("no message 9 with alice: expected what stands in brackets before it", Refuses(carol, "/react 9 👍"));
        Assert.AreEqual("the text is missing: /edit me/1 TEXT; Tab fetches it as it is", Refuses(carol, "/edit 1"));
        Assert.AreEqual("the text is missing: /reply [N] TEXT", Refuses(carol, "/reply 1"));
        Assert.AreEqual("to whom? /forward [N] ID; Tab shows who there is", Refuses(carol, "/forward"));
        ChatResult slip = Run(carol, "/forward 1 bbo");
        Assert.AreEqual("no bbo is known: did you mean bob? Enter: yes. @bbo: no", slip.Why);
        Assert.AreEqual("/forward 1 bob", slip.Meant);
        Assert.AreEqual("#team: you are in no group of that id", Refuses(carol, "/forward 1 #team"));
        Assert.AreEqual("too long: at most 1024 bytes", Refuses(carol, "/edit " + new string('x', 1025)));
        Does(carol, "/forward 1 @alice");
        _world.Pass(3000);
        StringAssert.Contains(Refuses(carol, "/edit no"), "somebody else's text, which you have forwarded");
        Does(carol, "/cancel");
        Assert.AreEqual("me/2 is taken back already", Refuses(carol, "/cancel"));
        Assert.AreEqual("me/2 is taken back already", Refuses(carol, "/edit no"));
        Assert.AreEqual("me/2 is taken back", Refuses(carol, "/reply me/2 no"));
        _world.Pass(Limits.EditSeconds * 1000);
        StringAssert.EndsWith(Refuses(carol, "/edit 1 late"), " is too old: a text can be edited for 15 minutes");
        Does(carol, "/cancel 1");
    }

    [TestMethod]
    public void What_waits_takes_its_new_text_itself_and_is_never_sent_once_it_is_taken_back()
    {
        CoreBoard carol = Board("carol"), alice = Board("alice");
        carol.Types("first", "alice");
        _world.Pass(3000);
        carol.Offline();
        carol.Types("waits", "alice");
        carol.Types("never", "alice");
        Assert.AreEqual(2, Does(carol, "/edit 2 waits no more").Number);
        ChatResult taken = Does(carol, "/cancel 3");
        CollectionAssert.AreEqual(new[] { "me/3 is taken back; it was not sent yet" }, taken.Says);
        Assert.AreEqual(-1, taken.Place, "there is nothing to wait for");
        carol.Online();
        _world.Pass(3000);
        Assert.AreEqual("first|waits no more", alice.Shows("carol"));
        Assert.AreEqual(0, _world.Count("ec1/i/alice/carol", "\"y\":\"e\"") + _world.Count("ec1/i/alice/carol", "never"));
    }

    [TestMethod]
    public void Tab_completes_the_words_fetches_the_text_and_finds_whom_to_forward_to()
    {
        CoreBoard carol = Board("carol"), alice = Board("alice");
        carol.Types("one", "alice");
        carol.Types("two words", "alice");
        var completion = new ChatCompletion(new People("carol", ["alice", "alan", "bob"]), ["/to", .. MessageCommands.Words]);
        (string? Line, string? Hint) Tab(string typed) =>
            completion.Of(carol.Messenger, Conversations.Of(carol.Messenger, "alice"), typed);
        Assert.AreEqual(("/edit ", null), Tab("/ed"));
        Assert.AreEqual(("/edit me/2 two words", null), Tab("/edit "));
        Assert.AreEqual(("/edit me/1 one", null), Tab("/edit 1"));
        Assert.AreEqual((null, null), Tab("/edit 1 on"));
        Assert.AreEqual(("/re", null), Tab("/r"));
        Assert.AreEqual((null, "/reply  /react"), Tab("/re"));
        Assert.AreEqual(("/forward 1 bob", null), Tab("/forward 1 b"));
        Assert.AreEqual((null, "alan  alice"), Tab("/forward al"));
        Assert.AreEqual((null, "no command begins with /x"), Tab("/x"));
        Assert.AreEqual((null, null), Tab("text"));
        carol.Messenger.CreateGroup("team", "Team", carol.NowMs);
        CoreBoard mallory = Board("mallory");
        Assert.AreEqual(SendError.None, mallory.Messenger.AddMember(mallory.Messenger.CreateGroup("crew", "Crew", 0), "carol", 0));
        mallory.Engine.Wake(mallory.NowMs);
        _world.Pass(3000);
        Assert.AreEqual(("/accept crew", null), Tab("/accept c"));
        Assert.AreEqual(("/decline #crew", null), Tab("/decline #"));
        Assert.AreEqual((null, "nobody invites you to a group whose id begins with te"), Tab("/accept te"));
        Assert.AreEqual(("/to #team", null), Tab("/to #t"));
        Assert.AreEqual((null, "@alan  @alice"), Tab("/to @al"));
        Assert.AreEqual((null, "you are in no group whose id begins with al"), Tab("/to #al"));
        Assert.AreEqual("one|two words", alice.Shows("carol"));
    }

    private CoreBoard Board(string id, string? key = null)
    {
        CoreBoard board = _world.Board(id);
        return (key == null ? board : SealKit.Give(board, key)).Online();
    }

    private ChatResult Run(CoreBoard board, string line)
    {
        ChatResult result = _commands.Do(board.Engine, Conversations.Of(board.Messenger, _with), line, board.NowMs);
        board.Engine.Wake(board.NowMs);
        _world.Settle();
        return result;
    }

    private ChatResult Does(CoreBoard board, string line)
    {
        ChatResult result = Run(board, line);
        Assert.IsNull(result.Why, line);
        return result;
    }

    private string Refuses(CoreBoard board, string line)
    {
        ChatResult result = Run(board, line);
        Assert.IsNotNull(result.Why, line);
        return result.Why;
    }
}

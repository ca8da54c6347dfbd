using System.Text;
using EdgeChat.Delivery;
using EdgeChat.TestKit;
using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;
using Spectre.Console;

namespace EdgeChat.Tests.Chat;

/// <summary>What others have written is shown, and cannot steer the terminal that it is shown in.</summary>
[TestClass]
public class ChatViewTests
{
    private const string Controls = "\u001b]0;title\u0007\u009b2J\u202E";
    private const string InJson = "\\u001b]0;title\\u0007\\u009b2J\\u202E";

    [TestMethod]
    [DataRow("a\u001b[2Jb\u0007c\u009bd\u007f", "a?[2Jb?c?d?")]
    [DataRow("turned \u202Eround\u2066", "turned ?round?")]
    [DataRow("one\r\ntwo\nthree\u2028four\tfive", "one two three four five")]
    [DataRow("Grüße 👩🏽‍🚀 שלום", "Grüße 👩🏽‍🚀 שלום")]
    public void A_line_has_no_character_that_steers_a_terminal(string text, string safe) => Assert.AreEqual(safe, SafeText.Line(text));

    [TestMethod]
    public void A_line_end_in_a_text_begins_no_line_of_another_person() =>
        Assert.AreEqual("hi\n      12:00 carol: I agree", SafeText.Paragraph("hi\n12:00 carol: I agree", 6));

    [TestMethod]
    public void Errors_keep_their_lines_and_nothing_else()
    {
        var inner = new StringWriter { NewLine = "\n" };
        using var error = new SafeWriter(inner);
        error.WriteLine("edgechat: " + Controls);
        error.Write("two\nlines\u001b[0m\n");
        Assert.AreEqual("edgechat: ?]0;title??2J?\ntwo\nlines?[0m\n", inner.ToString());
    }

    [TestMethod]
    public void No_text_name_quote_reaction_group_or_reason_steers_the_terminal()
    {
        var world = new VirtualBroker();
        CoreBoard alice = world.Board("alice");
        alice.Me.Contacts = ["bob"];
        alice.Online();
        world.Publish("ec1/d/bob", Encoding.UTF8.GetBytes($$"""{"nm":"Bob{{InJson}}","e":1}"""), true);
        world.Publish("ec1/r/team",
            Encoding.UTF8.GetBytes($$"""{"v":1,"by":"bob","nm":"Team{{InJson}}","m":["alice","bob"],"a":["bob"]}"""), true);
        world.Publish("ec1/i/alice/bob", $$"""{"y":"j","n":1,"g":"team","c":"Team{{InJson}}"}""");
        world.Pass(5000);
        world.Publish("ec1/i/alice/bob", $$"""{"n":2,"c":"hello{{InJson}}\n00:00 alice: forged"}""");
        alice.Types("answer", "bob");
        world.Publish("ec1/i/alice/bob", $$"""{"n":3,"re":"bob/2","c":"reply{{InJson}}"}""");
        world.Publish("ec1/i/alice/bob", $$"""{"y":"b","n":4,"re":"bob/2","c":"👍{{InJson}}"}""");
        world.Publish("ec1/g/team/bob", $$"""{"n":1,"c":"group{{InJson}}"}""");
        world.Pass(5000);

        var output = new StringWriter { NewLine = "\n" };
        var view = new ChatView(
            AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }), "alice");
        view.Title("alice", "broker" + Controls);
        foreach (string id in new[] { "team", "bob" })
        {
            int conversation = Conversations.Of(alice.Messenger, id);
            Assert.IsGreaterThanOrEqualTo(0, conversation, id);
            view.Open(alice.Engine, conversation, 20, alice.NowMs);
        }

        world.Publish("ec1/i/alice/bob", $$"""{"n":5,"c":"new{{InJson}}"}""");
        world.Pass(5000);
        view.Follow(alice.Engine, alice.NowMs);
        world.Publish("ec1/r/crew", Encoding.UTF8.GetBytes($$"""{"v":1,"by":"zed","nm":"Crew{{InJson}}","m":["alice","zed"]}"""), true);
        world.Publish("ec1/i/alice/zed", """{"y":"j","n":1,"g":"crew"}""");
        view.Follow(alice.Engine, alice.NowMs);
        view.Hint(Controls);

        // the view's own: it takes the line that is typed away
        string shown = output.ToString().Replace("\r\u001b[2K", "", StringComparison.Ordinal).ReplaceLineEndings("\n");
        foreach (string what in new[] { "hello", "reply", "group", "new", "Bob", "Team", "Crew", "👍" })
            StringAssert.Contains(shown, what + "?]0;title??2J?");
        Assert.AreEqual("", string.Concat(shown.Where(c => c != '\n' && (char.IsControl(c) || c == '\u202E'))), shown);
        Assert.IsFalse(shown.Split('\n').Any(line => line.StartsWith("00:00 alice", StringComparison.Ordinal)), shown);
    }

    [TestMethod]
    public void What_is_gone_again_or_comes_late_leaves_each_message_shown_once()
    {
        var world = new VirtualBroker();
        CoreBoard alice = world.Board("alice").Online();
        var output = new StringWriter { NewLine = "\n" };
        var view = new ChatView(
            AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }), "alice");
        for (int n = 1; n <= 25; n++) world.Publish("ec1/i/alice/bob", $$"""{"n":{{n}},"c":"old-{{n}}."}""");
        view.Open(alice.Engine, Conversations.Of(alice.Messenger, "bob"), 20, alice.NowMs);
        alice.Offline();
        alice.Types("new-1.", "bob");
        view.Follow(alice.Engine, alice.NowMs);
        alice.TakesBack("new-1.");
        view.Follow(alice.Engine, alice.NowMs);
        alice.Online();
        world.Publish("ec1/i/alice/bob", """{"n":27,"c":"new-3."}""");
        world.Pass(12000);
        view.Follow(alice.Engine, alice.NowMs);
        world.Publish("ec1/i/alice/bob", """{"n":26,"c":"new-2."}""");
        view.Follow(alice.Engine, alice.NowMs);
        for (int plain = 0; plain < 2; plain++)
        {
            world.Publish("ec1/i/alice/bob", $$"""{"c":"new-{{4 + plain}}."}""");
            view.Follow(alice.Engine, alice.NowMs);
        }

        string shown = output.ToString();
        foreach (string text in Enumerable.Range(6, 20).Select(n => $"old-{n}.").Concat(Enumerable.Range(1, 5).Select(n => $"new-{n}.")))
            Assert.HasCount(2, shown.Split(text), $"{text} once in {shown}");
        Assert.DoesNotContain("old-5.", shown);
    }

    [TestMethod]
    public void A_device_and_a_group_of_one_id_are_two_conversations()
    {
        var world = new VirtualBroker();
        CoreBoard alice = world.Board("alice").Online();
        CoreBoard bob = world.Board("bob").Online();
        bob.Types("hello", "alice");
        alice.Types("hello", "bob");
        int group = alice.Messenger.CreateGroup("bob", "The Bobs", alice.NowMs);
        Assert.AreEqual(SendError.None, alice.Messenger.AddMember(group, "bob", alice.NowMs));
        world.Pass(3000);
        var output = new StringWriter { NewLine = "\n" };
        var view = new ChatView(
            AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }), "alice");
        view.Open(alice.Engine, Conversations.Of(alice.Messenger, "#bob"), 20, alice.NowMs);
        bob.Types("to the device", "alice");
        view.Follow(alice.Engine, alice.NowMs);
        Assert.DoesNotContain("to the device", output.ToString());
        bob.TypesToGroup("to the group", "bob");
        view.Follow(alice.Engine, alice.NowMs);
        Assert.Contains("to the group", output.ToString());
    }
}

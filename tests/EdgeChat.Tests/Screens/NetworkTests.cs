using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Tests.OnBoard;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>Wi-Fi and broker are changed with the keys alone: what works stays, what does not is taken back, and the person is told
/// which.</summary>
[TestClass]
public class NetworkTests
{
    private const string Settings = "uodddddo";
    private const string ToWifi = Settings + "uuuu";
    private const string ToBroker = Settings + "uuu";
    private const string Before = """{ "id": "alice", "host": "old.home" }""";

    [TestMethod]
    public void The_networks_in_range_are_looked_for_while_their_list_is_open()
    {
        ScreenBoard board = Scenes.Busy().Press(ToWifi);
        board.Requests.Clear();
        board.Press("o");
        Assert.IsInstanceOfType<NetworkScreen>(board.Top);
        CollectionAssert.AreEqual(new[] { BoardRequest.MeasureSignal }, board.Requests.ToArray());
        Assert.IsTrue(board.Status.WantsNetworks);
        board.Status.Networks = ["Workshop", "Guests"];
        board.App.OnSignal(72, board.Now);
        board.Press("do");
        Assert.AreEqual("", board.Written);
        Assert.IsFalse(board.Status.WantsNetworks, "a list that is covered costs nothing");
        Assert.IsNull(board.Status.Networks);
        board.Press("U");
        Assert.IsInstanceOfType<NetworkScreen>(board.Top);
        Assert.IsTrue(board.Status.WantsNetworks, "looked for again");
        board.Press("U");
        Assert.IsInstanceOfType<SettingsScreen>(board.Top);
        Assert.IsFalse(board.Status.WantsNetworks);
    }

    [TestMethod]
    public void A_network_that_works_is_kept_and_the_person_is_told()
    {
        using var board = new TestBoard(() =>
        {
            ScreenBoard alice = Online().Press(ToWifi + "o");
            alice.Status.Networks = ["Workshop", "Guests"];
            alice.App.OnSignal(72, alice.Now);
            alice.Press("do").Enter("a B<c>1234");
            CollectionAssert.Contains(alice.Requests, BoardRequest.Reboot);
            alice = Online();
            StringAssert.StartsWith(Notice(alice), "The broker was reached");
            StringAssert.Contains(Config(), "\"wifi\":[\"Guests\",\"a B<c>1234\",\"EdgeChat\",\"virtual-board\"]");
            Assert.IsNotInstanceOfType<NoticeScreen>(Online().Top, "told once");
        });
        board.Put("edgechat.json", Before);
        board.RunToEnd();
    }

    [TestMethod]
    public void A_network_by_its_name_that_is_not_reached_is_taken_back_after_two_minutes()
    {
        using var board = new TestBoard(() =>
        {
            ScreenBoard alice = Online().Press(ToWifi + "o").Press("o").Enter("Hidden").Enter("its password");
            CollectionAssert.Contains(alice.Requests, BoardRequest.Reboot);
            alice = Start();
            Assert.IsTrue(alice.App.Changes.IsTrial);
            alice.Requests.Clear();
            alice.Wait(Reconfiguration.TrialMs);
            CollectionAssert.Contains(alice.Requests, BoardRequest.Reboot);
            alice = Start();
            alice.Wait(0);
            StringAssert.Contains(Notice(alice), "within 2 minutes");
            StringAssert.Contains(Config(), "[\"EdgeChat\",\"virtual-board\",\"Hidden\",\"its password\"]", "known as the second choice");
        });
        board.Put("edgechat.json", Before);
        board.RunToEnd();
    }

    [TestMethod]
    public void Brokers_are_written_with_a_space_between_them_and_a_wrong_one_is_told_at_once()
    {
        using var board = new TestBoard(() =>
        {
            ScreenBoard alice = Online().Press(ToBroker + "o");
            alice.Enter("new.home:0");
            StringAssert.Contains(Notice(alice), "it must have a port from 1 to 65535");
            CollectionAssert.DoesNotContain(alice.Requests, BoardRequest.Reboot);
            alice.Press("oo").Enter("new.home:1883 other.home:1883");
            CollectionAssert.Contains(alice.Requests, BoardRequest.Reboot);
            Online();
            StringAssert.Contains(Config(), "\"brokers\":[\"new.home:1883\",\"other.home:1883\"]");
        });
        board.Put("edgechat.json", Before);
        board.RunToEnd();
    }

    [TestMethod]
    public void A_broker_is_written_with_user_password_and_TLS()
    {
        using var board = new TestBoard(() =>
        {
            ScreenBoard alice = Online().Press(ToBroker + "o");
            alice.Enter("mqtts://al:pa@s:s@new.home:8884");
            StringAssert.Contains(Notice(alice), "ca.pem is not on drive I:");
            Assert.IsFalse(alice.LongText.Contains("pa@s", StringComparison.Ordinal), "no secret on a screen");
            alice.Press("oo").Enter("mqtt://al:pa@s:s@new.home:1884 other.home");
            CollectionAssert.Contains(alice.Requests, BoardRequest.Reboot);
            DeviceConfig tried = new Reconfiguration().Load();
            Assert.AreEqual(("al", "pa@s:s", "new.home", 1884), (tried.User, tried.Password, tried.Host, tried.Port));
            CollectionAssert.AreEqual(new[] { "other.home:1883" }, tried.Others);
            Assert.IsNull(tried.Ca);
        });
        board.Put("edgechat.json", """{ "id": "alice", "host": "old.home", "user": "old", "password": "older" }""");
        board.RunToEnd();
    }

    [TestMethod]
    public void A_board_that_nobody_has_provisioned_is_set_up_with_the_keys_and_forgets_what_does_not_work()
    {
        using var board = new TestBoard(() =>
        {
            ScreenBoard blank = Blank().Press("oo");
            blank.Enter("Pump 7").Enter("new.home").Enter("");
            StringAssert.Contains(Notice(blank), "\"id\" is \"Pump 7\"");
            CollectionAssert.DoesNotContain(blank.Requests, BoardRequest.Reboot);
            blank.Press("o").Press("oo").Enter("pump-7").Enter("fleet:secret@new.home:1884").Enter("Workshop").Enter("its password");
            CollectionAssert.Contains(blank.Requests, BoardRequest.Reboot);
            DeviceConfig tried = new Reconfiguration().Load();
            Assert.AreEqual(("pump-7", "fleet", "secret", "new.home", 1884),
                (tried.Id, tried.User, tried.Password, tried.Host, tried.Port));
            CollectionAssert.AreEqual(new[] { "Workshop", "its password" }, tried.Networks);
            blank = Blank(); // the power went while that was tried
            blank.Wait(0);
            StringAssert.Contains(Notice(blank), "restarted while it was tried");
            Assert.IsFalse(ConfigFile.Exists(DeviceConfig.File));
            blank.Press("o").Press("oo").Enter("pump-7").Enter("new.home").Enter("");
            var works = new Reconfiguration();
            Assert.IsTrue(works.IsTrial);
            Assert.IsNull(works.Load().Networks);
        });
        board.RunToEnd();

        static ScreenBoard Blank()
        {
            var blank = new ScreenBoard(null);
            blank.App.Changes = new Reconfiguration();
            return blank;
        }
    }

    [TestMethod]
    public void The_operator_is_not_told_of_what_the_person_has_changed()
    {
        using var board = new TestBoard(() =>
        {
            ConfigChange change = ConfigChange.Open(new Drivers.FileFlash(""));
            change.Refuse(7, "the operator's");
            change.Tell();
            ScreenBoard alice = Online().Press(ToBroker + "o").Enter("new.home:1883");
            alice = Online();
            StringAssert.StartsWith(Notice(alice), "The broker was reached");
            Assert.IsNull(alice.Messenger.Outcome);
            change = ConfigChange.Open(new Drivers.FileFlash(""));
            Assert.AreEqual((7, ConfigChange.Own, ConfigChange.Applied, true), (change.Number, change.About, change.State, change.IsTold));
        });
        board.Put("edgechat.json", Before);
        board.RunToEnd();
    }

    [TestMethod]
    public void Nothing_comes_by_itself_into_a_password()
    {
        var entry = new TextEntry { IsExact = true };
        entry.Load([], 0);
        foreach (char c in "a. b,i 1]⇧C") EntryKeys.Choose(entry, c == ' ' ? "␣" : c.ToString());
        Assert.AreEqual("a. b,i 1]C", EntryKeys.TextOf(entry));
    }

    private static string Notice(ScreenBoard board)
    {
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        return board.LongText;
    }

    private static string Config() => Encoding.UTF8.GetString(ConfigFile.Bytes(DeviceConfig.File, ""));

    // the messenger of a board that has its configuration on the drive of this one
    private static ScreenBoard Start()
    {
        var alice = new ScreenBoard();
        alice.App.Changes = new Reconfiguration();
        return alice;
    }

    private static ScreenBoard Online() => Start().Online();
}

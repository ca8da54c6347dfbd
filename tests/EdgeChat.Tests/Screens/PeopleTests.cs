using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>New chats and groups by the keys alone: whom to add, who is in, who leaves.</summary>
[TestClass]
public class PeopleTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_board_without_contacts_writes_to_whom_a_label_names(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, () => Alone());
        board.Press("oo");
        Assert.IsInstanceOfType<ContactsScreen>(board.Top);
        board.Press("o").Enter("Pump 7 ");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("pump-7", board.Messenger.IdOf(board.Ui.Stack.Conversation));
        Assert.IsTrue(board.Messenger.Presence.Find("pump-7") >= 0, "it is followed from now on");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Bäcker")]
    [DataRow("a name of more than sixteen letters")]
    [DataRow("alice")]
    public void What_is_no_id_of_another_is_refused_and_can_be_written_on(string id)
    {
        var board = Alone().Press("ooo");
        board.Enter(id);
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        Assert.AreEqual(0, board.Messenger.Presence.Count);
        board.Press("o");
        Assert.AreEqual(id, board.Written);
    }

    [TestMethod]
    [DataRow(1, "o")]
    [DataRow(2, "O")]
    [DataRow(3, "O")]
    public void A_contact_is_blocked_and_unblocked_by_the_buttons(int buttons, string menu)
    {
        var board = ScreenBoard.WithButtons(buttons, Scenes.Busy).OpenMenu().Press("o").Press(menu).Press("ddo");
        Assert.IsTrue(board.Messenger.IsBlocked("bob"));
        Assert.IsInstanceOfType<ContactsScreen>(board.Top);
        int unread = board.Messenger.UnreadOf(board.Messenger.Find("bob", false));
        board.Receives("bob", 3, "Open the door");
        Assert.AreEqual(unread, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)));
        board.Press(menu).Press("ddo");
        Assert.IsFalse(board.Messenger.IsBlocked("bob"));
    }

    [TestMethod]
    public void A_key_is_made_and_entered_by_the_buttons()
    {
        var board = Scenes.Busy().OpenMenu().Press("oO").Press("uo");
        board.Press("o");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        StringAssert.StartsWith(board.LongText, "Enter it at bob, where nobody else reads it: ");
        string letters = board.LongText[board.LongText.IndexOf(": ", StringComparison.Ordinal)..].Trim(':', ' ');
        Assert.IsTrue(board.Messenger.IsSealed("bob"));
        string code = board.Messenger.SecurityCodeOf("bob");
        Assert.AreEqual(SendError.None, board.Messenger.RemoveKey("bob"));

        board.Press("o").Press("O").Press("uo").Press("do").Enter(letters + "x");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top, "a wrong one is refused");
        board.Press("o");
        Assert.AreEqual(letters + "x", board.Written);
        board.Enter(letters);
        Assert.IsInstanceOfType<SecurityScreen>(board.Top);
        Assert.AreEqual(code, board.Messenger.SecurityCodeOf("bob"));
        board.Press("U").Press("O").Press("uo").Press("o");
        Assert.IsInstanceOfType<SecurityScreen>(board.Top, "the code is the first row now");
        board.Press("U").Press("uo").Enter("zoe");
        Assert.AreEqual("zoe", board.Messenger.IdOf(board.Ui.Stack.Conversation), "and a contact is added as before");
    }

    [TestMethod]
    public void The_menu_of_a_conversation_blocks_its_device_and_nothing_is_written_to_it()
    {
        var board = Scenes.Talk().Press("O").Press("uo");
        Assert.IsTrue(board.Messenger.IsBlocked("bob"));
        board.Receives("bob", 9, "Open the door").Wait(1000);
        Assert.AreEqual("Be there in 10 minutes", board.NewestText);
        board.Press("oo");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top, "no text is begun");
        board.Press("o").Press("U").Press("O").Press("uo");
        Assert.IsFalse(board.Messenger.IsBlocked("bob"));
        board.Press("oo");
        Assert.IsInstanceOfType<RepliesScreen>(board.Top);
    }

    [TestMethod]
    public void An_open_thread_shows_at_once_that_its_device_was_blocked_on_the_console()
    {
        var board = Scenes.Talk().Press("o");
        foreach (bool isBlocked in new[] { true, false })
        {
            board.Messenger.SetBlocked("bob", isBlocked);
            board.Wait(1000);
            byte[] pixels = [.. board.App.Frame.Pixels];
            board.Ui.Stack.MustDraw = true;
            board.Screens.Context.Stack.Change();
            board.Wait(0);
            CollectionAssert.AreEqual(board.App.Frame.Pixels, pixels);
        }
    }

    [TestMethod]
    public void A_group_of_three_is_made_with_its_name_and_two_contacts()
    {
        var board = Scenes.Busy();
        int before = board.Messenger.ConversationCount;
        board.Press("uodo").Enter("Night shift Süd");
        Assert.IsInstanceOfType<PickScreen>(board.Top);
        board.Press("odouuo");
        board.Wait(1000);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        int group = board.Ui.Stack.Conversation;
        Assert.IsTrue(board.Messenger.IsGroup(group));
        Assert.AreEqual("Night shift Süd", board.Messenger.NameOf(group));
        StringAssert.StartsWith(board.Messenger.IdOf(group), "nightshift-");
        Assert.IsTrue(Topics.IsDeviceId(board.Messenger.IdOf(group)));
        CollectionAssert.AreEquivalent(new[] { "alice", "bob", "carol" }, Members(board, group));
        Assert.AreEqual(before + 1, board.Messenger.ConversationCount);
        board.Press("U");
        Assert.IsTrue(board.IsHome, "what made the group is closed");
    }

    [TestMethod]
    public void Two_groups_of_one_name_are_two()
    {
        var board = Scenes.Busy();
        for (int i = 0; i < 2; i++)
        {
            board.Press("DDuodo").Enter("Team");
            board.Press("uo").Wait(1000);
        }

        int[] groups = [.. Enumerable.Range(0, board.Messenger.ConversationCount).Select(board.Messenger.ConversationAt)
            .Where(c => board.Messenger.IsGroup(c) && board.Messenger.NameOf(c) == "Team")];
        Assert.AreEqual(2, groups.Length);
        Assert.AreNotEqual(board.Messenger.IdOf(groups[0]), board.Messenger.IdOf(groups[1]));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("This name has more than the sixty-four bytes that a group's name may have")]
    public void A_group_needs_a_name_that_is_not_too_long(string name)
    {
        var board = Scenes.Busy();
        board.Press("uodo").Enter(name);
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        board.Press("o");
        Assert.IsInstanceOfType<ComposeScreen>(board.Top);
    }

    [TestMethod]
    public void An_admin_adds_renames_makes_admins_and_removes()
    {
        var board = new ScreenBoard().Online();
        int group = board.Messenger.CreateGroup("night", "Night", board.Now);
        board.Messenger.AddMember(group, "bob", board.Now);
        board.Wait(1000).Press("Oddo");
        Assert.IsInstanceOfType<MembersScreen>(board.Top);
        board.Press("uuuo");
        Assert.IsInstanceOfType<PickScreen>(board.Top);
        board.Press("ouo").Wait(1000);
        Assert.IsInstanceOfType<MembersScreen>(board.Top);
        CollectionAssert.AreEquivalent(new[] { "alice", "bob", "carol" }, Members(board, group), "bob is not offered again");

        board.Press("DDOddo").Press("uuo").Enter("Nights");
        Assert.AreEqual("Nights", board.Messenger.NameOf(group));

        board.Press("DDOddo").Press("dO").Press("do");
        Assert.IsTrue(board.Messenger.IsAdmin(group, Place(board, group, "bob")), "made an admin");
        board.Press("O").Press("do");
        Assert.IsFalse(board.Messenger.IsAdmin(group, Place(board, group, "bob")), "no longer");

        board.Press("O").Press("ddo");
        board.Press("o");
        Assert.AreEqual(3, board.Messenger.MemberCountOf(group), "the first answer keeps the member");
        board.Press("O").Press("ddo").Press("do");
        CollectionAssert.AreEquivalent(new[] { "alice", "carol" }, Members(board, group));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_member_leaves_after_a_question_and_changes_nothing_else(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, () =>
            new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"").Wait(1000));
        int group = board.Messenger.Find("team", true);
        board.Ui.Stack.SetConversation(group);
        board.Ui.Stack.Open(new MembersScreen(board.Ui), board.Now);
        var members = (MembersScreen)board.Top;
        while (members.Selected < 4) board.Press("d");
        Assert.AreEqual(4, members.Selected, "one row below the members: only an admin adds and renames");
        board.Press("d");
        Assert.AreEqual(0, members.Selected);
        board.Press("dddd").Press("o").Press("o");
        Assert.IsTrue(board.Messenger.CanWrite(group), "the first answer stays");
        board.Press("o").Press("do");
        Assert.IsFalse(board.Messenger.CanWrite(group));
        Assert.AreEqual(0, board.Messenger.MemberCountOf(group) - 3, "three are left");
    }

    [TestMethod]
    public void Who_could_not_be_added_is_named()
    {
        var board = Scenes.Busy().Stall();
        int erin = board.Messenger.OpenDirect("erin");
        byte[] text = [.. Enumerable.Repeat((byte)'x', 1000)];
        while (board.Messenger.SendText(erin, text, text.Length, -1, board.Now) == SendError.None) { }
        while (board.Messenger.SendText(erin, text, 1, -1, board.Now) == SendError.None) { }
        board.Press("uodo").Enter("Late");
        board.Press("ouo").Wait(1000);
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        board.Press("o");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top, "the group is there");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Who_shares_a_group_and_is_no_contact_is_written_to_and_becomes_one(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, Scenes.Fellows).OpenMenu().Press("odddd");
        Assert.AreEqual(-1, board.Messenger.Presence.Find("zoe"));
        board.Press("o");
        if (buttons == 1) board.Press("o");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("zoe", board.Messenger.IdOf(board.Ui.Stack.Conversation));
        Assert.IsTrue(board.Messenger.Presence.Find("zoe") >= 0, "it is followed from now on");
        CollectionAssert.AreEqual(new[] { "yuri" }, board.Messenger.Acquaintances());
    }

    [TestMethod]
    public void Who_shares_a_group_is_offered_for_another_one_and_for_a_message_that_is_forwarded()
    {
        var board = Scenes.Fellows();
        int before = board.Messenger.ConversationCount;
        board.Press("uodo").Enter("Night shift");
        board.Press("uuouuuo"); // yuri, the last above the row that makes it, and carol
        board.Press("uuuo").Wait(1000);
        CollectionAssert.AreEquivalent(new[] { "alice", "yuri", "dave" }, Members(board, board.Ui.Stack.Conversation));
        Assert.AreEqual(before + 1, board.Messenger.ConversationCount);

        board = Scenes.Fellows().Press("uuoOddo");
        Assert.IsInstanceOfType<ForwardScreen>(board.Top);
        board.Press("uo").Wait(1000);
        Assert.AreEqual("yuri", board.Messenger.IdOf(board.Ui.Stack.Conversation));
    }

    [TestMethod]
    public void Who_is_known_ends_with_the_group_and_is_bounded()
    {
        var board = Scenes.Fellows();
        CollectionAssert.AreEqual(new[] { "zoe", "yuri" }, board.Messenger.Acquaintances());
        board.Press("uoo");
        string many = string.Join(",", Enumerable.Range(0, 20).Select(i => $"\"dev-{i}\""));
        board.Publish("ec1/r/crew", $$"""{"v":3,"by":"dave","m":["alice","dave",{{many}}],"a":["dave"]}""", true).Wait(1000);
        Assert.HasCount(Limits.Acquaintances, board.Messenger.Acquaintances());
        board.Press("uu");
        Assert.AreEqual(4 + Limits.Acquaintances - 1, ((ListScreen)board.Top).Selected);
        board.Publish("ec1/r/crew", """{"v":4,"by":"dave","m":["dave"],"a":["dave"]}""", true).Wait(1000);
        Assert.IsEmpty(board.Messenger.Acquaintances(), "not in the group any more");
        board.Press("u");
        Assert.AreEqual(3, ((ListScreen)board.Top).Selected, "the choice stands on a row that there is");
    }

    [TestMethod]
    public void Who_was_removed_from_the_contacts_is_known_by_its_conversation()
    {
        var board = Scenes.Talk();
        Assert.AreEqual(SendError.None, board.Messenger.RemoveContact("bob"));
        CollectionAssert.AreEqual(new[] { "bob" }, board.Messenger.Acquaintances());
    }

    [TestMethod]
    public void The_own_name_is_written_and_stays_after_a_restart()
    {
        var board = Scenes.Busy().Press("uodddddouuo");
        Assert.AreEqual("Alice", board.Written, "what it is so far");
        board.Enter("Alïce B ");
        Assert.IsInstanceOfType<SettingsScreen>(board.Top);
        Assert.AreEqual("Alïce B", board.Ui.Me.DisplayName);
        board = new ScreenBoard(flash: board.Flash);
        Assert.AreEqual("Alïce B", board.Ui.Me.DisplayName);
        board.Press("uodddddouuo").Enter(new string('x', 65));
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        Assert.AreEqual("Alïce B", board.Ui.Me.DisplayName, "too long");
    }

    [TestMethod]
    public void A_time_zone_is_chosen_by_its_city_and_stays_after_a_restart()
    {
        var board = Scenes.Busy().Press("uodddddouo");
        Assert.IsInstanceOfType<ZoneScreen>(board.Top);
        board.Press("ddddo");
        Assert.IsInstanceOfType<SettingsScreen>(board.Top);
        Assert.AreEqual("CET-1CEST,M3.5.0,M10.5.0/3", board.Ui.Own.Zone);
        board = new ScreenBoard(flash: board.Flash);
        Assert.AreEqual(60, board.Ui.Me.OffsetAt(1_800_000_000), "January 2027");
        Assert.AreEqual(120, board.Ui.Me.OffsetAt(1_815_000_000), "July 2027");
        board.Press("uodddddouo");
        Assert.AreEqual(4, ((ZoneScreen)board.Top).Selected, "it opens where the board is");
    }

    private static ScreenBoard Alone()
    {
        var board = new ScreenBoard().Online();
        foreach (string contact in new[] { "bob", "carol", "dave", "erin" }) board.Messenger.RemoveContact(contact);
        return board.Wait(1000);
    }

    private static string[] Members(ScreenBoard board, int group) =>
        [.. Enumerable.Range(0, board.Messenger.MemberCountOf(group)).Select(i => board.Messenger.MemberOf(group, i))];

    private static int Place(ScreenBoard board, int group, string device) => Array.IndexOf(Members(board, group), device);
}

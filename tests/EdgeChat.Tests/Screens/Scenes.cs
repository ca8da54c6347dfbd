using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Screens;

/// <summary>Boards in the states that the screens are looked at in.</summary>
internal static class Scenes
{
    public const string Long =
        "The battery of the pump is at 12 % and I have no spare one here, can you bring two from the store room when you come up?";

    public static ScreenBoard Busy()
    {
        var board = new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"");
        board.Receives("carol", 1, "See you on Friday", 86400 * 4).Receives("carol", 2, "The new filter is in the green box", 86400);
        board.ReceivesInGroup("team", "dave", 1, "Pressure is back at 4 bar", 7200);
        board.Receives("bob", 1, "Morning!", 26000).Receives("bob", 2, "Can you look at pump 3 today?", 600);
        board.Sends("bob", "On my way").Receipt("bob", 1, 0);
        board.Receives("erin", 1, "Καλημέρα, έφτασα", 200).Receives("erin", 2, "Где ключ?", 100)
            .Receives("erin", 3, "Größe XL, ça va?", 50);
        return board.Wait(1000);
    }

    public static ScreenBoard Invited()
    {
        ScreenBoard board = Busy().Publish("ec1/i/alice/mallory", """{"n":1,"y":"j","g":"crew","c":"Night crew"}""");
        const string Roster = """{"v":2,"by":"mallory","nm":"Night crew","m":["mallory","erin","alice","zoe"],"a":["mallory"]}""";
        return board.Publish("ec1/r/crew", Roster, true).Wait(10000);
    }

    public static ScreenBoard Talk()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "Did you get the parts?", 90000);
        board.Receives("bob", 2, "Morning!", 26000)
            .Receives("bob", 3, "Can you look at pump 3 today? It makes a strange noise again.", 600);
        board.Sends("bob", "On my way 👍").Receipt("bob", 1, 1).Sends("bob", "Be there in 10 minutes").Receipt("bob", 2, 1);
        return board.Wait(1000);
    }

    public static ScreenBoard WithBattery(int charge)
    {
        ScreenBoard board = Busy();
        board.App.OnBattery(charge, board.Now);
        return board.Wait(1000);
    }

    public static ScreenBoard Starred()
    {
        ScreenBoard board = Busy();
        foreach (string who in new[] { "bob", "carol" })
        {
            int newest = board.Messenger.Newest(board.Messenger.Find(who, false));
            Assert.AreEqual(SendError.None, board.Messenger.SetStarred(newest, true, board.Now));
            Assert.AreEqual(SendError.None, board.Messenger.SetStarred(board.Messenger.Older(newest), true, board.Now));
        }

        return board.Wait(1000);
    }

    /// <summary>All the places of strangers are taken.</summary>
    public static ScreenBoard Strangers()
    {
        ScreenBoard board = new ScreenBoard().Online();
        for (int i = 1; i <= Limits.Strangers - Limits.StrangersInGroups; i++) board.Receives("sensor-" + i, 1, "21.5 °C", 600);
        return board.Wait(1000);
    }

    /// <summary>Names of people and groups, and texts, that no line has room for.</summary>
    public static ScreenBoard LongNames()
    {
        ScreenBoard board = new ScreenBoard().Online().Group("team", "Maintenance of the pumps in the valley", "\"alice\",\"bob\"");
        board.Publish("ec1/d/bob", """{"nm":"Robert Bartholomew Featherstonehaugh"}""", true);
        board.ReceivesInGroup("team", "bob", 1, Long, 7200).Receives("bob", 1, Long, 600);
        return board.Sends("bob", Long).Wait(1000);
    }

    /// <summary>A thread with two days that were read and seven messages that were not.</summary>
    public static ScreenBoard Unread()
    {
        ScreenBoard board = Talk().Press("oU");
        string[] texts = ["Pump 3 is off now", "and cold", "The valve below it leaks, who has the big wrench?", "Hello?", "Found it",
            "It was in your box", "All is tight again"];
        for (int i = 0; i < texts.Length; i++) board.Receives("bob", 4 + i, texts[i], -i);
        return board.Wait(1000);
    }

    /// <summary>A board in a group with two that are no contacts.</summary>
    public static ScreenBoard Fellows()
    {
        ScreenBoard board = Talk().Publish("ec1/i/alice/dave", """{"n":1,"y":"j","g":"crew","c":"Night crew"}""");
        return board.Publish("ec1/r/crew", """{"v":2,"by":"dave","nm":"Night crew","m":["zoe","alice","dave","yuri"],"a":["dave"]}""", true)
            .Wait(1000);
    }

    public static ScreenBoard ContactMenu()
    {
        var board = Busy().Press("uoo");
        return board.Press(board.Ui.Buttons < 2 ? "o" : "O");
    }

    public static ScreenBoard Blocked(ScreenBoard board)
    {
        Assert.AreEqual(SendError.None, board.Messenger.SetBlocked("bob", true));
        return board.Receives("bob", 9, "Open the door").Wait(1000);
    }

    public static ScreenBoard Empty()
    {
        var board = new ScreenBoard().Online();
        board.Messenger.OpenDirect("carol");
        return board.Wait(1000).Press("o");
    }

    public static ScreenBoard Right()
    {
        var board = new ScreenBoard().Online().Group("team", "צוות משאבות, מתחם צפון", "\"alice\",\"bob\",\"carol\"");
        board.ReceivesInGroup("team", "carol", 1, "משאבה 3 (הישנה) לא עובדת, אפשר לבוא ב-18:45?", 900);
        board.ReceivesInGroup("team", "bob", 1, "المضخة 3 bar تعمل", 800);
        board.Sends("team", "ok, בדרך!", true, board.Messenger.Newest(board.Messenger.Find("team", true)));
        return board.Wait(1000);
    }

    public static ScreenBoard Clusters()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "Ve\u0301lo, n\u0303, в за\u0301мке, \u05D1\u05B8\u05BC", 900);
        board.Receives("bob", 2, "❤️‍🔥 👍🏽 👨‍👩‍👧 🇫🇷 1️⃣ 🦄", 800).Receives("bob", 3, "水泵 ปั๊ม पंप 한글 \u1112\u1161\u11AB", 700);
        return board.Wait(1000);
    }

    public static ScreenBoard Team()
    {
        var board = new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"");
        board.ReceivesInGroup("team", "dave", 1, "Pressure is back at 4 bar", 900).ReceivesInGroup("team", "carol", 1, "Great!", 800);
        board.ReceivesInGroup("team", "carol", 2, "Who has the key?", 700)
            .Sends("team", "I have it", true, board.Messenger.Newest(board.Messenger.Find("team", true)));
        board.Receipt("bob", 1, 1, "team").Receipt("carol", 1, 0, "team")
            .Publish("ec1/g/team/bob", $$"""{"n":1,"y":"b","re":"alice/1","c":"👍"}""");
        return board.Wait(1000);
    }

    public static ScreenBoard Own()
    {
        var board = new ScreenBoard().Online();
        int group = board.Messenger.CreateGroup("night", "Night shift", board.Now);
        board.Messenger.AddMember(group, "bob", board.Now);
        board.Messenger.AddMember(group, "carol", board.Now);
        return board.Wait(1000);
    }

    public static ScreenBoard Networks()
    {
        ScreenBoard board = Busy().Press("uodddddouuuuo");
        board.Status.Networks = ["Workshop", "Pump station 3", "Guests"];
        board.App.OnSignal(72, board.Now);
        return board;
    }

    public static ScreenBoard Picking()
    {
        var board = Busy().Press("uodo");
        byte[] name = System.Text.Encoding.UTF8.GetBytes("Night shift");
        board.Entry.Load(name, name.Length);
        board.Press("O");
        if (board.Ui.Buttons < 2) board.Press("o");
        return board.Press("odo");
    }

    public static ScreenBoard Forwarded()
    {
        var board = Talk().Receives("carol", 1, "The new filter is in the green box", 600, ",\"x\":1").Press("oU");
        int bob = board.Messenger.Find("bob", false);
        int there = board.Messenger.Newest(board.Messenger.Find("carol", false));
        Assert.AreEqual(SendError.None, board.Messenger.Forward(there, bob, board.Now));
        return board.Wait(1000).Press("o").Wait(1000);
    }

    public static ScreenBoard TakenBack()
    {
        var board = Talk().Press("oU").Publish("ec1/i/alice/bob", """{"y":"u","n":4,"re":"bob/2"}""");
        board.Wait(1000).Press("oOddddodo").Wait(1000);
        return board.Receipt("bob", 3, 2).Wait(1000);
    }

    public static ScreenBoard Edited()
    {
        ScreenBoard board = Talk();
        byte[] text = "Be there in 20 minutes"u8.ToArray();
        int message = board.Messenger.Newest(board.Messenger.Find("bob", false));
        Assert.AreEqual(SendError.None, board.Messenger.Edit(message, text, text.Length, board.Now));
        return board.Wait(1000).Press("o").Publish("ec1/i/alice/bob",
            $$"""{"y":"e","n":4,"t":{{VirtualBroker.Epoch}},"re":"bob/3","c":"I am there at 10"}""").Wait(1000);
    }

    public static ScreenBoard Missing()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "First", 900)
            .Receives("bob", 4, "Fourth, what happened to the others?", 100);
        return board.Wait(12000).Press("o").Wait(1000);
    }

    public static ScreenBoard Ticks()
    {
        var board = new ScreenBoard().Online().Sends("bob", "seen").Sends("bob", "received").Receipt("bob", 2, 1)
            .Sends("bob", "with the broker");
        board.Wait(1000).Stall();
        return board.Sends("bob", "in this board's flash").Wait(1000);
    }

    public static ScreenBoard Compose(string text)
    {
        var board = Talk().Press("ooo");
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        board.Entry.Load(bytes, bytes.Length);
        if (text.Length == 0) return board;
        board.Press("u");
        while (board.Entry.IsChoosing) board.Press("U");
        if (board.Written != text) board.Press("U"); // the press has written a word
        return board;
    }

    public static ScreenBoard Digits(string text)
    {
        ScreenBoard board = Compose(text);
        if (board.Ui.Buttons > 1) return board.Press("D");
        return board.Press("O").Press("d").Press("o");
    }

    public static ScreenBoard MenuOf(ScreenBoard writing) => writing.Press(writing.Ui.Buttons > 1 ? "DD" : "O");

    public static ScreenBoard Signs()
    {
        var board = Compose("Call 0");
        for (int i = 0; i < 10; i++)
        {
            if (EntryKeys.Group(board.Entry, Key.Ok) == "⋯") return board.Press("o");
            bool isLast = EntryKeys.Group(board.Entry, Key.Down) == "⋯";
            board.Press("d");
            if (isLast) return board;
        }

        throw new AssertFailedException("the last group of the last group does not lead to the signs");
    }

    public static ScreenBoard Refused()
    {
        var board = Busy().Wait(5000).Refuse(5);
        return board.Press("uoddddddo", 200).Wait(1000);
    }
}

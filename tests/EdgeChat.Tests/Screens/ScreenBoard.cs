using System.Globalization;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Device;
using EdgeChat.TestKit;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>The board alice with four contacts and a broker of its own: what the tests of the screens press, feed and look at.</summary>
internal sealed class ScreenBoard : ITerminal, IWorldWatcher
{
    /// <summary>The reference board: three buttons under a display of 128x64.</summary>
    public static readonly (int Width, int Height, int Buttons) Reference = (128, 64, 3);

    [ThreadStatic]
    private static (int Width, int Height, int Buttons)? _shape;

    [ThreadStatic]
    private static bool _hasColours;

    [ThreadStatic]
    private static bool _hasBuzzer;

    [ThreadStatic]
    private static bool _isLarge;

    private readonly VirtualBroker _broker = new();
    private readonly AppBoard _board;

    public ScreenBoard(string? id = "alice", MemoryFlash? flash = null)
    {
        (int width, int height, int buttons) = _shape ?? Reference;
        _board = new AppBoard(_broker, id, this, width, height, buttons, _hasColours, _hasBuzzer);
        if (flash != null) _board.Flash = flash;
        if (_isLarge) _board.Flash.Replace("settings", "text=large\n"u8.ToArray(), 0, 11);
        _board.Me.DisplayName = id == null ? null : "Alice";
        _board.Me.Contacts = ["bob", "carol", "dave", "erin"];
        _board.Me.UtcOffsetMinutes = 120;
        _board.Status.Network = "Workshop";
        _board.Status.SignalPercent = 72;
        _board.Status.Mac = id == null ? "24:6f:28:a1:b2:c4" : null;
        _board.SwitchOn();
        _broker.Watcher = this;
    }

    public App App => _board.App;

    public MemoryFlash Flash => _board.Flash;

    public long Now => _board.NowMs;

    public EdgeChat.Ui.Screens Screens => App.Screens;

    /// <summary>What the screens work with.</summary>
    public ScreenContext Ui => Screens.Context;

    /// <summary>The screen that is open.</summary>
    public Screen Top => Ui.Stack.Top;

    /// <summary>Whether that is the first one.</summary>
    public bool IsHome => Ui.Stack.IsHome;

    /// <summary>The text that is being written on the open screen.</summary>
    public TextEntry Entry => ((ComposeScreen)Top).Entry;

    /// <summary>What has been written there.</summary>
    public string Written => EntryKeys.TextOf(Entry);

    /// <summary>The long text that the open screen shows: a notice, a question, details.</summary>
    public string LongText
    {
        get
        {
            Assert.IsTrue(Ui.LongText.IsOf(Top), $"{Top.GetType().Name} shows none");
            TextBuffer text = Ui.LongText.Text;
            return Encoding.UTF8.GetString(text.Bytes, 0, text.Count);
        }
    }

    public Messenger Messenger => _board.Messenger;

    /// <summary>The text of the newest message with bob.</summary>
    public string NewestText => TextOf(Messenger.Newest(Messenger.Find("bob", false)));

    public DeviceStatus Status => _board.Status;

    public List<BoardRequest> Requests => _board.Requests;

    /// <summary>What the host does after each event, as the board's loop sends the picture to the display; nothing by itself.</summary>
    public Action AfterEvent { get; set; } = () => { };

    public void Write(byte[] buffer, int index, int count)
    {
    }

    void IWorldWatcher.AfterTurn(BoardHost board) => AfterEvent();

    /// <summary>Makes a board that has this display and so many buttons.</summary>
    public static ScreenBoard Shaped((int Width, int Height, int Buttons) shape, Func<ScreenBoard> make, bool hasColours = false)
    {
        _shape = shape;
        _hasColours = hasColours;
        try
        {
            return make();
        }
        finally
        {
            _shape = null;
            _hasColours = false;
        }
    }

    /// <summary>Makes a board that has a buzzer, or has none.</summary>
    public static ScreenBoard WithBuzzer(bool hasBuzzer, Func<ScreenBoard> make)
    {
        _hasBuzzer = hasBuzzer;
        try
        {
            return make();
        }
        finally
        {
            _hasBuzzer = false;
        }
    }

    /// <summary>Makes a board whose display of 320x240 has large text.</summary>
    public static ScreenBoard WithLargeText(int buttons, Func<ScreenBoard> make)
    {
        _isLarge = true;
        try
        {
            return Shaped((160, 120, buttons), make, true);
        }
        finally
        {
            _isLarge = false;
        }
    }

    /// <summary>Makes a board that has the display of the reference and so many buttons.</summary>
    public static ScreenBoard WithButtons(int buttons, Func<ScreenBoard> make) =>
        Shaped((Reference.Width, Reference.Height, buttons), make);

    /// <summary>Sets the clock, brings the session up and lets the contacts be known.</summary>
    public ScreenBoard Online()
    {
        _board.Connect();
        Publish("ec1/d/bob", """{"nm":"Bob"}""", true);
        Publish("ec1/d/carol", """{"nm":"Carol Müller"}""", true);
        Publish("ec1/d/erin", """{"nm":"Ερίνη"}""", true);
        Publish("ec1/p/bob", $$"""{"s":"on","b":3,"c":1,"t":{{VirtualBroker.Epoch - 60}}}""", true);
        Publish("ec1/p/carol", $$"""{"s":"lost","b":3,"c":1,"t":{{VirtualBroker.Epoch - 7200}}}""", true);
        Publish("ec1/p/dave", $$"""{"s":"sleep","b":3,"c":1,"t":{{VirtualBroker.Epoch - 300}},"w":900}""", true);
        return this;
    }

    /// <summary>Somebody has typed a key with a device.</summary>
    public ScreenBoard Sealed(string device)
    {
        Assert.AreEqual(SendError.None, Messenger.EnterKey(device, TypedKey.Write(new byte[KeyTree.TypedBytes])));
        return Settle();
    }

    /// <summary>The network is gone, for a reason in words.</summary>
    public ScreenBoard Offline(string reason)
    {
        _board.LeaveNetwork(reason);
        return Settle();
    }

    /// <summary>The connection breaks.</summary>
    public ScreenBoard Disconnect()
    {
        _board.Disconnect();
        return Settle();
    }

    /// <summary>The connection breaks, and the broker refuses the next with a CONNACK code.</summary>
    public ScreenBoard Refuse(int code)
    {
        _board.AtBroker.RefusesWith = code;
        return Disconnect();
    }

    /// <summary>A message to this board or to one of its groups.</summary>
    public ScreenBoard Publish(string topic, string body, bool isRetained = false)
    {
        _broker.Publish(topic, Encoding.UTF8.GetBytes(body), isRetained);
        return Settle();
    }

    public ScreenBoard Receives(string from, int n, string text, int secondsAgo = 0, string more = "")
    {
        return Publish("ec1/i/alice/" + from, Message(n, text, secondsAgo, more));
    }

    public ScreenBoard ReceivesInGroup(string group, string from, int n, string text, int secondsAgo = 0, string more = "")
    {
        return Publish($"ec1/g/{group}/{from}", Message(n, text, secondsAgo, more));
    }

    /// <summary>Makes a group of which this board is a member and dave the admin.</summary>
    public ScreenBoard Group(string id, string name, string members)
    {
        Publish("ec1/i/alice/dave", $$"""{"n":1,"y":"j","g":"{{id}}","c":"{{name}}"}""");
        return Publish("ec1/r/" + id, $$"""{"v":2,"by":"dave","nm":"{{name}}","m":[{{members}}],"a":["dave"]}""", true);
    }

    /// <summary>Sends a text as if it had been written on the keys.</summary>
    public ScreenBoard Sends(string to, string text, bool isGroup = false, int replyTo = -1)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int conversation = isGroup ? Messenger.Find(to, true) : Messenger.OpenDirect(to);
        Assert.AreEqual(SendError.None, Messenger.SendText(conversation, bytes, bytes.Length, replyTo, Now));
        return Wait(0);
    }

    /// <summary>A recipient confirms what it has, and what was shown there.</summary>
    public ScreenBoard Receipt(string from, int have, int shown, string? group = null)
    {
        return Publish("ec1/i/alice/" + from, $$"""{"y":"r","d":{{have}},"s":{{shown}}{{(group == null ? "" : $",\"g\":\"{group}\"")}}}""");
    }

    /// <summary>The broker confirms nothing from now on.</summary>
    public ScreenBoard Stall()
    {
        _board.HoldsPubacks = true;
        _board.HoldsConnacks = true;
        return this;
    }

    /// <summary>The broker confirms again, and what waits for it first.</summary>
    public ScreenBoard Resume()
    {
        _board.HoldsPubacks = false;
        _board.HoldsConnacks = false;
        if (_board.IsWaitingForPuback) _board.Confirm();
        return Settle();
    }

    /// <summary>Lets time pass, with what is due in it.</summary>
    public ScreenBoard Wait(long ms)
    {
        _broker.Pass(ms);
        App.OnTime(Now);
        return Settle();
    }

    /// <summary>Presses keys one after another: u, o, d, and in capitals held.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="everyMs">Milliseconds before each; a key that comes again at once is a double press.</param>
    public ScreenBoard Press(string keys, int everyMs = 300)
    {
        foreach (char key in keys)
        {
            _broker.Pass(everyMs);
            App.OnKey(char.ToLowerInvariant(key) switch { 'u' => Key.Up, 'o' => Key.Ok, _ => Key.Down }, char.IsUpper(key), Now);
            Settle();
        }

        return this;
    }

    /// <summary>Writes a text on the screen that asks for one, and is done with it.</summary>
    public ScreenBoard Enter(string text)
    {
        Assert.IsInstanceOfType<ComposeScreen>(Top);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Entry.Load(bytes, bytes.Length);
        Press("O");
        return Top is MenuScreen ? Press("o") : this; // one button, or no text: the menu's first item is done
    }

    /// <summary>Opens the menu from the list.</summary>
    public ScreenBoard OpenMenu() => Press(new string('d', Messenger.ConversationCount) + "o");

    /// <summary>The text of the message that is chosen in the open thread.</summary>
    public string Chosen => TextOf(((ThreadScreen)Top).Selected);

    /// <summary>The text of a message.</summary>
    public string TextOf(int message)
    {
        var text = new byte[1100];
        return Encoding.UTF8.GetString(text, 0, Messenger.ReadText(message, text));
    }

    /// <summary>Presses a button of the board, holds it for a time and lets it go.</summary>
    /// <param name="button">Its number.</param>
    /// <param name="ms">For how long, in milliseconds.</param>
    /// <param name="beforeMs">Milliseconds before it.</param>
    public ScreenBoard Push(int button, int ms, int beforeMs = 150)
    {
        Wait(beforeMs);
        App.OnLevel(button, true, Now, Now);
        Settle();
        Wait(ms);
        App.OnLevel(button, false, Now, Now);
        return Settle();
    }

    /// <summary>Types on the console.</summary>
    public ScreenBoard Type(string keys)
    {
        _board.Type(keys);
        return Settle();
    }

    private static string Message(int n, string text, int secondsAgo, string more)
    {
        string time = (VirtualBroker.Epoch - secondsAgo).ToString(CultureInfo.InvariantCulture);
        return $$"""{"n":{{n}},"t":{{time}},"c":{{System.Text.Json.JsonSerializer.Serialize(text)}}{{more}}}""";
    }

    private ScreenBoard Settle()
    {
        _broker.Settle();
        AfterEvent();
        return this;
    }
}

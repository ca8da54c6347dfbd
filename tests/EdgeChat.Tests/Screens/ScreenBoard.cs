using System.Globalization;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Device;

namespace EdgeChat.Tests.Screens;

/// <summary>A core alone in virtual time with a broker that confirms everything: what the tests of the screens press, feed and look at.</summary>
internal sealed class ScreenBoard : IRandomSource, ITerminal
{
    /// <summary>Unix seconds when the board starts: a Monday in September, 14:13 UTC.</summary>
    public const long Epoch = 1790000000;

    /// <summary>The reference board: three buttons under a display of 128x64.</summary>
    public static readonly (int Width, int Height, int Buttons) Reference = (128, 64, 3);

    [ThreadStatic]
    private static (int Width, int Height, int Buttons)? _shape;

    private readonly DeviceStatus _status = new()
    {
        Version = "1.0.0",
        BoardName = "esp32-devkit",
        Broker = "192.168.1.10:1883",
        Network = "Workshop",
        SignalPercent = 72,
        FreeHeapBytes = 61_000,
    };

    private readonly Queue<LinkAction> _waiting = [];

    private bool _isAnswering;

    public ScreenBoard(string? id = "alice", FilesInMemory? flash = null)
    {
        Flash = flash ?? new FilesInMemory();
        var me = new Identity { DeviceId = id, DisplayName = id == null ? null : "Alice", Contacts = ["bob", "carol", "dave", "erin"], UtcOffsetMinutes = 120 };
        (int width, int height, int buttons) = _shape ?? Reference;
        App = new App(me, Flash, this, this, _status, width, height, buttons);
        App.Start(Now);
        App.OnTime(Now);
    }

    public App App { get; }

    public FilesInMemory Flash { get; }

    public long Now { get; private set; } = 1000;

    public EdgeChat.Ui.Screens Screens => App.Screens;

    public Messenger Messenger => App.Screens.Messenger;

    public DeviceStatus Status => _status;

    public List<BoardRequest> Requests { get; } = [];

    /// <summary>What the host does after each event, as the board's loop sends the picture to the display; nothing unless a test says otherwise.</summary>
    public Action AfterEvent { get; set; } = () => { };

    public int Next(int bound) => 0;

    public void Write(byte[] buffer, int index, int count)
    {
    }

    /// <summary>Makes a board that has this display and so many buttons.</summary>
    public static ScreenBoard Shaped((int Width, int Height, int Buttons) shape, Func<ScreenBoard> make)
    {
        _shape = shape;
        try
        {
            return make();
        }
        finally
        {
            _shape = null;
        }
    }

    /// <summary>Makes a board that has the display of the reference and so many buttons.</summary>
    public static ScreenBoard WithButtons(int buttons, Func<ScreenBoard> make) => Shaped((Reference.Width, Reference.Height, buttons), make);

    /// <summary>Sets the clock, brings the session up and lets the contacts be known.</summary>
    public ScreenBoard Online()
    {
        App.OnClock(Epoch, Now);
        _isAnswering = true;
        App.OnLink(new LinkEvent { Kind = LinkEventKind.NetworkUp }, Now);
        Settle();
        Publish("ec1/d/bob", """{"nm":"Bob"}""", true);
        Publish("ec1/d/carol", """{"nm":"Carol Müller"}""", true);
        Publish("ec1/d/erin", """{"nm":"Ερίνη"}""", true);
        Publish("ec1/p/bob", $$"""{"s":"on","b":3,"c":1,"t":{{Epoch - 60}}}""", true);
        Publish("ec1/p/carol", $$"""{"s":"lost","b":3,"c":1,"t":{{Epoch - 7200}}}""", true);
        Publish("ec1/p/dave", $$"""{"s":"sleep","b":3,"c":1,"t":{{Epoch - 300}},"w":900}""", true);
        return this;
    }

    /// <summary>What happens to the link, told by its host.</summary>
    public ScreenBoard Link(LinkEvent e)
    {
        App.OnLink(e, Now);
        Settle();
        return this;
    }

    /// <summary>A message to this board or to one of its groups.</summary>
    public ScreenBoard Publish(string topic, string body, bool isRetained = false)
    {
        return Link(new LinkEvent { Kind = LinkEventKind.Received, Topic = topic, Body = Encoding.UTF8.GetBytes(body), Flag = isRetained });
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
        _isAnswering = false;
        return this;
    }

    /// <summary>The broker confirms again, and what waits for it first.</summary>
    public ScreenBoard Resume()
    {
        _isAnswering = true;
        Settle();
        return this;
    }

    /// <summary>Lets time pass, with what is due in it.</summary>
    public ScreenBoard Wait(long ms)
    {
        long end = Now + ms;
        while (App.NextTickMs <= end)
        {
            Now = Math.Max(Now, App.NextTickMs);
            App.OnTime(Now);
            Settle();
            if (App.NextTickMs <= Now) Now++;
            if (Now > end) break;
        }

        Now = end;
        App.OnTime(Now);
        Settle();
        return this;
    }

    /// <summary>Presses keys one after another: u, o, d, and in capitals held.</summary>
    public ScreenBoard Press(string keys)
    {
        foreach (char key in keys)
        {
            Now += 200;
            App.OnKey(char.ToLowerInvariant(key) switch { 'u' => Key.Up, 'o' => Key.Ok, _ => Key.Down }, char.IsUpper(key), Now);
            Settle();
        }

        return this;
    }

    /// <summary>Presses a button of the board, holds it for a time and lets it go.</summary>
    public ScreenBoard Push(int button, int ms)
    {
        Wait(150);
        App.OnLevel(button, true, Now, Now);
        Settle();
        Wait(ms);
        App.OnLevel(button, false, Now, Now);
        Settle();
        return this;
    }

    private static string Message(int n, string text, int secondsAgo, string more)
    {
        string time = (Epoch - secondsAgo).ToString(CultureInfo.InvariantCulture);
        return $$"""{"n":{{n}},"t":{{time}},"c":{{System.Text.Json.JsonSerializer.Serialize(text)}}{{more}}}""";
    }

    private void Settle()
    {
        while (App.NextLinkAction() is { } next) _waiting.Enqueue(next);
        while (_isAnswering && _waiting.TryDequeue(out LinkAction? action))
        {
            LinkEvent? answer = action.Kind switch
            {
                LinkActionKind.Connect => new LinkEvent { Kind = LinkEventKind.Connected, Ticket = action.Ticket, Flag = true },
                LinkActionKind.Publish => new LinkEvent { Kind = LinkEventKind.Published, Ticket = action.Ticket, Flag = true },
                LinkActionKind.Subscribe => new LinkEvent { Kind = LinkEventKind.Subscribed, Ticket = action.Ticket, Granted = Enumerable.Repeat((byte)1, action.Topics.Length).ToArray() },
                _ => null,
            };
            if (answer != null) App.OnLink(answer, Now);
            while (App.NextLinkAction() is { } next) _waiting.Enqueue(next);
        }

        while (App.NextBoardRequest() is var request && request != BoardRequest.None) Requests.Add(request);
        AfterEvent();
    }
}

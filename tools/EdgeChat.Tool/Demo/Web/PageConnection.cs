using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeChat.Core;

namespace EdgeChat.Tool.Demo.Web;

/// <summary>One open page: tells it what has changed since it was last told, and does what it asks.</summary>
/// <remarks>Nothing is queued for a page. It is compared with what the page knows, so a slow page skips states and holds nobody
/// up.</remarks>
public sealed class PageConnection
{
    /// <summary>The first byte of a binary message with console output: 2, board, bytes.</summary>
    public const byte SerialKind = 2;

    private const int LongestRequest = 64 * 1024;

    // About 30 pictures a second; what changes meanwhile goes out together.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(33);

    // Some things change without a sign, such as a reboot that wrote nothing.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly DemoRoom _room;
    private readonly Cursor[] _cursors;
    private readonly HashSet<(DemoBoard Board, string Button)> _held = [];
    private string _broker = "";
    private string _hint = "";

    /// <summary>Makes the connection for a page whose socket is open.</summary>
    public PageConnection(WebSocket socket, DemoRoom room)
    {
        _socket = socket;
        _room = room;
        _cursors = [.. room.Fleet.Boards.Select(_ => new Cursor())];
    }

    /// <summary>Serves the page until it leaves or <paramref name="stop"/> comes.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var changed = new Signal();
        _room.Changed += changed.Set;
        try
        {
            var telling = TellAsync(changed, leave.Token);
            await Task.WhenAny(ListenAsync(leave.Token), telling);
            await leave.CancelAsync();
            await telling.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        finally
        {
            _room.Changed -= changed.Set;
            // A page that is closed with a finger on a button lets it go.
            foreach (var (board, button) in _held)
                board.SetButton(button, false);
        }
    }

    private async Task TellAsync(Signal changed, CancellationToken stop)
    {
        await SendAsync(_room.Hello(), PageJson.Default.HelloMessage, stop);
        while (_socket.State == WebSocketState.Open)
        {
            await TellBrokerAsync(stop);
            await TellHintAsync(stop);
            for (var i = 0; i < _cursors.Length; i++)
                await TellBoardAsync(i, stop);
            await Task.Delay(Pace, stop);
            await changed.WaitAsync(Heartbeat, stop);
        }
    }

    private async Task TellBrokerAsync(CancellationToken stop)
    {
        var text = JsonSerializer.Serialize(_room.BrokerState(), PageJson.Default.BrokerMessage);
        if (text == _broker)
            return;
        _broker = text;
        await SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, stop);
    }

    private async Task TellHintAsync(CancellationToken stop)
    {
        var hint = _room.Hint;
        if (hint == _hint)
            return;
        _hint = hint;
        await SendAsync(new HintMessage("hint", hint), PageJson.Default.HintMessage, stop);
    }

    private async Task TellBoardAsync(int index, CancellationToken stop)
    {
        var board = _room.Fleet.Boards[index];
        var cursor = _cursors[index];
        var screen = board.Display.IsColour
            ? ColourDiff.Encode(index, board.Display, ref cursor.Colours)
            : ScreenDiff.Encode(index, board.Display, ref cursor.Screen);
        if (screen is not null)
            await SendAsync(screen, WebSocketMessageType.Binary, stop);
        if (cursor.IsRead && (screen is not null || cursor.Text is null))
        {
            var lines = ScreenReader.Read(board.Display);
            var text = string.Join('\n', lines);
            if (text != cursor.Text)
                await SendAsync(new ScreenMessage("screen", index, lines), PageJson.Default.ScreenMessage, stop);
            cursor.Text = text;
        }

        var output = board.Console.Read(ref cursor.Tape);
        if (output.Length > 0)
            await SendAsync([SerialKind, (byte)index, .. output], WebSocketMessageType.Binary, stop);
        var rows = board.Packets.Since(ref cursor.Packets);
        if (rows.Count > 0)
            await SendAsync(new PacketsMessage("packets", index, [.. rows.Select(Item)]), PageJson.Default.PacketsMessage, stop);
        var state = JsonSerializer.Serialize(_room.BoardState(index), PageJson.Default.BoardMessage);
        if (state == cursor.State)
            return;
        cursor.State = state;
        await SendAsync(Encoding.UTF8.GetBytes(state), WebSocketMessageType.Text, stop);
    }

    private static PacketItem Item(PacketRow row) => new(
        row.Number,
        row.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        row.IsSent,
        row.Kind,
        row.Topic,
        row.Bytes,
        row.Note,
        row.Tick == Tick.None ? "" : StateWords.For(row.Tick));

    private async Task ListenAsync(CancellationToken stop)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (_socket.State == WebSocketState.Open)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), stop);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                return;
            }

            if (part.MessageType == WebSocketMessageType.Close)
                return;
            length += part.Count;
            if (!part.EndOfMessage && length < buffer.Length)
                continue;
            if (!part.EndOfMessage)
                return;
            Obey(buffer.AsSpan(0, length));
            length = 0;
        }
    }

    private void Obey(ReadOnlySpan<byte> json)
    {
        PageRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(json, PageJson.Default.PageRequest);
        }
        catch (JsonException)
        {
            return;
        }

        var board = _room.Fleet.Find(request?.Board);
        switch (request)
        {
            case { T: "broker" }:
                _ = _room.SetBrokerAsync(request.On);
                break;
            case { T: "type", Text: not null }:
                board?.Type(Encoding.UTF8.GetBytes(request.Text));
                break;
            case { T: "power" }:
                _ = board?.SetPowerAsync(request.On);
                break;
            case { T: "wifi" } when board is not null:
                board.HasWifi = request.On;
                break;
            case { T: "read" } when board is not null:
                var cursor = _cursors[_room.Fleet.Boards.TakeWhile(b => b != board).Count()];
                cursor.Text = null;
                cursor.IsRead = request.On;
                break;
            case { T: "button", Name: not null } when board is not null:
                board.SetButton(request.Name, request.On);
                if (request.On)
                    _held.Add((board, request.Name));
                else
                    _held.Remove((board, request.Name));
                break;
        }
    }

    private Task SendAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken stop)
        => SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, type), WebSocketMessageType.Text, stop);

    private Task SendAsync(byte[] bytes, WebSocketMessageType type, CancellationToken stop)
        => _socket.SendAsync(bytes, type, endOfMessage: true, stop);

    // What the page knows of one board.
    private sealed class Cursor
    {
        // the page asks for the text on the screen; set by the thread that listens
        public volatile bool IsRead;
        public volatile string? Text;
        public SeenScreen? Screen;
        public SeenColours? Colours;
        public long Tape;
        public long Packets;
        public string State = "";
    }
}

namespace EdgeChat.Core;

/// <summary>What the core asks of the board itself.</summary>
public enum BoardRequest
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Restart the board.</summary>
    Reboot,

    /// <summary>End cleanly, as <see cref="App.Stop"/> does, and do not start again until power comes.</summary>
    Shutdown,

    /// <summary>Erase everything that provisioning and use have stored, then restart.</summary>
    FactoryReset,

    /// <summary>Switch the display off.</summary>
    DisplayOff,

    /// <summary>Switch the display on.</summary>
    DisplayOn,
}

/// <summary>The whole messenger of one board: composes session, messenger, screens and console for a host.</summary>
/// <remarks>No I/O and no clock. The host calls one of the <c>On...</c> methods for each event or <see cref="OnTime"/> when
/// <see cref="NextTickMs"/> has come, then drains <see cref="NextLinkAction"/>, <see cref="NextBoardRequest"/> and the changes of
/// <see cref="Frame"/>. All calls come from one thread.</remarks>
public sealed class App
{
    /// <summary>Value of <see cref="NextTickMs"/> when nothing is due.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Makes the messenger of a board.</summary>
    /// <param name="me">Who the board is.</param>
    /// <param name="flash">Where it keeps everything.</param>
    /// <param name="random">Randomness for back-off.</param>
    /// <param name="terminal">Where the console writes.</param>
    /// <param name="status">What only the host knows.</param>
    /// <param name="width">Columns of the display.</param>
    /// <param name="height">Rows of the display.</param>
    public App(Identity me, IFlash flash, IRandomSource random, ITerminal terminal, DeviceStatus status, int width, int height)
    {
        Frame = new Frame(width, height);
    }

    /// <summary>What the display is to show.</summary>
    public Frame Frame { get; }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Never"/>.</summary>
    public long NextTickMs { get { return Never; } }

    /// <summary>Reads the flash, counts this boot and draws the first screen. Throws <see cref="FlashException"/> when the flash cannot be read.</summary>
    public void Start(long nowMs) { }

    /// <summary>Takes what happened to the link.</summary>
    public void OnLink(LinkEvent e, long nowMs) { }

    /// <summary>Takes a key press, already debounced; <paramref name="isLong"/> after 600 ms held.</summary>
    public void OnKey(Key key, bool isLong, long nowMs) { }

    /// <summary>Takes bytes typed on the console.</summary>
    public void OnSerial(byte[] buffer, int index, int count, long nowMs) { }

    /// <summary>The clock was set: <paramref name="unixSeconds"/> is the time at <paramref name="nowMs"/>.</summary>
    public void OnClock(long unixSeconds, long nowMs) { }

    /// <summary>Does what is due.</summary>
    public void OnTime(long nowMs) { }

    /// <summary>Ends the session cleanly: presence <c>off</c>, then DISCONNECT. The host drains actions until <see cref="LinkActionKind.Disconnect"/> came.</summary>
    public void Stop(long nowMs) { }

    /// <summary>The next thing to do with the MQTT client, or null.</summary>
    public LinkAction NextLinkAction() { return null; }

    /// <summary>The next thing to do with the board, or <see cref="BoardRequest.None"/>.</summary>
    public BoardRequest NextBoardRequest() { return BoardRequest.None; }
}

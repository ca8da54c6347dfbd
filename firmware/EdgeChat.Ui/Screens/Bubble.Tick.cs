using EdgeChat.Core;

namespace EdgeChat.Ui;

// where the tick of a message is, and how it is drawn anew without the rest
public sealed partial class Bubble
{
    private const int Hidden = Chrome.HeaderHeight - Line; // the line at the top, which is drawn later, lies over all of it

    // TickAt: bits 0-8 message, 9-17 column after it, 18-25 row, 26-28 tick
    private const int RightShift = 9;
    private const int RowShift = 18;
    private const int TickShift = 26;
    private const int HasTimeBit = 1 << 29;
    private const int IsUndercutBit = 1 << 30;

    /// <summary>Where the tick of the message is that was drawn last, for <see cref="DrawTick"/>; 0 when it has none or is not on the
    /// screen, below 0 when it cannot change without the rest.</summary>
    public int TickAt { get; private set; }

    /// <summary>Draws the tick of an own message anew, in place, and its time beside it.</summary>
    /// <param name="painter">What the message was drawn with.</param>
    /// <param name="tickAt">What <see cref="TickAt"/> was when it was drawn.</param>
    /// <returns>The same for the tick as it is now.</returns>
    public int DrawTick(Painter painter, int tickAt)
    {
        _revision = -1; // what was loaded is not what was measured any more
        _message = tickAt & 0x1FF;
        _isMarked = false; // or it had none: see NoteTick
        int right = tickAt >> RightShift & 0x1FF;
        int y = RowOf(tickAt);
        Tick tick = _ui.Messenger.TickOf(_message);
        _time = (tickAt & HasTimeBit) != 0 ? _ui.Chrome.LocalOf(_ui.Messenger.TimeOf(_message)) : 0;
        int left = right - MeasureMeta(painter, tick) - 1;
        int width = right + 1 - left;
        painter.Erase(left, y, width, Line);
        DrawMeta(painter, right, y, IsDense(painter));
        painter.Invert(left, y, width, Line);
        if ((tickAt & IsUndercutBit) != 0) painter.Undercut(left - 1, y, width + 2);
        return (tickAt & ~(7 << TickShift)) | (int)tick << TickShift;
    }

    /// <summary>The row that a tick begins at.</summary>
    public static int RowOf(int tickAt) { return tickAt >> RowShift & 0xFF; }

    /// <summary>Whether a message has another tick than was drawn.</summary>
    public bool HasTurned(int tickAt) { return (int)_ui.Messenger.TickOf(tickAt & 0x1FF) != (tickAt >> TickShift & 7); }

    /// <summary>Where the tick is once the picture has moved up by so many rows; 0 when the line at the top lies over it.</summary>
    public static int MovedUp(int tickAt, int rows)
    {
        int y = RowOf(tickAt) - rows;
        return y <= Hidden ? 0 : (tickAt & ~(0xFF << RowShift)) | y << RowShift;
    }

    private void NoteTick(Painter painter, int right, int y, bool isUndercut)
    {
        if (y <= Hidden || y >= painter.Height) return;
        TickAt = _message | right << RightShift | y << RowShift | (int)_ui.Messenger.TickOf(_message) << TickShift;
        if (_time != 0) TickAt |= HasTimeBit;
        if (isUndercut) TickAt |= IsUndercutBit;
        // reactions are cut where the time begins, which a tick moves; that it was edited, and a star, stand before the time
        if (_reactions != null || (_isMarked && (_ui.Messenger.IsEdited(_message) || _ui.Messenger.IsStarred(_message)))) TickAt = -1;
    }
}

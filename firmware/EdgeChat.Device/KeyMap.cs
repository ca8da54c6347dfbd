using EdgeChat.Core;

namespace EdgeChat.Device;

/// <summary>Turns what a person does with one, two or three buttons into the three keys of the screens. Pure: levels and times come
/// in.</summary>
/// <remarks>
/// <code>
/// buttons  pressed        held 0.6 s              held 1.8 s        while writing
/// 3        Up, Ok, Down   the same keys, long     -                 the same
/// 2        A Down         A Up long (back)        -                 A Up, B Down (two groups);
///          B Ok           B Ok long (menu)        B Down long       held as before
/// 1        Down (next)    Ok, when let go         Up long (back)    pressed Up, held 0.6 s Down (two groups),
///                                                                   held 1.8 s Ok long (undo a choice, or menu)
/// </code>
/// The one button of a board that is held on for 3.6 s gives Down long too: after the step back, or the menu, comes the list.
/// A press is told when the button is let go, a hold while it is still down, except where a longer one may follow: that is told when it is
/// let go. What is told is a <see cref="Key"/>, with <see cref="Long"/> added when it was held, or <see cref="None"/>.
/// </remarks>
public sealed class KeyMap
{
    /// <summary>No key.</summary>
    public const int None = -1;

    /// <summary>Added to a key that was held.</summary>
    public const int Long = 4;

    /// <summary>Milliseconds of a hold.</summary>
    public const int HoldMs = 600;

    /// <summary>Milliseconds of a long hold.</summary>
    public const int LongHoldMs = 1800;

    /// <summary>Milliseconds of a hold of the only button that leads home.</summary>
    public const int HomeHoldMs = 3600;

    private const int UpLong = (int)Key.Up + Long;
    private const int OkLong = (int)Key.Ok + Long;
    private const int DownLong = (int)Key.Down + Long;
    private const int NothingTold = 0;
    private const int HoldTold = 1;
    private const int HomeTold = 2;

    private readonly long[] _downMs; // of each button, when it went down, or Deadline.Never while it is up
    private int _told; // two bits of each: NothingTold, HoldTold or HomeTold

    /// <summary>Makes the map of a board with so many buttons, 0 to 3.</summary>
    public KeyMap(int buttons)
    {
        _downMs = new long[buttons];
        for (int i = 0; i < buttons; i++) _downMs[i] = Deadline.Never;
    }

    /// <summary>How many buttons there are.</summary>
    public int Count { get { return _downMs.Length; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            long due = Deadline.Never;
            for (int i = 0; i < _downMs.Length; i++)
            {
                long at = DueOf(i);
                if (at < due) due = at;
            }

            return due;
        }
    }

    /// <summary>A button went down or up; gives the key that this made.</summary>
    /// <param name="button">Its number.</param>
    /// <param name="isDown">Whether it is pressed now.</param>
    /// <param name="atMs">When that was, in milliseconds since boot.</param>
    /// <param name="isChoosing">Whether the open screen lets the keys choose among groups.</param>
    public int OnLevel(int button, bool isDown, long atMs, bool isChoosing)
    {
        if (isDown)
        {
            _downMs[button] = atMs; // also when it was down: then it was let go and nobody saw it
            SetTold(button, NothingTold);
            return None;
        }

        long since = _downMs[button];
        _downMs[button] = Deadline.Never;
        if (since == Deadline.Never || ToldOf(button) != NothingTold) return None;
        return atMs - since >= HoldMs ? Held(button, atMs - since, isChoosing) : Pressed(button, isChoosing);
    }

    /// <summary>Tells a hold as soon as it is one: gives the key that it makes. Call again until it is <see cref="None"/>.</summary>
    public int OnTime(long nowMs, bool isChoosing)
    {
        for (int i = 0; i < _downMs.Length; i++)
        {
            if (nowMs < DueOf(i)) continue;
            if (ToldOf(i) == HoldTold)
            {
                SetTold(i, HomeTold);
                return DownLong;
            }

            SetTold(i, HoldTold);
            return Held(i, nowMs - _downMs[i], isChoosing);
        }

        return None;
    }

    private int ToldOf(int button) { return _told >> 2 * button & 3; }

    private void SetTold(int button, int told) { _told = (_told & ~(3 << 2 * button)) | told << 2 * button; }

    private long DueOf(int button)
    {
        long since = _downMs[button];
        if (since == Deadline.Never) return Deadline.Never;
        int buttons = _downMs.Length;
        if (ToldOf(button) == HoldTold && buttons == 1) return since + HomeHoldMs;
        if (ToldOf(button) != NothingTold) return Deadline.Never;
        bool hasTwoHolds = buttons == 1 || (buttons == 2 && button == 1);
        return since + (hasTwoHolds ? LongHoldMs : HoldMs);
    }

    private int Pressed(int button, bool isChoosing)
    {
        if (_downMs.Length == 3) return button;
        if (button == 0) return isChoosing ? (int)Key.Up : (int)Key.Down;
        return isChoosing ? (int)Key.Down : (int)Key.Ok;
    }

    private int Held(int button, long heldMs, bool isChoosing)
    {
        int buttons = _downMs.Length;
        if (buttons == 3) return button + Long;
        if (buttons == 2)
        {
            if (button == 0) return UpLong;
            return heldMs >= LongHoldMs ? DownLong : OkLong;
        }

        if (heldMs >= LongHoldMs) return isChoosing ? OkLong : UpLong;
        return isChoosing ? (int)Key.Down : (int)Key.Ok;
    }
}

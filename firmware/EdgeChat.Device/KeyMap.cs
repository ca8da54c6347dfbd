using EdgeChat.Core;

namespace EdgeChat.Device;

/// <summary>Turns what a person does with one, two or three buttons into the three keys of the screens. Pure: levels and times come in.</summary>
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
/// A press is told when the button is let go, a hold while it is still down, except where a longer one may follow: that is told when it is let go.
/// </remarks>
public sealed class KeyMap
{
    /// <summary>Milliseconds of a hold.</summary>
    public const int HoldMs = 600;

    /// <summary>Milliseconds of a long hold.</summary>
    public const int LongHoldMs = 1800;

    /// <summary>Milliseconds of a hold of the only button that leads home.</summary>
    public const int HomeHoldMs = 3600;

    private const int MostButtons = 3;
    private const int NothingTold = 0;
    private const int HoldTold = 1;
    private const int HomeTold = 2;

    private readonly int _buttons;
    private readonly long[] _downMs = new long[MostButtons]; // when it went down, or Deadline.Never while it is up
    private readonly int[] _told = new int[MostButtons];
    private int _key = -1;
    private bool _isLong;

    /// <summary>Makes the map of a board with 1 to 3 buttons.</summary>
    public KeyMap(int buttons)
    {
        _buttons = buttons;
        for (int i = 0; i < MostButtons; i++) _downMs[i] = Deadline.Never;
    }

    /// <summary>Whether the open screen lets the keys choose among groups; the host sets it before each call.</summary>
    public bool IsChoosing { get; set; }

    /// <summary>The key that the last call has produced.</summary>
    public Key Key { get { return (Key)_key; } }

    /// <summary>Whether that key was held.</summary>
    public bool IsLong { get { return _isLong; } }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs
    {
        get
        {
            long due = Deadline.Never;
            for (int i = 0; i < _buttons; i++)
            {
                long at = DueOf(i);
                if (at < due) due = at;
            }

            return due;
        }
    }

    /// <summary>A button went down or up; true when that made a key.</summary>
    public bool OnLevel(int button, bool isDown, long nowMs)
    {
        _key = -1;
        if (isDown)
        {
            _downMs[button] = nowMs; // also when it was down: then it was let go and nobody saw it
            _told[button] = NothingTold;
            return false;
        }

        long since = _downMs[button];
        _downMs[button] = Deadline.Never;
        if (since == Deadline.Never) return false;
        if (_told[button] != NothingTold) return false;
        if (nowMs - since >= HoldMs) return Held(button, nowMs - since);
        return Pressed(button);
    }

    /// <summary>Tells a hold as soon as it is one; true when that made a key. Call again until it is false.</summary>
    public bool OnTime(long nowMs)
    {
        _key = -1;
        for (int i = 0; i < _buttons; i++)
        {
            if (nowMs < DueOf(i)) continue;
            if (_told[i] == HoldTold)
            {
                _told[i] = HomeTold;
                return Make(Key.Down, true);
            }

            _told[i] = HoldTold;
            return Held(i, nowMs - _downMs[i]);
        }

        return false;
    }

    private long DueOf(int button)
    {
        if (_downMs[button] == Deadline.Never) return Deadline.Never;
        if (_told[button] == HoldTold && _buttons == 1) return _downMs[button] + HomeHoldMs;
        if (_told[button] != NothingTold) return Deadline.Never;
        bool hasTwoHolds = _buttons == 1 || (_buttons == 2 && button == 1);
        return _downMs[button] + (hasTwoHolds ? LongHoldMs : HoldMs);
    }

    private bool Pressed(int button)
    {
        if (_buttons == 3) return Make((Key)button, false);
        if (_buttons == 2) return button == 0 ? Make(IsChoosing ? Key.Up : Key.Down, false) : Make(IsChoosing ? Key.Down : Key.Ok, false);
        return Make(IsChoosing ? Key.Up : Key.Down, false);
    }

    private bool Held(int button, long heldMs)
    {
        if (_buttons == 3) return Make((Key)button, true);
        if (_buttons == 2)
        {
            if (button == 0) return Make(Key.Up, true);
            return heldMs >= LongHoldMs ? Make(Key.Down, true) : Make(Key.Ok, true);
        }

        if (heldMs >= LongHoldMs) return IsChoosing ? Make(Key.Ok, true) : Make(Key.Up, true);
        return IsChoosing ? Make(Key.Down, false) : Make(Key.Ok, false);
    }

    private bool Make(Key key, bool isLong)
    {
        _key = (int)key;
        _isLong = isLong;
        return true;
    }
}

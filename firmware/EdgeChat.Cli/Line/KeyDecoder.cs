namespace EdgeChat.Cli;

/// <summary>Turns the bytes of a terminal into keys: control characters and the sequences of ECMA-48 and of xterm (ctlseqs, "PC-Style
/// Function Keys", "Bracketed Paste Mode").</summary>
/// <remarks>States: plain; after ESC; in <c>ESC [</c> (CSI) up to its final byte; after <c>ESC O</c> (SS3); in <c>ESC ]</c> (OSC) up to BEL
/// or ST.</remarks>
public sealed class KeyDecoder
{
    private const byte Esc = 0x1B;
    private const int PlainState = 0;
    private const int EscapeState = 1;
    private const int CsiState = 2;
    private const int Ss3State = 3;
    private const int OscState = 4;

    private int _state;
    private int _number;
    private int _modifier;
    private bool _afterReturn;
    private bool _isPasting;
    private bool _hasSeenTerminal;

    /// <summary>Whether the terminal said that what comes is pasted.</summary>
    public bool IsPasting { get { return _isPasting; } }

    /// <summary>Whether a whole sequence has come, as only terminals send them.</summary>
    public bool HasSeenTerminal { get { return _hasSeenTerminal; } }

    /// <summary>Takes one byte.</summary>
    public EditKey Take(byte value)
    {
        bool afterReturn = _afterReturn;
        _afterReturn = false;
        switch (_state)
        {
            case EscapeState:
                return AfterEscape(value);
            case CsiState:
                return InCsi(value);
            case Ss3State:
                _state = PlainState;
                return Final(value);
            case OscState:
                if (value == 0x07) _state = PlainState;
                else if (value == Esc) _state = EscapeState;
                return EditKey.None;
            default:
                return Plain(value, afterReturn);
        }
    }

    private EditKey Plain(byte value, bool afterReturn)
    {
        if (value >= 0x20 && value != 0x7F) return EditKey.Text;
        switch (value)
        {
            case 0x01: return EditKey.Home;
            case 0x02: return EditKey.Left;
            case 0x03: return EditKey.Interrupt;
            case 0x04: return EditKey.Delete;
            case 0x05: return EditKey.End;
            case 0x06: return EditKey.Right;
            case 0x08:
            case 0x7F: return EditKey.Backspace;
            case 0x09: return EditKey.Tab;
            case 0x0A: return afterReturn ? EditKey.None : EditKey.Enter;
            case 0x0B: return EditKey.KillEnd;
            case 0x0C: return EditKey.ClearScreen;
            case 0x0D:
                _afterReturn = true;
                return EditKey.Enter;
            case 0x0E: return EditKey.Down;
            case 0x10: return EditKey.Up;
            case 0x15: return EditKey.KillStart;
            case 0x17: return EditKey.KillWord;
            case Esc:
                _state = EscapeState;
                return EditKey.None;
            default: return EditKey.None;
        }
    }

    private EditKey AfterEscape(byte value)
    {
        _state = PlainState;
        switch (value)
        {
            case Esc:
                _state = EscapeState;
                return EditKey.None;
            case (byte)'[':
                _state = CsiState;
                _number = 0;
                _modifier = -1;
                return EditKey.None;
            case (byte)'O':
                _state = Ss3State;
                _modifier = -1;
                return EditKey.None;
            case (byte)']':
                _state = OscState;
                return EditKey.None;
            case (byte)'\\': return EditKey.None; // ST, the end of an OSC
            case 0x0D:
                _afterReturn = true;
                return EditKey.Break;
            case 0x0A: return EditKey.Break;
            case (byte)'b': return EditKey.WordLeft;
            case (byte)'f': return EditKey.WordRight;
            case 0x08:
            case 0x7F: return EditKey.KillWord;
            default: return Plain(value, false);
        }
    }

    private EditKey InCsi(byte value)
    {
        if (value >= 0x40 && value <= 0x7E)
        {
            _state = PlainState;
            return Final(value);
        }

        if (value >= '0' && value <= '9')
        {
            if (_modifier >= 0) _modifier = (_modifier * 10 + value - '0') % 1000;
            else _number = (_number * 10 + value - '0') % 1000;
        }
        else if (value == ';')
        {
            _modifier = 0;
        }
        else if (value < 0x20 || value > 0x7E)
        {
            _state = PlainState; // no sequence after all; do not swallow what follows
            return Plain(value, false);
        }

        return EditKey.None;
    }

    private EditKey Final(byte value)
    {
        _hasSeenTerminal = true;
        bool isByWord = _modifier == 5 || _modifier == 3; // 5 Ctrl, 3 Alt
        switch ((char)value)
        {
            case 'A': return EditKey.Up;
            case 'B': return EditKey.Down;
            case 'C': return isByWord ? EditKey.WordRight : EditKey.Right;
            case 'D': return isByWord ? EditKey.WordLeft : EditKey.Left;
            case 'H': return EditKey.Home;
            case 'F': return EditKey.End;
            case '~': return Numbered();
            default: return EditKey.None;
        }
    }

    private EditKey Numbered()
    {
        switch (_number)
        {
            case 1:
            case 7: return EditKey.Home;
            case 4:
            case 8: return EditKey.End;
            case 3: return EditKey.Delete;
            case 200:
            case 201:
                _isPasting = _number == 200;
                return EditKey.None;
            default: return EditKey.None;
        }
    }
}

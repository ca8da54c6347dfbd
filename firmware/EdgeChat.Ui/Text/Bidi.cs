using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Finds the runs of a line that go in one direction, in the order in which they are read: the rules W1 to W7, N1, N2, I1, I2 and
/// L1 of Unicode Standard Annex 9.</summary>
/// <remarks>Formatting characters that open and close a direction (X1 to X8) count as nothing, and a bracket is no pair but a sign of its
/// own (not N0). No level above 2 comes of that, so a line needs no table of levels.</remarks>
internal sealed partial class Bidi
{
    private const int Sight = 32; // bytes before and after a line that are looked at for what a sign at its end stands beside

    // of both no byte but letters and marks, as UTF-8 has them: U+0591 to U+05FF, U+0620 to U+065F
    private const int HebrewFirst = 0xD691;
    private const int HebrewLast = 0xD7BF;
    private const int ArabicFirst = 0xD8A0;
    private const int ArabicLast = 0xD99F;

    private byte[] _text;
    private int _paragraph; // where it begins
    private int _paragraphEnd;
    private int _to;
    private int _strong;    // the last letter's direction
    private bool _isAfterLeft; // whether what comes next follows a letter, or a number, that goes to the right
    private int _next;
    private int _heldEnd; // of what was found after the last run, which is then the next one's beginning
    private int _heldLevel;

    /// <summary>Whether the paragraph is read from the right.</summary>
    internal bool IsRightToLeft;

    /// <summary>Where the run that was found last ends.</summary>
    internal int RunEnd;

    /// <summary>Its level: even for what goes to the right, 0 when nothing around it goes to the left.</summary>
    internal int Level;

    /// <summary>While its runs that go to the right are drawn, which need no further order.</summary>
    internal bool IsDrawing;

    /// <summary>Enters the paragraph that a place of a text lies in; <see cref="IsRightToLeft"/> tells its direction.</summary>
    internal void Enter(byte[] text, int start, int place, int end)
    {
        while (place > start && text[place - 1] != '\n') place--;
        _text = text;
        _paragraph = place;
        _paragraphEnd = end;
        IsRightToLeft = StartsRight(text, place, end);
    }

    /// <summary>Enters the next paragraph when a line begins one.</summary>
    internal void EnterNext(int start)
    {
        if (start > _paragraph && _text[start - 1] == '\n') Enter(_text, start, start, _paragraphEnd);
    }

    /// <summary>Begins a line, or a part of one, that runs up to <paramref name="end"/>.</summary>
    internal void Begin(int start, int end)
    {
        RunEnd = start;
        _heldEnd = 0;
        _to = end + Sight < _paragraphEnd ? end + Sight : _paragraphEnd;
        _strong = IsRightToLeft ? Right : Left;
        for (int i = start; i > _paragraph && start - i < Sight;)
        {
            i = Utf8.Previous(_text, i);
            int kind = ClassOf(Utf8.Decode(_text, i, start) >> 3);
            if (kind > Arabic) continue;
            _strong = kind;
            break;
        }

        _isAfterLeft = _strong == Left;
    }

    /// <summary>Finds the next run; false at the end.</summary>
    /// <param name="end">Where the line ends.</param>
    /// <param name="isWhole">Whether runs that follow each other in a part of which the order is turned are taken as one.</param>
    internal bool Next(int end, bool isWhole)
    {
        if (RunEnd >= end) return false;
        if (_heldEnd > RunEnd) RunEnd = _heldEnd;
        else _heldLevel = Item(end);
        Level = _heldLevel;
        while (RunEnd < end)
        {
            int at = RunEnd;
            _heldLevel = Item(end);
            if (_heldLevel == Level || (isWhole && _heldLevel > 0 && Level > 0)) continue;
            _heldEnd = RunEnd;
            RunEnd = at;
            break;
        }

        return true;
    }

    /// <summary>Whether the first letter of a text that has a direction goes to the left.</summary>
    internal static bool StartsRight(byte[] text, int start, int end)
    {
        while (start < end && text[start] != '\n')
        {
            int decoded = Utf8.Decode(text, start, end);
            int kind = ClassOf(decoded >> 3);
            if (kind <= Arabic) return kind != Left;
            start += decoded & 7;
        }

        return false;
    }

    /// <summary>Takes letters, a number or signs at <see cref="RunEnd"/>, and gives their level.</summary>
    private int Item(int end)
    {
        int left = IsRightToLeft ? 2 : 0;
        int kind = KindAt(RunEnd);
        RunEnd = _next;
        if (kind <= Arabic)
        {
            _strong = kind;
            _isAfterLeft = kind == Left;
            if (_isAfterLeft) return left;
            PassLetters(end, kind == Arabic);
            return 1;
        }

        if (kind == Number || kind == ArabicNumber)
        {
            bool isArabic = kind == ArabicNumber || _strong == Arabic;
            PassNumber(end, isArabic);
            _isAfterLeft = !isArabic && _strong == Left;
            return _isAfterLeft ? left : 2;
        }

        while (RunEnd < end && KindAt(RunEnd) > ArabicNumber) RunEnd = _next;
        bool isBeforeLeft = IsBeforeLeft(RunEnd);
        if (_isAfterLeft == isBeforeLeft) return isBeforeLeft ? left : 1;
        return IsRightToLeft ? 1 : 0;
    }

    // the commonest letters and marks of the same direction, without their classes
    private void PassLetters(int end, bool isArabic)
    {
        byte[] text = _text;
        int at = RunEnd;
        for (int last = end - 1; at < last; at += 2)
        {
            int code = text[at] << 8 | text[at + 1];
            if (isArabic ? code < ArabicFirst || code > ArabicLast : code < HebrewFirst || code > HebrewLast) break;
        }

        RunEnd = at;
    }

    private void PassNumber(int end, bool isArabic)
    {
        while (RunEnd < end)
        {
            int kind = KindAt(RunEnd);
            int next = _next;
            if (kind == Separator || (kind == Sign && !isArabic))
            {
                if (next >= end || ClassOf(Utf8.Decode(_text, next, end) >> 3) != Number) return;
            }
            else if (kind != Number && kind != Mark && !(isArabic && kind == ArabicNumber) &&
                (isArabic || kind != Terminator))
            {
                return;
            }

            RunEnd = next;
        }
    }

    // what signs stand before; the paragraph's direction where nothing has one
    private bool IsBeforeLeft(int at)
    {
        while (at < _to && _text[at] != '\n')
        {
            int kind = KindAt(at);
            if (kind <= Arabic) return kind == Left;
            if (kind <= ArabicNumber) return kind == Number && _strong == Left;
            at = _next;
        }

        return !IsRightToLeft;
    }

    // a sign of currency or of percent is part of the number after it; what is after a number is seen where the number is passed
    private int KindAt(int at)
    {
        int decoded = Utf8.Decode(_text, at, _paragraphEnd);
        int kind = ClassOf(decoded >> 3);
        _next = at + (decoded & 7);
        if (kind != Terminator || _strong == Arabic || _next >= _paragraphEnd) return kind;
        return ClassOf(Utf8.Decode(_text, _next, _paragraphEnd) >> 3) == Number ? Number : kind;
    }
}

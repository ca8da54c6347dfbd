using EdgeChat.Core;

namespace EdgeChat.Ui;

// takes back one choice after the other: of the character or word that was written last the last press, of those before it each one whole
public sealed partial class TextEntry
{
    private const int PressesInInt = 16; // two bits each

    // what a choice did to the text: how much longer it got, whether the space before it went, whether the word got a capital letter
    private const int GrownMask = 0x3F;
    private const int TookSpaceBit = 0x40;
    private const int LiftedBit = 0x80;

    private readonly byte[] _choices = new byte[Limits.UndoneChoices];
    private int _choiceCount;
    private int _path; // presses since the last character, the last one in the lowest bits
    private int _pathLength;
    private bool _isFromDigits; // they began on the page of digits

    // of the choice that was made last, until it is taken back
    private int _lastPath;
    private int _lastLength;
    private bool _hadDigits;
    private bool _wasShifted;
    private int _digits; // choices on the page of digits since it was opened
    private bool _isOpenedByDigit; // that was chosen elsewhere

    // of the text before the choice
    private int _countBefore;
    private int _wordBefore; // where a word begins with a small letter, or -1
    private bool _hadSpace;

    /// <summary>Takes back the last press, or what was written by it; false when there is nothing.</summary>
    public bool Undo()
    {
        if (UndoChoice()) return true;
        if (_page == DigitsPage && _digits == 0 && !_isOpenedByDigit)
        {
            Guess();
            return true;
        }

        if (_choiceCount == 0) return Delete();
        int choice = _choices[--_choiceCount];
        while (choice == 0 && _lastLength == 0 && _choiceCount > 0) choice = _choices[--_choiceCount]; // it was the shift, long ago
        Count -= choice & GrownMask;
        if ((choice & TookSpaceBit) != 0) Text[Count++] = (byte)' ';
        if ((choice & LiftedBit) != 0) Text[LetterModel.WordStart(Text, Count)] |= 0x20;
        Replay(_page == DigitsPage ? _digits > 0 : _hadDigits && _lastLength > 0);
        return true;
    }

    /// <summary>Takes back the last choice of a group; false when there is none.</summary>
    public bool UndoChoice()
    {
        if (_chooser.Undo())
        {
            _path >>= 2;
            _pathLength--;
            return true;
        }

        if (_page != MorePage) return false;
        Guess();
        return true;
    }

    // the presses of the last choice but its last one
    private void Replay(bool besideDigits)
    {
        int path = _lastPath;
        int length = _lastLength;
        _lastLength = 0;
        if (besideDigits)
        {
            _digits--;
            StayOnDigits();
        }
        else
        {
            Guess();
        }

        if (length > 0) _shifted = _wasShifted;
        if (length > PressesInInt) return;
        for (int i = length - 1; i > 0; i--) Press((Key)(path >> 2 * i & 3));
    }

    private void BeginPath()
    {
        _path = 0;
        _pathLength = 0;
        _isFromDigits = _page == DigitsPage;
    }

    private void NotePress(Key key)
    {
        _path = _path << 2 | (int)key;
        _pathLength++;
    }

    private void BeginChoice()
    {
        _countBefore = Count;
        int start = LetterModel.WordStart(Text, Count);
        _wordBefore = start < Count && Text[start] >= 'a' ? start : -1;
        _hadSpace = Count > 0 && Text[Count - 1] == ' ';
        _hadDigits = _isFromDigits;
        if (_hadDigits) _digits++;
        _wasShifted = _shifted;
        _lastPath = _path;
        _lastLength = _pathLength;
        BeginPath();
    }

    private void EndChoice()
    {
        int choice = 0;
        int before = _countBefore;
        if (_hadSpace && Text[before - 1] != ' ')
        {
            choice = TookSpaceBit;
            before--;
        }

        choice |= Count - before;
        if (_wordBefore >= 0 && Text[_wordBefore] < 'a') choice |= LiftedBit;
        if (_choiceCount == Limits.UndoneChoices) System.Array.Copy(_choices, 1, _choices, 0, --_choiceCount);
        _choices[_choiceCount++] = (byte)choice;
    }

    private void ForgetChoices()
    {
        _choiceCount = 0;
        _lastLength = 0;
    }
}

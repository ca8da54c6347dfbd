using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Text written with three keys: the next character or word is chosen by halving a list in three until one is left.</summary>
/// <remarks>Capitals come by themselves at the start of a sentence and for "I"; a word that was offered brings its space, which a
/// following sign takes away again. Not responsible for keeping drafts or for sending.</remarks>
public sealed partial class TextEntry
{
    private const int LongestCandidate = 24;
    private const int DigitWeight = 4;
    private const int SignWeight = 2;
    private const int MostCandidates = 103; // characters of MoreText and ExactText
    private const byte LettersPage = 0;
    private const byte DigitsPage = 1;
    private const byte MorePage = 2;

    private const string MoreText =
        "1234567890:-\"()@/+=#&%*€$£°;_äöüßàáâãåæçèéêëìíîïñòóôõøùúûýąćčęěğłńőřśšůűźżž🙂😂😉😍😢👍👎🙏👋❤🔥🎉⭐☀☕🍺⇧";

    // what is only in passwords
    private const string ExactText = "<>[]{}|\\^~`";

    private readonly int[] _weights = new int[MostCandidates];
    private readonly LetterModel _model;
    private readonly Chooser _chooser;
    private byte _page; // of all but letters the model's buffer has the text
    private bool _shifted;
    private bool _isExact;

    /// <summary>Makes an entry for the text that <see cref="Load"/> gives it.</summary>
    public TextEntry()
    {
        _model = new LetterModel(_weights);
        _chooser = new Chooser(_weights);
    }

    /// <summary>The text as UTF-8.</summary>
    public byte[] Text { get; } = new byte[Limits.WrittenBytes];

    /// <summary>Bytes of the text.</summary>
    public int Count { get; private set; }

    /// <summary>How many groups there are to choose from: 3, or 2 where the key Ok has none. In force from the next character on.</summary>
    public int Ways
    {
        get { return _chooser.Ways; }
        set { _chooser.Ways = value; }
    }

    /// <summary>Whether words of the list are offered and weigh the letters; otherwise pairs of letters alone do. In force from the next
    /// character on.</summary>
    public bool UsesWords
    {
        get { return _model.UsesWords; }
        set { _model.UsesWords = value; }
    }

    /// <summary>Whether the text is exactly what is chosen: no capital and no space comes by itself, and no word is offered. In force from
    /// the next text on.</summary>
    public bool IsExact
    {
        get { return _isExact; }
        set
        {
            _isExact = value;
            UsesWords = UsesWords && !value;
        }
    }

    /// <summary>Whether a choice has begun that is not yet a character.</summary>
    public bool IsChoosing { get { return _page == MorePage || _chooser.Depth > 0; } }

    /// <summary>Whether the page of digits is open.</summary>
    public bool HasDigits { get { return _page == DigitsPage; } }

    /// <summary>Puts a text in place of what is there, cut at a character when it is too long.</summary>
    public void Load(byte[] text, int count)
    {
        if (count > Limits.WrittenBytes)
        {
            count = Limits.WrittenBytes;
            while (count > 0 && (text[count] & 0xC0) == 0x80) count--;
        }

        System.Array.Copy(text, Text, count);
        Count = count;
        _shifted = false;
        ForgetChoices();
        Guess();
    }

    /// <summary>Opens the page of digits, times and the signs that stand with them. It stays open until a space, or the way back to the
    /// letters, is chosen.</summary>
    public void OpenDigits()
    {
        _shifted = false;
        _digits = 0;
        _isOpenedByDigit = false;
        StayOnDigits();
    }

    /// <summary>Takes the choice of a group; false when the text is full or the group is empty, so that nothing has changed.</summary>
    public bool Press(Key key)
    {
        int chosen = _chooser.Choose(key);
        if (chosen == -2) return false;
        NotePress(key);
        if (chosen < 0) return true;
        bool isMore = _page != LettersPage;
        int code = isMore ? Utf8.Decode(_model.Buffer, MoreAt(chosen), _model.Buffer.Length) >> 3 : _model.CodeAt(chosen);
        if (code == LetterModel.More)
        {
            OpenMore();
            return true;
        }

        bool hasDigits = _page == DigitsPage;
        if (hasDigits && code == Numbers.ToLetters)
        {
            Guess();
            return true;
        }

        BeginChoice();
        bool taken = true;
        if (code == LetterModel.Shift) _shifted = !_shifted;
        else if (code < 0) taken = InsertWord(~code);
        else taken = Insert(code == Numbers.Space ? ' ' : code, hasDigits);
        if (taken) EndChoice();
        else ForgetChoices();
        if (!hasDigits && !IsExact && Numbers.IsDigit(code))
        {
            _digits = 0;
            _isOpenedByDigit = true;
            hasDigits = true;
        }

        if (hasDigits && code != Numbers.Space) StayOnDigits();
        else Guess();
        return taken;
    }

    /// <summary>Removes the last character; false when there is none.</summary>
    public bool Delete()
    {
        if (Count == 0) return false;
        Count = Cluster.Previous(Text, Count);
        ForgetChoices();
        Guess();
        return true;
    }

    /// <summary>Removes the last word and the spaces after it; false when there is none.</summary>
    public bool DeleteWord()
    {
        if (Count == 0) return false;
        while (Count > 0 && Text[Count - 1] == ' ') Count--;
        while (Count > 0 && Text[Count - 1] != ' ') Count--;
        ForgetChoices();
        Guess();
        return true;
    }

    /// <summary>Writes what a key stands for now, for a person to read; gives the number of bytes.</summary>
    public int Describe(Key key, byte[] into)
    {
        int end = _chooser.GroupEnd(key);
        int start = _chooser.GroupStart(key);
        int room = into.Length - LongestCandidate;
        int length = 0;
        bool capital = IsCapital();
        byte[] buffer = _model.Buffer;
        int more = _page != LettersPage ? MoreAt(start) : 0;
        for (int i = start; i < end && length < room; i++)
        {
            int code;
            if (_page != LettersPage)
            {
                int decoded = Utf8.Decode(buffer, more, buffer.Length);
                more += decoded & 7;
                code = decoded >> 3;
            }
            else
            {
                code = _model.CodeAt(i);
            }

            if (code == Numbers.ToLetters)
            {
                length += Encoding.UTF8.GetBytes("abc", 0, 3, into, length);
                continue;
            }

            if (code >= 0)
            {
                length += Utf8.Encode(code == ' ' ? Numbers.Space : capital ? Upper(code) : code, into, length);
                continue;
            }

            length = DescribeWord(~code, capital, into, length);
        }

        return length;
    }

    private int DescribeWord(int offer, bool isCapital, byte[] into, int length)
    {
        int start = length;
        int begun = LetterModel.WordStart(Text, Count);
        System.Array.Copy(Text, begun, into, length, Count - begun);
        length += Count - begun;
        System.Array.Copy(_model.Buffer, _model.PlaceOf(offer), into, length, _model.LeftOf(offer));
        length += _model.LeftOf(offer);
        if ((isCapital && begun == Count) || _model.IsCapital(offer)) into[start] = (byte)Upper(into[start]);
        into[length++] = (byte)' ';
        return length;
    }

    private bool IsCapital()
    {
        if (IsExact) return _shifted;
        int last = Count;
        while (last > 0 && Text[last - 1] == ' ') last--;
        bool starts = last == 0 || (last < Count && (Text[last - 1] == '.' || Text[last - 1] == '!' || Text[last - 1] == '?'));
        return starts != _shifted;
    }

    private void Guess()
    {
        _page = LettersPage;
        BeginPath();
        _model.Guess(Text, Count);
        _chooser.Reset(_model.Start, _model.End);
    }

    private void StayOnDigits()
    {
        _page = DigitsPage;
        Encoding.UTF8.GetBytes(Numbers.Page, 0, Numbers.PageLength, _model.Buffer, 0);
        _model.WeighPage(Numbers.Following(Text, Count));
        _chooser.Reset(0, Numbers.PageLength);
        BeginPath();
    }

    private void OpenMore()
    {
        _page = MorePage;
        byte[] buffer = _model.Buffer;
        string text = IsExact ? MoreText + ExactText : MoreText;
        int end = Encoding.UTF8.GetBytes(text, 0, text.Length, buffer, 0);
        int count = 0;
        for (int i = 0; i < end; count++)
        {
            int decoded = Utf8.Decode(buffer, i, end);
            i += decoded & 7;
            int code = decoded >> 3;
            _weights[count] = code < 0x3B ? DigitWeight : code < 0xC0 ? SignWeight : 1;
        }

        _chooser.Reset(0, count);
    }

    /// <summary>Where a character of an opened page begins in the model's buffer.</summary>
    private int MoreAt(int candidate)
    {
        byte[] buffer = _model.Buffer;
        int at = 0;
        while (candidate > 0)
        {
            at++;
            if ((buffer[at] & 0xC0) != 0x80) candidate--;
        }

        return at;
    }

    private bool Insert(int code, bool besideDigits)
    {
        bool isSign = LetterModel.IsSign(code) && !besideDigits && !IsExact; // else "10.30" and "1,5" would have spaces
        bool isLetter = code > '\'' && !isSign;
        if (!isLetter)
        {
            LiftLoneI();
            if (isSign && Count > 0 && Text[Count - 1] == ' ') Count--;
        }

        if (Count + 5 > Limits.WrittenBytes) return false;
        Count += Utf8.Encode(IsCapital() ? Upper(code) : code, Text, Count);
        _shifted = false;
        if (isSign) Text[Count++] = (byte)' ';
        return true;
    }

    private bool InsertWord(int offer)
    {
        int left = _model.LeftOf(offer);
        int start = LetterModel.WordStart(Text, Count);
        if (Count + left + 1 > Limits.WrittenBytes) return false;
        bool isCapital = start == Count && IsCapital();
        System.Array.Copy(_model.Buffer, _model.PlaceOf(offer), Text, Count, left);
        if (isCapital || _model.IsCapital(offer)) Text[start] = (byte)Upper(Text[start]);
        Count += left;
        Text[Count++] = (byte)' ';
        _shifted = false;
        return true;
    }

    /// <summary>Makes the word that was just written a capital "I" when it is one, also before an apostrophe.</summary>
    private void LiftLoneI()
    {
        if (IsExact) return;
        int start = LetterModel.WordStart(Text, Count);
        if (start < Count && Text[start] == 'i' && (start + 1 == Count || Text[start + 1] == '\'')) Text[start] = (byte)'I';
    }

    private static int Upper(int code)
    {
        if ((code >= 'a' && code <= 'z') || (code >= 0xE0 && code <= 0xFE && code != 0xF7)) return code - 32;
        if ((code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177)) return code & ~1;
        if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E)) return (code & 1) == 0 ? code - 1 : code;
        return code;
    }
}

namespace EdgeChat.Ui;

/// <summary>Guesses what is written next: a weight for every character and up to three words, from the word begun and the one before
/// it.</summary>
/// <remarks>Each word that continues what was begun gives its weight to its next letter, or to the space that ends it; pairs of letters
/// serve the words that are not known. Order of candidates: words, digits where a number is likely, space, a to z, signs, more, shift. The
/// space is none of them after a space, the shift only there.</remarks>
public sealed partial class LetterModel
{
    /// <summary>The candidate that opens the digits, signs, letters with accents and emoji.</summary>
    public const int More = 0x22EF;

    /// <summary>The candidate that makes the next letter a capital one, or a small one where that is a capital one by itself.</summary>
    public const int Shift = 0x21E7;

    private const int SpaceAt = FirstLetter - 1; // there are no digits where there is a space
    private const int ApostropheAt = FirstSign + 4;
    private const int Digits = 10;
    private const int FirstLetter = MostWords + Digits;
    private const int Letters = 27; // the space and a to z
    private const int FirstSign = SpaceAt + Letters;
    private const int MoreAt = ApostropheAt + 1;
    private const int ShiftAt = MoreAt + 1;
    private const int Whole = 10000; // weight of all candidates, about
    private const int Least = 12;
    private const int MoreWeight = 60;
    private const int ShiftWeight = 200;
    private const int EndWeight = 3000; // of a space after what is neither word nor space
    private const int LeastShareOfDigits = 5; // one in so many

    private readonly int[] _weights;
    private int _firstCharacter; // the first candidate that is no word
    private bool _hasDigits;

    /// <summary>Makes the model; it writes into <paramref name="weights"/> how probable each candidate is, in no unit.</summary>
    public LetterModel(int[] weights)
    {
        _weights = weights;
    }

    /// <summary>Whether words are offered and weigh their letters.</summary>
    public bool UsesWords { get; set; } = true;

    /// <summary>The first candidate.</summary>
    public int Start { get; private set; }

    /// <summary>One past the last candidate.</summary>
    public int End { get; private set; }

    /// <summary>The code point of a candidate; a negative one is the complement of the number of an offered word.</summary>
    public int CodeAt(int candidate)
    {
        if (candidate < _firstCharacter) return ~(candidate - Start);
        if (candidate < FirstLetter)
        {
            if (!_hasDigits) return ' ';
            return candidate == SpaceAt ? '0' : '1' + candidate - _firstCharacter;
        }

        if (candidate < FirstSign) return 'a' + candidate - FirstLetter;
        switch (candidate - FirstSign)
        {
            case 0: return '.';
            case 1: return ',';
            case 2: return '?';
            case 3: return '!';
            case 4: return '\'';
            case 5: return More;
            default: return Shift;
        }
    }

    /// <summary>Weighs the candidates that may follow a text.</summary>
    public void Guess(byte[] text, int count)
    {
        int start = WordStart(text, count);
        int length = count - start;
        System.Array.Clear(_weights, 0, _weights.Length);
        _words = 0;
        _digits = 0;
        bool afterSpace = length == 0 && (count == 0 || text[count - 1] == ' ');
        int total = UsesWords && (length > 0 || afterSpace) ? Find(text, start, length) : 0;
        _hasDigits = afterSpace && _digits * LeastShareOfDigits > total;
        if (!_hasDigits) total -= _digits;
        // what the list knows counts more the more of the word is there to match
        int known = total <= 0 ? 0 : length >= 2 ? 85 : 75;
        WeighLetters(length == 0 ? 0 : LetterIndex(text[count - 1]), total, known);
        if (length == 0 && !afterSpace) _weights[SpaceAt] += EndWeight;
        WeighSigns(afterSpace, count == 0);
        if (_hasDigits) WeighDigits(Share(_digits, total, known));
        _firstCharacter = _hasDigits ? MostWords : afterSpace ? FirstLetter : SpaceAt;
        Start = _firstCharacter - _words;
        for (int i = 0; i < _words; i++) _weights[Start + i] = Share(_weights[FirstOffer + i * Stride + WeightOfAt], total, known);
        _weights[MoreAt] = MoreWeight;
        _weights[ShiftAt] = ShiftWeight;
        End = afterSpace && count > 0 ? ShiftAt + 1 : ShiftAt;
    }

    /// <summary>Weighs the characters of the page of digits by a row of <see cref="Numbers"/>.</summary>
    public void WeighPage(string row)
    {
        int at = LoadRow(row, 0, Numbers.PageLength);
        for (int i = 0; i < Numbers.PageLength; i++) _weights[i] = Least / 3 + WeightOf(Buffer[at + i]);
    }

    private static int Share(int part, int whole, int percent)
    {
        return (int)((long)part * percent * (Whole / 100) / whole);
    }

    /// <summary>Adds to what the words say of each letter what the letter before it says.</summary>
    private void WeighLetters(int previous, int total, int known)
    {
        int[] weights = _weights;
        byte[] row = Buffer;
        int at = LoadRow(Words.Pairs, previous < 0 ? 0 : previous * Words.RowBytes, Words.RowBytes);
        int unknown = (100 - known) * (Whole / 100);
        long scale = known * (Whole / 100);
        if (known == 0) total = 1;
        for (int i = SpaceAt; i < FirstSign; i++, at++)
            weights[i] = Least + WeightOf(row[at]) * unknown / Words.RowWeight + (int)(weights[i] * scale / total);
        weights[ApostropheAt] = Least + (int)(weights[ApostropheAt] * scale / total);
    }

    private void WeighSigns(bool afterSpace, bool isEmpty)
    {
        // a word that was offered has brought its space; a sign takes it away
        int end = isEmpty ? 0 : afterSpace ? Whole * 4 / 5 : _weights[SpaceAt];
        _weights[FirstSign] = Least + end / 50;
        _weights[FirstSign + 1] = Least + end / 28;
        _weights[FirstSign + 2] = Least + end / 33;
        _weights[FirstSign + 3] = Least + end / 100;
    }

    private void WeighDigits(int all)
    {
        int row = LoadRow(Numbers.First, 0, Digits);
        for (int i = 0; i < Digits; i++) _weights[MostWords + i] = Least + all * WeightOf(Buffer[row + i]) / Numbers.FirstWeight;
    }
}

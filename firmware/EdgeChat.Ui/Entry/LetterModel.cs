using System.Text;

namespace EdgeChat.Ui;

/// <summary>Guesses what is written next: a weight for every character and up to two words, from the word begun and its last
/// letter.</summary>
/// <remarks>Each word of the list that continues what was begun gives its weight to its next letter (or to the space that ends it); pairs
/// of letters serve the words that the list does not have. Order of candidates: words, space, a to z, signs, more; the last ones have
/// always the same numbers, the words come before what is first of the others. Of the list there is only what begins with the same letter
/// on the heap.</remarks>
public sealed class LetterModel
{
    /// <summary>The candidate that opens the digits, signs, letters with accents and emoji.</summary>
    public const int More = 0x22EF;

    /// <summary>One past the last candidate.</summary>
    public const int End = MoreAt + 1;

    private const int SpaceAt = 2; // after two words
    private const int FirstLetter = SpaceAt + 1;
    private const int FirstSign = SpaceAt + Letters;
    private const int MoreAt = FirstSign + 5;
    private const int Letters = 27; // the space and a to z
    private const int RankCharacters = 2;
    private const int Head = RankCharacters + 1; // and the word's length
    private const int TotalCharacters = 4;
    private const int NumberCharacters = 3;

    private readonly int[] _weights;
    private int _place;  // the word whose letters are most worth offering, found in Buffer
    private int _weight; // 0 when there is none
    private int _gain;
    private int _secondPlace;
    private int _secondWeight;
    private int _secondGain;
    private int _firstCharacter; // the first candidate that is no word

    /// <summary>Makes the model; it writes into <paramref name="weights"/> how probable each candidate is, in no unit.</summary>
    public LetterModel(int[] weights)
    {
        _weights = weights;
    }

    /// <summary>Whether words are offered and weigh their letters.</summary>
    public bool UsesWords { get; set; } = true;

    /// <summary>The first candidate.</summary>
    public int Start { get; private set; }

    /// <summary>Where the words are that are offered. Free for others while nothing is asked about words; <see cref="Guess"/> fills it
    /// again.</summary>
    public byte[] Buffer { get; } = new byte[Words.MostBytes + Words.RowBytes];

    /// <summary>The code point of a candidate; a negative one is a word, found at its complement in <see cref="Buffer"/>.</summary>
    public int CodeAt(int candidate)
    {
        if (candidate < _firstCharacter) return ~(candidate == Start ? _place : _secondPlace);
        if (candidate == SpaceAt) return ' ';
        if (candidate < FirstSign) return 'a' + candidate - FirstLetter;
        switch (candidate - FirstSign)
        {
            case 0: return '.';
            case 1: return ',';
            case 2: return '?';
            case 3: return '!';
            case 4: return '\'';
            default: return More;
        }
    }

    /// <summary>Where the word that starts at <paramref name="place"/> ends.</summary>
    public int WordEnd(int place) { return place + Buffer[place - 1] - '0'; }

    /// <summary>Where the word that is being written begins in a text.</summary>
    public static int WordStart(byte[] text, int count)
    {
        int start = count;
        while (start > 0 && (LetterIndex(text[start - 1]) > 0 || text[start - 1] == '\'')) start--;
        return start;
    }

    /// <summary>Weighs the candidates that may follow a text.</summary>
    public void Guess(byte[] text, int count)
    {
        int length = count - WordStart(text, count);
        System.Array.Clear(_weights, 0, End);
        _weight = 0;
        _secondWeight = 0;
        int total = 0;
        if (UsesWords) total = length == 0 ? Begin() : Match(text, count - length, length);
        // what the list knows counts more the more of the word is there to match
        int known = total == 0 ? 0 : length >= 2 ? 85 : 75;
        WeighLetters(count == 0 ? 0 : LetterIndex(text[count - 1]), total, known);
        bool afterSpace = count == 0 || text[count - 1] == ' ';
        _firstCharacter = afterSpace ? FirstLetter : SpaceAt;
        int start = _firstCharacter;
        if (_secondWeight > 0) _weights[--start] = Share(_secondWeight, total, known);
        if (_weight > 0) _weights[--start] = Share(_weight, total, known);
        Start = start;
        for (int i = FirstSign; i < MoreAt; i++) _weights[i] = afterSpace ? 40 : 180;
        _weights[MoreAt - 1] = 30; // the apostrophe
        _weights[MoreAt] = 120;
    }

    private static int LetterIndex(int c)
    {
        if (c == ' ') return 0;
        if (c >= 'A' && c <= 'Z') return c - 'A' + 1;
        return c >= 'a' && c <= 'z' ? c - 'a' + 1 : -1;
    }

    private static int Share(int part, int whole, int percent)
    {
        return (int)((long)part * percent * 100 / whole);
    }

    /// <summary>Adds to what the words say of each letter what the letter before it says.</summary>
    private void WeighLetters(int previous, int total, int known)
    {
        string row = Words.After(previous < 0 ? 0 : previous);
        int sum = 0;
        if (row != null) sum = ReadRow(row);
        int at = Words.MostBytes + TotalCharacters;
        for (int i = SpaceAt; i < FirstSign; i++, at += NumberCharacters)
        {
            int weight = 20;
            if (sum > 0) weight += Share(Number(at, NumberCharacters), sum + 1, 100 - known);
            if (known > 0) weight += Share(_weights[i], total, known);
            _weights[i] = weight;
        }
    }

    /// <summary>Weighs the letters by the words that begin with them; gives the weight of all.</summary>
    private int Begin()
    {
        int total = ReadRow(Words.Beginnings);
        int at = Words.MostBytes + TotalCharacters;
        for (int i = SpaceAt; i < FirstSign; i++, at += NumberCharacters) _weights[i] = Number(at, NumberCharacters);
        return total;
    }

    /// <summary>Spreads the words that go on from a prefix over their next letters and keeps the best two; gives the weight of
    /// all.</summary>
    private int Match(byte[] text, int start, int length)
    {
        string list = Words.Of(LetterIndex(text[start]));
        if (list == null) return 0;
        byte[] words = Buffer;
        _gain = 0;
        _secondGain = 0;
        int total = 0;
        int listEnd = Encoding.UTF8.GetBytes(list, 0, list.Length, words, 0);
        int end;
        for (int at = Head; at < listEnd; at = end + Head)
        {
            end = WordEnd(at);
            int left = end - at - length;
            if (left < 0) continue;
            int same = 1; // by the list
            while (same < length && words[at + same] == Lower(text[start + same])) same++;
            if (same < length) continue;
            int weight = Words.Scale / Number(at - Head, RankCharacters);
            total += weight;
            if (left > 1) Offer(at, weight, weight * left);
            int next = left == 0 ? 0 : LetterIndex(words[at + length]);
            if (next >= 0) _weights[SpaceAt + next] += weight;
        }

        // a word that is offered whole is not also spelled
        Unspell(_place + length, _weight);
        Unspell(_secondPlace + length, _secondWeight);
        return total;
    }

    private void Unspell(int place, int weight)
    {
        int next = weight == 0 ? -1 : LetterIndex(Buffer[place]);
        if (next >= 0) _weights[SpaceAt + next] -= weight;
    }

    private void Offer(int place, int weight, int gain)
    {
        if (gain <= _secondGain) return;
        if (gain > _gain)
        {
            _secondPlace = _place;
            _secondWeight = _weight;
            _secondGain = _gain;
            _place = place;
            _weight = weight;
            _gain = gain;
            return;
        }

        _secondPlace = place;
        _secondWeight = weight;
        _secondGain = gain;
    }

    private int ReadRow(string row)
    {
        Encoding.UTF8.GetBytes(row, 0, Words.RowBytes, Buffer, Words.MostBytes);
        return Number(Words.MostBytes, TotalCharacters);
    }

    private int Number(int at, int characters)
    {
        int number = 0;
        for (int end = at + characters; at < end; at++) number = number << 6 | Buffer[at] - '0';
        return number;
    }

    private static int Lower(int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
}

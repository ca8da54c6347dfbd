using System.Text;

namespace EdgeChat.Ui;

/// <summary>Guesses what is written next: a weight for every character and up to two words, from the word begun and its last letter.</summary>
/// <remarks>Each word of the list that continues what was begun gives its weight to its next letter (or to the space that ends it); pairs
/// of letters in the list, counted once at the start, serve the words that it does not have. Order of candidates: words, space, a to z, signs.</remarks>
public sealed class LetterModel
{
    /// <summary>The candidate that opens the digits, signs, letters with accents and emoji.</summary>
    public const int More = 0x22EF;

    /// <summary>Most candidates that there can be.</summary>
    public const int MostCandidates = MostWords + Letters + 6;

    private const int MostWords = 2;
    private const int Letters = 27; // the space and a to z
    private const int Scale = 60000; // weight of the first word; the tenth still has thousands
    private const int RankOffset = 12;

    private static readonly byte[] Signs = { (byte)'.', (byte)',', (byte)'?', (byte)'!', (byte)'\'' };

    private readonly byte[] _words;
    private readonly ushort[] _pairs = new ushort[Letters * Letters];
    private readonly int[] _mass = new int[Letters];
    private readonly int[] _codes = new int[MostCandidates];
    private readonly int[] _weights = new int[MostCandidates];
    private readonly int[] _bestPlace = new int[MostWords];
    private readonly int[] _bestWeight = new int[MostWords];
    private readonly int[] _bestGain = new int[MostWords];

    /// <summary>Makes the model from words separated by one space, the most frequent first.</summary>
    public LetterModel(string words)
    {
        _words = Encoding.UTF8.GetBytes(words);
        CountPairs();
    }

    /// <summary>Whether words are offered and weigh their letters.</summary>
    public bool UsesWords { get; set; } = true;

    /// <summary>Number of candidates.</summary>
    public int Count { get; private set; }

    /// <summary>The code points of the candidates; a negative one is a word, found at its complement in <see cref="WordBytes"/>.</summary>
    public int[] Codes { get { return _codes; } }

    /// <summary>How probable each candidate is, in no unit.</summary>
    public int[] Weights { get { return _weights; } }

    /// <summary>The list of words, each ended by a space or the end of the array.</summary>
    public byte[] WordBytes { get { return _words; } }

    /// <summary>Where the word that starts at <paramref name="place"/> ends.</summary>
    public int WordEnd(int place)
    {
        while (place < _words.Length && _words[place] != ' ') place++;
        return place;
    }

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
        int start = WordStart(text, count);
        int total = UsesWords ? Match(text, start, count - start) : Forget();
        int previous = count == 0 ? 0 : LetterIndex(text[count - 1]);
        if (previous < 0) previous = 0;
        int row = previous * Letters;
        int pairTotal = 1;
        for (int i = 0; i < Letters; i++) pairTotal += _pairs[row + i];
        // what the list knows counts more the more of the word is there to match
        int known = total > 0 ? (count - start >= 2 ? 85 : 75) : 0;
        Count = 0;
        for (int i = 0; i < MostWords; i++)
            if (_bestWeight[i] > 0) Add(~_bestPlace[i], Share(_bestWeight[i], total, known));
        bool afterSpace = count == 0 || text[count - 1] == ' ';
        for (int i = 0; i < Letters; i++)
        {
            if (i == 0 && afterSpace) continue;
            int weight = 20 + Share(_pairs[row + i], pairTotal, 100 - known);
            if (known > 0) weight += Share(_mass[i], total, known);
            Add(i == 0 ? ' ' : 'a' + i - 1, weight);
        }

        int sign = afterSpace ? 40 : 180;
        for (int i = 0; i < Signs.Length; i++) Add(Signs[i], Signs[i] == '\'' ? 30 : sign);
        Add(More, 120);
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

    private void Add(int code, int weight)
    {
        _codes[Count] = code;
        _weights[Count] = weight;
        Count++;
    }

    /// <summary>Spreads the words that go on from a prefix over their next letters and keeps the best ones; gives the weight of all.</summary>
    private int Match(byte[] text, int start, int length)
    {
        System.Array.Clear(_mass, 0, Letters);
        System.Array.Clear(_bestWeight, 0, MostWords);
        System.Array.Clear(_bestGain, 0, MostWords);
        byte[] words = _words;
        int total = 0;
        int rank = RankOffset;
        int at = 0;
        while (at < words.Length)
        {
            int weight = Scale / rank++;
            int same = 0;
            while (same < length && at + same < words.Length && words[at + same] == Lower(text[start + same])) same++;
            int end = WordEnd(at + same);
            if (same == length)
            {
                total += weight;
                bool ends = end == at + same;
                int next = ends ? 0 : LetterIndex(words[at + same]);
                if (!ends && end - at - same > 1 && length > 0) Offer(at, weight, end - at - same);
                if (next >= 0) _mass[next] += weight;
            }

            at = end + 1;
        }

        // a word that is offered whole is not also spelled
        for (int i = 0; i < MostWords; i++)
        {
            if (_bestWeight[i] == 0) continue;
            int next = LetterIndex(words[_bestPlace[i] + length]);
            if (next >= 0) _mass[next] -= _bestWeight[i];
        }

        return total;
    }

    private int Forget()
    {
        System.Array.Clear(_mass, 0, Letters);
        System.Array.Clear(_bestWeight, 0, MostWords);
        return 0;
    }

    private void Offer(int place, int weight, int saved)
    {
        int gain = weight * saved;
        for (int i = 0; i < MostWords; i++)
        {
            if (gain <= _bestGain[i]) continue;
            for (int k = MostWords - 1; k > i; k--)
            {
                _bestGain[k] = _bestGain[k - 1];
                _bestPlace[k] = _bestPlace[k - 1];
                _bestWeight[k] = _bestWeight[k - 1];
            }

            _bestGain[i] = gain;
            _bestPlace[i] = place;
            _bestWeight[i] = weight;
            return;
        }
    }

    private void CountPairs()
    {
        int rank = RankOffset;
        int weight = Scale / rank;
        int previous = 0;
        for (int i = 0; i <= _words.Length; i++)
        {
            int letter = i == _words.Length ? 0 : LetterIndex(_words[i]);
            if (letter < 0) letter = 0;
            if (letter != 0 || previous != 0) CountPair(previous * Letters + letter, weight);
            if (letter == 0) weight = Scale / ++rank;
            previous = letter;
        }
    }

    private void CountPair(int pair, int weight)
    {
        int sum = _pairs[pair] + weight;
        _pairs[pair] = (ushort)(sum < ushort.MaxValue ? sum : ushort.MaxValue);
    }

    private static int Lower(int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
}

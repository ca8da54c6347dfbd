using System.Text;

namespace EdgeChat.Ui;

// finds the words that may go on from what was begun, by their frequency and by the word before them: weighs the letters that they go on
// with and keeps the few that are most worth offering; of the words there is only a list of those with the same two letters on the heap
public sealed partial class LetterModel
{
    /// <summary>The most words that are offered.</summary>
    public const int MostWords = 3;

    private const int MostColumns = 22; // of a line of the display: all of them are seen
    private const int LeastShare = 64; // of all weights, one in so many
    private const int TailBytes = 16; // of the longest word
    private const int RowAt = Words.MostBytes; // a row, or a word of Words.Places
    private const int TailsAt = RowAt + Words.RowBytes;
    private const int BeforeA = 'a' - 1;

    // of each offer, behind the weights of the candidates: where its tail, the letters to come, is in the buffer; how many these are, with
    // CapitalBit; its weight
    private const int Stride = 3;
    private const int LeftAt = 1;
    private const int WeightOfAt = 2;
    private const int FirstOffer = ShiftAt + 1;
    private const int LastOffer = FirstOffer + (MostWords - 1) * Stride;
    private const int EndOfOffers = LastOffer + Stride;
    private const int CapitalBit = 0x100;

    private int _words; // how many are offered
    private int _digits; // weight of a digit coming next
    private int _leastGain; // of a word that takes the place of the last one

    private byte[] _text; // that is gone on with, and from where
    private int _start;
    private int _length;

    /// <summary>Where the letters to come of the words are.</summary>
    public byte[] Buffer { get; } = new byte[TailsAt + MostWords * TailBytes];

    /// <summary>Where the letters to come of an offered word begin in <see cref="Buffer"/>.</summary>
    public int PlaceOf(int offer) { return _weights[FirstOffer + offer * Stride]; }

    /// <summary>How many letters of an offered word are to come.</summary>
    public int LeftOf(int offer) { return _weights[FirstOffer + offer * Stride + LeftAt] & ~CapitalBit; }

    /// <summary>Whether an offered word begins with a capital letter wherever it stands.</summary>
    public bool IsCapital(int offer) { return (_weights[FirstOffer + offer * Stride + LeftAt] & CapitalBit) != 0; }

    /// <summary>Where the word that is being written begins in a text.</summary>
    public static int WordStart(byte[] text, int count)
    {
        int start = count;
        while (start > 0 && (LetterIndex(text[start - 1]) > 0 || text[start - 1] == '\'')) start--;
        return start;
    }

    /// <summary>0 for a space, 1 to 26 for a letter, -1 for all else.</summary>
    public static int LetterIndex(int c)
    {
        if (c == ' ') return 0;
        if (c >= 'A' && c <= 'Z') return c - 'A' + 1;
        return c >= 'a' && c <= 'z' ? c - BeforeA : -1;
    }

    /// <summary>Whether a character ends a sentence or a part of one, and so takes away the space before it.</summary>
    internal static bool IsSign(int c) { return c == '.' || c == ',' || c == '?' || c == '!'; }

    /// <summary>Brings a row of weights, of at most <see cref="Words.RowBytes"/>, into the buffer; gives where it is.</summary>
    private int LoadRow(string table, int start, int length)
    {
        Encoding.UTF8.GetBytes(table, start, length, Buffer, RowAt);
        return RowAt;
    }

    /// <summary>The weight that a character stands for.</summary>
    private static int WeightOf(int c)
    {
        return c == '0' ? 0 : 4 + (c & 3) << (c - '0' >> 2);
    }

    /// <summary>Finds the words that go on from the last letters of a text; gives the weight of all, digits included.</summary>
    private int Find(byte[] text, int start, int length)
    {
        _text = text;
        _start = start;
        _length = length;
        for (int i = 0; i < MostWords; i++) _weights[FirstOffer + i * Stride] = TailsAt + i * TailBytes;
        _leastGain = 0;
        int total = Follow() + ReadWords();
        _words = Choose(total);
        return total;
    }

    /// <summary>The words by their frequency; gives the weight of those that match.</summary>
    private int ReadWords()
    {
        int first = _length == 0 ? 0 : LetterIndex(_text[_start]);
        if (first < 0) return 0;
        if (_length < 2)
        {
            int total = 0;
            int at = LoadRow(Words.Seconds, first * Words.RowBytes, Words.RowBytes);
            byte[] row = Buffer;
            int[] weights = _weights;
            for (int i = SpaceAt; i < FirstSign; i++)
            {
                int weight = WeightOf(row[at++]);
                weights[i] += weight;
                total += weight;
            }

            string tops = Words.Tops(first);
            if (tops != null) Match(Load(tops, 0, tops.Length), _length, false);
            return total;
        }

        string list = Words.Of(first);
        int second = LetterIndex(_text[_start + 1]);
        int start = list == null ? -1 : list.IndexOf((char)('@' + (second < 0 ? 0 : second)));
        return start < 0 ? 0 : Match(Load(list, start + 1, list.IndexOf('/', start)), 2, true);
    }

    private int Load(string list, int start, int end)
    {
        Encoding.UTF8.GetBytes(list, start, end - start, Buffer, 0);
        return end - start;
    }

    /// <summary>Goes through a list of words without their first letters; gives the weight of those that match.</summary>
    private int Match(int end, int without, bool isWeighed)
    {
        byte[] buffer = Buffer;
        int[] weights = _weights;
        int skip = _length - without;
        int letter = skip > 0 ? _text[_start + without] | 0x20 : 0;
        int total = 0;
        int weight = Words.Top;
        for (int at = 0; at < end;)
        {
            int size = buffer[at++] - '0';
            if (size < 0)
            {
                weight >>= size + '0' - '"';
                continue;
            }

            int word = at;
            if (buffer[at] == '^') word++;
            at = word + size;
            if (skip > 0 && (size < skip || buffer[word] != letter || (skip > 1 && !IsSame(word, skip, without)))) continue;
            total += weight;
            int place = word + skip;
            int left = at - place;
            if (isWeighed)
            {
                int next = left == 0 ? 0 : buffer[place] - BeforeA;
                weights[next < 0 ? ApostropheAt : SpaceAt + next] += weight;
            }

            if (weight * left > _leastGain) Offer(place, left, buffer[word - 1] == '^', weight);
        }

        return total;
    }

    private bool IsSame(int word, int count, int from)
    {
        byte[] buffer = Buffer;
        byte[] text = _text;
        int at = _start + from;
        for (int end = word + count; word < end; word++, at++)
            if (buffer[word] != (text[at] | 0x20)) return false; // letters and the apostrophe alone are there
        return true;
    }

    private void AddTo(int place, int left, int weight)
    {
        int next = left == 0 ? 0 : Buffer[place] - BeforeA;
        _weights[next < 0 ? ApostropheAt : SpaceAt + next] += weight;
    }

    /// <summary>Keeps a word that is worth more than the last one that is kept: its weight counts for each letter.</summary>
    private void Offer(int place, int left, bool isCapital, int weight)
    {
        int[] offers = _weights;
        int at = FirstOffer;
        while (at <= LastOffer && ((offers[at + LeftAt] & ~CapitalBit) != left || !IsEqual(offers[at], place, left))) at += Stride;
        if (at <= LastOffer)
        {
            weight += offers[at + WeightOfAt]; // a follower that is frequent, too
        }
        else
        {
            at = LastOffer;
            System.Array.Copy(Buffer, place, Buffer, offers[at], left);
        }

        int tail = offers[at];
        int gain = weight * left;
        while (at > FirstOffer && offers[at - 1] * (offers[at - 2] & ~CapitalBit) < gain)
        {
            System.Array.Copy(offers, at - Stride, offers, at, Stride);
            at -= Stride;
        }

        offers[at] = tail;
        offers[at + LeftAt] = isCapital ? left | CapitalBit : left;
        offers[at + WeightOfAt] = weight;
        _leastGain = offers[LastOffer + WeightOfAt] * (offers[LastOffer + LeftAt] & ~CapitalBit);
    }

    private bool IsEqual(int a, int b, int count)
    {
        byte[] buffer = Buffer;
        for (int i = 0; i < count; i++)
            if (buffer[a + i] != buffer[b + i]) return false;
        return true;
    }

    /// <summary>Takes what is worth it and fits into a line; gives how many. What is offered whole is not also spelled.</summary>
    private int Choose(int total)
    {
        int[] offers = _weights;
        int columns = 0;
        int chosen = FirstOffer;
        for (int at = FirstOffer; at < EndOfOffers; at += Stride)
        {
            int weight = offers[at + WeightOfAt];
            int left = offers[at + LeftAt] & ~CapitalBit;
            int width = _length + left + 1;
            if (weight == 0 || weight < total / LeastShare || columns + width > MostColumns) continue;
            columns += width;
            AddTo(offers[at], left, -weight);
            System.Array.Copy(offers, at, offers, chosen, Stride);
            chosen += Stride;
        }

        return (chosen - FirstOffer) / Stride;
    }

    /// <summary>The words that follow the one before; gives the weight of those that match, and of digits.</summary>
    private int Follow()
    {
        byte[] text = _text;
        int end = _start;
        while (end > 0 && text[end - 1] == ' ') end--;
        int sign = end == 0 ? '.' : text[end - 1];
        int hash = 0;
        if (IsSign(sign))
        {
            hash = '^';
        }
        else if (Numbers.IsDigit(sign) || sign == '%')
        {
            hash = '#';
        }
        else
        {
            int start = end == _start ? end : WordStart(text, end);
            if (start == end) return 0;
            while (start < end) hash = hash * Words.HashFactor + (text[start++] | 0x20);
        }

        string list = Words.Followers(hash & Words.Buckets - 1);
        if (list == null) return 0;
        byte[] buffer = Buffer;
        int listEnd = Load(list, 0, list.Length);
        int high = '0' + (hash >> 13 & 63);
        int low = '0' + (hash >> 7 & 63);
        for (int at = 0; at < listEnd; at += Words.HeadBytes + (buffer[at + 3] - '0') * 2)
            if (buffer[at + 1] == low && buffer[at] == high) return ReadFollowers(at);
        return 0;
    }

    private int ReadFollowers(int at)
    {
        byte[] buffer = Buffer;
        int first = WeightOf(buffer[at + 2]) * 5;
        int end = at + Words.HeadBytes + (buffer[at + 3] - '0') * 2;
        int length = _length;
        int letter = length > 0 ? _text[_start] | 0x20 : 0;
        int total = 0;
        at += Words.HeadBytes;
        for (int rank = 5; at < end; rank += 2)
        {
            int c = buffer[at++];
            if (c == ' ')
            {
                if (at == end) break;
                c = buffer[at++];
            }

            bool isCapital = c == '^';
            if (isCapital) c = buffer[at++];
            if (c == '#')
            {
                _digits += first / rank;
                continue;
            }

            int word = at - 1;
            int size;
            if (c < '^')
            {
                word = (c - '0') * Words.PlaceBytes;
                size = Words.Places.IndexOf(' ', word) - word;
                word = LoadRow(Words.Places, word, size);
            }
            else
            {
                while (at < end && (buffer[at] > '^' || buffer[at] == '\'')) at++;
                size = at - word;
            }

            if (length > 0 && (size < length || buffer[word] != letter || !IsSame(word, length, 0))) continue;
            int weight = first / rank;
            int left = size - length;
            total += weight;
            AddTo(word + length, left, weight);
            if (weight * left > _leastGain) Offer(word + length, left, isCapital, weight);
        }

        return total + _digits;
    }
}

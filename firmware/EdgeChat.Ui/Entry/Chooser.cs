using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Finds one of an ordered list of candidates by repeated choice between three groups, one for each key.</summary>
/// <remarks>The groups are runs of the list, so a person finds a letter by the alphabet. They are cut so that the squares of their
/// weights have the least sum, where a group of one has none, as nothing more is chosen from it: that takes hardly more presses than the
/// best of all trees, and fewer than three equal groups. Undo goes one choice back.</remarks>
public sealed class Chooser
{
    private const int MostChoices = 16;

    private readonly byte[] _path = new byte[MostChoices * 2];
    private readonly int[] _weights;
    private int _least; // cost of the cuts that are the best so far

    /// <summary>Makes the choice between candidates of these weights, 16,000 together at most, which are read when one is made.</summary>
    public Chooser(int[] weights)
    {
        _weights = weights;
    }

    /// <summary>How many groups there are: 3, or 2 for a board with fewer buttons, where the key Ok has none.</summary>
    public int Ways { get; set; } = 3;

    /// <summary>First candidate of the first group.</summary>
    public int Start { get; private set; }

    /// <summary>First candidate of the second group.</summary>
    public int Second { get; private set; }

    /// <summary>First candidate of the third group.</summary>
    public int Third { get; private set; }

    /// <summary>One past the last candidate of the third group.</summary>
    public int End { get; private set; }

    /// <summary>Choices made since the list was set.</summary>
    public int Depth { get; private set; }

    /// <summary>Starts over with the candidates from <paramref name="start"/> to before <paramref name="end"/>, at least one, whose numbers
    /// are below 256.</summary>
    public void Reset(int start, int end)
    {
        Depth = 0;
        Open(start, end);
    }

    /// <summary>Where the group of a key begins.</summary>
    public int GroupStart(Key key) { return key == Key.Up ? Start : key == Key.Ok ? Second : Third; }

    /// <summary>Where the group of a key ends.</summary>
    public int GroupEnd(Key key) { return key == Key.Up ? Second : key == Key.Ok ? Third : End; }

    /// <summary>Chooses a group: gives the candidate when the group has just one, -1 when there is more to choose, -2 when it is
    /// empty.</summary>
    public int Choose(Key key)
    {
        int start = GroupStart(key);
        int end = GroupEnd(key);
        if (start == end) return -2;
        if (end - start == 1) return start;
        _path[Depth * 2] = (byte)Start;
        _path[Depth * 2 + 1] = (byte)End;
        Depth++;
        Open(start, end);
        return -1;
    }

    /// <summary>Takes one choice back; false when there is none.</summary>
    public bool Undo()
    {
        if (Depth == 0) return false;
        Depth--;
        Open(_path[Depth * 2], _path[Depth * 2 + 1]);
        return true;
    }

    private void Open(int start, int end)
    {
        Start = start;
        End = end;
        int count = end - start;
        if (Ways == 2)
        {
            OpenTwo(start, end, count);
            return;
        }

        if (count <= 3)
        {
            Second = start + 1 < end ? start + 1 : end;
            Third = start + 2 < end ? start + 2 : end;
            return;
        }

        // a path is as deep as its array: never leave a group with more than half of a list that is already deep
        if (Depth >= MostChoices - 8)
        {
            Second = start + count / 3;
            Third = start + count * 2 / 3;
            return;
        }

        CutInThree(start, end);
    }

    private void OpenTwo(int start, int end, int count)
    {
        if (count < 2) Second = end;
        else if (Depth < MostChoices - 8) Second = CutInTwo(start, end);
        else Second = start + count / 2;
        Third = Second;
    }

    private int CutInTwo(int start, int end)
    {
        int left = 0;
        int right = Total(start, end);
        int least = int.MaxValue;
        int best = start;
        for (int at = start + 1; at < end; at++)
        {
            left += _weights[at - 1];
            right -= _weights[at - 1];
            int cost = Cost(left, at - start) + Cost(right, end - at);
            if (cost >= least) continue;
            least = cost;
            best = at;
        }

        return best;
    }

    /// <summary>For each end of the first group, cuts the others where they are as heavy as each other, or so that one is alone.</summary>
    private void CutInThree(int start, int end)
    {
        int[] weights = _weights;
        int total = Total(start, end);
        int last = weights[end - 1];
        int left = 0;
        int middle = 0; // from the first cut to half of what is behind it
        int half = start + 1;
        _least = int.MaxValue;
        for (int at = start + 1; at < end - 1; at++)
        {
            int weight = weights[at - 1];
            left += weight;
            int rest = total - left;
            if (half > at)
            {
                middle -= weight;
            }
            else
            {
                middle = weights[at];
                half++;
            }

            while (middle * 2 < rest && half < end - 1) middle += weights[half++];
            int first = Cost(left, at - start);
            if (first >= _least) return; // and more, the larger the first group is
            Weigh(first, middle, rest - middle, at, half, end);
            int before = middle - weights[half - 1];
            if (half - 1 > at) Weigh(first, before, rest - before, at, half - 1, end);
            // one that is alone has to be heavy
            if (half > at + 2 && weights[at] * 4 > rest) Weigh(first, weights[at], rest - weights[at], at, at + 1, end);
            if (half < end - 1 && last * 4 > rest) Weigh(first, rest - last, last, at, end - 1, end);
        }
    }

    private void Weigh(int first, int middle, int right, int second, int third, int end)
    {
        int cost = first;
        if (third - second > 1) cost += middle * middle;
        if (end - third > 1) cost += right * right;
        if (cost >= _least) return;
        _least = cost;
        Second = second;
        Third = third;
    }

    private int Total(int start, int end)
    {
        int total = 0;
        for (int i = start; i < end; i++) total += _weights[i];
        return total;
    }

    private static int Cost(int weight, int count) { return count == 1 ? 0 : weight * weight; }
}

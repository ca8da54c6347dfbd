using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Finds one of an ordered list of candidates by repeated choice between three groups, one for each key.</summary>
/// <remarks>The groups are runs of the list, so a person finds a letter by the alphabet; they are cut so that each is about as probable as
/// the others, so a probable candidate takes few presses. Undo goes one choice back.</remarks>
public sealed class Chooser
{
    private const int MostChoices = 16;

    private readonly byte[] _path = new byte[MostChoices * 2];
    private readonly int[] _weights;

    /// <summary>Makes the choice between candidates of these weights, which are read when one is made.</summary>
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

        long total = 0;
        for (int i = start; i < end; i++) total += _weights[i];
        Second = Cut(start, start + 1, end - 2, total / 3);
        Third = Cut(start, Second + 1, end - 1, total * 2 / 3);

        // a path is as deep as its array: never leave a group with more than half of a list that is already deep
        if (Depth < MostChoices - 8) return;
        Second = start + count / 3;
        Third = start + count * 2 / 3;
    }

    private void OpenTwo(int start, int end, int count)
    {
        long total = 0;
        for (int i = start; i < end; i++) total += _weights[i];
        if (count < 2) Second = end;
        else if (Depth < MostChoices - 8) Second = Cut(start, start + 1, end - 1, total / 2);
        else Second = start + count / 2;
        Third = Second;
    }

    /// <summary>The place from <paramref name="low"/> to <paramref name="high"/> before which the weight comes closest to a
    /// target.</summary>
    private int Cut(int start, int low, int high, long target)
    {
        long sum = 0;
        for (int i = start; i < low; i++) sum += _weights[i];
        int at = low;
        while (at < high)
        {
            long next = sum + _weights[at];
            if (Distance(next, target) > Distance(sum, target)) break;
            sum = next;
            at++;
        }

        return at;
    }

    private static long Distance(long a, long b) { return a > b ? a - b : b - a; }
}

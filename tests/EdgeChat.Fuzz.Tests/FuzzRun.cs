using System.Diagnostics;
using EdgeChat.Metering;

namespace EdgeChat.Fuzz.Tests;

/// <summary>Gives a target changed inputs, and goes on from those that execute something new.</summary>
internal sealed class FuzzRun
{
    private const int Excess = 10; // times its share is a fault
    private readonly FuzzTarget _target;
    private readonly int _seed;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly EdgeMap _map = new();
    private readonly List<byte[]> _inputs = [];

    public FuzzRun(FuzzTarget target, int seed)
    {
        _target = target;
        _seed = seed;
        _random = new Random(seed);
        _mutator = new Mutator(_random, target.Tokens);
        foreach (byte[] input in target.Seeds.Concat(Corpus.Read(target.Name))) Try(input);
    }

    /// <summary>Those that executed something new when they came.</summary>
    public IReadOnlyList<byte[]> Inputs => _inputs;

    /// <summary>How many ways through the code were taken.</summary>
    public int Edges => _map.Edges;

    /// <summary>The most instructions of one input, a byte.</summary>
    public double Dearest { get; private set; }

    /// <summary>Executions a second of the last <see cref="Go"/>.</summary>
    public double PerSecond { get; private set; }

    /// <summary>Tries so many inputs.</summary>
    public void Go(long runs)
    {
        long began = Stopwatch.GetTimestamp();
        for (long i = 0; i < runs; i++)
        {
            // the newest ones more often: what they led to is new
            int first = _random.Next(4) == 0 ? 0 : _inputs.Count / 2;
            byte[] from = _inputs[_random.Next(first, _inputs.Count)];
            Try(_mutator.Change(from, _inputs[_random.Next(_inputs.Count)]));
        }

        PerSecond = runs / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private void Try(byte[] input)
    {
        _map.Begin();
        Meter.Reset();
        try
        {
            _target.Read(input);
        }
        catch (Exception e)
        {
            throw new AssertFailedException($"{_target.Name}: {e.GetType().Name}: {e.Message}\nseed {_seed}, input "
                + $"{Convert.ToBase64String(input)}\n{e.StackTrace}", e);
        }

        if (_target.Share > 0) Judge(input);
        if (_map.IsNew() || _inputs.Count == 0) _inputs.Add(input);
    }

    private void Judge(byte[] input)
    {
        long most = _target.Base + (long)Excess * _target.Share * input.Length;
        if (Meter.Instructions > most || Meter.AllocatedBytes > most)
            throw new AssertFailedException($"{_target.Name}: {Meter.Instructions} instructions and {Meter.AllocatedBytes} bytes for "
                + $"{input.Length} bytes, and {most} are the limit\nseed {_seed}, input {Convert.ToBase64String(input)}");
        Dearest = Math.Max(Dearest, (double)Math.Max(0, Meter.Instructions - _target.Base) / Math.Max(1, input.Length));
    }
}

using System.Globalization;
using EdgeChat.TestKit;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What comes from elsewhere may be anything: no reader throws what it does not announce, hangs, or takes more than ten times its
/// share.</summary>
/// <remarks>`EDGECHAT_FUZZ=N` runs N inputs a target instead of a few, and `EDGECHAT_FUZZ_CORPUS=FOLDER` writes there which of them
/// executed something new.</remarks>
[TestClass]
[DoNotParallelize]
public class FuzzTests
{
    private const int FewRuns = 20_000;
    private const int FewDearRuns = 1_000;

    public static IEnumerable<object[]> Targets => FuzzTarget.All.Select(t => new object[] { t.Name });

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Targets))]
    public void Whatever_comes_is_read_or_refused_at_its_share_of_the_cost(string name)
    {
        FuzzTarget target = FuzzTarget.All.Single(t => t.Name == name);
        int few = target.IsDear ? FewDearRuns : FewRuns;
        long runs = long.Parse(Environment.GetEnvironmentVariable("EDGECHAT_FUZZ") ?? $"{few}", CultureInfo.InvariantCulture);
        var run = new FuzzRun(target, Seeds.Given > 0 ? Seeds.Given : 1);
        Assert.IsGreaterThan(0, run.Edges, "nothing is traced: were the copies woven?");
        int before = run.Edges;
        run.Go(runs);
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {runs} runs, {run.PerSecond:0} a second, {before} edges and then {run.Edges}, {run.Inputs.Count} inputs, "
            + $"{run.Dearest:0} instructions a byte at most"));
        if (Environment.GetEnvironmentVariable("EDGECHAT_FUZZ_CORPUS") is { Length: > 0 } folder) Corpus.Write(folder, name, run.Inputs);
    }

    [TestMethod]
    public void A_fault_is_found()
    {
        var target = new FuzzTarget("faulty", b => { if (b is [(byte)'a', (byte)'b', ..]) throw new InvalidOperationException("found"); },
            [[(byte)'a', (byte)'x']], [[(byte)'b']]);
        var run = new FuzzRun(target, 1);
        AssertFailedException found = Assert.ThrowsExactly<AssertFailedException>(() => run.Go(10_000));
        Assert.Contains("found\nseed 1, input YW", found.Message);
    }
}

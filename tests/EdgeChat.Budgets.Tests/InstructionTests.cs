using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeChat.Budgets.Tests;

/// <summary>How many IL instructions, of which a board does about one a microsecond, each thing takes that a person waits for; with its
/// allocations and what it reads from flash.</summary>
[TestClass]
public class InstructionTests
{
    private const int LongestTurn = 150_000;
    private const double Near = 0.1; // of the figures in docs/performance.md: another change of the firmware moves them a little

    private static readonly Lazy<IReadOnlyDictionary<string, Cost>> Costs = new(Operations.Measure);

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> Names => Budget.All.Select(b => new object[] { b.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void What_a_person_waits_for_keeps_its_budget(string name)
    {
        Budget budget = Budget.All.Single(b => b.Name == name);
        Cost cost = Costs.Value[name];
        string what = $"{name}: {cost}";
        Assert.IsLessThanOrEqualTo(budget.Instructions, cost.Instructions, what);
        Assert.IsLessThanOrEqualTo(budget.Turn, cost.LongestTurn, what + "; the longest turn of the loop");
        Assert.IsLessThanOrEqualTo(budget.Allocations, cost.Allocations, what + "; allocations");
        Assert.IsLessThanOrEqualTo(budget.Reads, cost.Reads, what + "; reads of the flash");
    }

    /// <summary>A key that is pressed meanwhile waits for so long at most, whatever the board does.</summary>
    [TestMethod]
    public void No_turn_of_the_loop_is_longer_than_150_thousand_instructions() =>
        Assert.IsEmpty(Budget.All.Where(b => b.Turn > LongestTurn).Select(b => b.Name));

    [TestMethod]
    public void All_that_is_measured_has_a_budget() =>
        Assert.AreEqual(string.Join("\n", Costs.Value.Keys.Order()), string.Join("\n", Budget.All.Select(b => b.Name).Order()));

    /// <summary>Prints the table, and holds that of the document against it.</summary>
    [TestMethod]
    public void The_table_of_instructions()
    {
        string[] document = File.ReadAllLines(Path.Combine(Here(), "../../docs/performance.md"));
        var table = new StringBuilder();
        var findings = new List<string>();
        foreach (Budget budget in Budget.All)
        {
            Cost cost = Costs.Value[budget.Name];
            double[] figures = [Thousands(cost.Instructions), Thousands(cost.LongestTurn), cost.Allocations, cost.Reads, cost.Writes];
            string start = string.Create(CultureInfo.InvariantCulture, $"| {budget.Name} | {Thousands(budget.Instructions)} | ");
            table.Append(start).AppendJoin(" | ", figures.Select(f => f.ToString(CultureInfo.InvariantCulture))).Append(" |\n");
            string? row = document.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
            string[]? cells = row?[start.Length..].Trim('|', ' ').Split(" | ");
            double[]? written = cells?.Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
            if (written is null) findings.Add($"{start}: not there with this limit");
            else if (written.Zip(figures).Any(f => Math.Abs(f.First - f.Second) > Math.Max(1, f.Second * Near)))
                findings.Add($"{row} is {string.Join(" | ", figures)} now");
        }

        foreach (var (name, cost) in Costs.Value) TestContext.WriteLine($"{name}: {cost}");
        TestContext.WriteLine("\n" + table);
        Assert.IsEmpty(findings, "docs/performance.md has other figures:\n" + string.Join("\n", findings) + "\nThe table is:\n" + table);
    }

    private static double Thousands(long instructions) =>
        instructions < 1000 ? instructions / 1000.0 : Math.Round(instructions / 1000.0);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

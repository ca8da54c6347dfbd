using System.Text.Json;

namespace EdgeChat.Tests.Delivery;

/// <summary>The machine-readable traces of the protocol: what a device that gets this must publish and show.</summary>
[TestClass]
public class TraceTests
{
    public static IEnumerable<object[]> Traces => Load().Select(t => new object[] { t.GetProperty("name").GetString()!, t });

    public static string NameOf(System.Reflection.MethodInfo method, object[] data) => method.Name + ": " + data[0];

    [TestMethod]
    [DynamicData(nameof(Traces), DynamicDataDisplayName = nameof(NameOf))]
    public void A_device_does_what_the_trace_says(string name, JsonElement trace)
    {
        int incarnation = trace.TryGetProperty("incarnation", out JsonElement e) ? e.GetInt32() : 1;
        string[] contacts = trace.TryGetProperty("contacts", out JsonElement c) ? [.. c.EnumerateArray().Select(d => d.GetString()!)] : [];
        (string, string)[] kept = trace.TryGetProperty("kept", out JsonElement k)
            ? [.. k.EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!))]
            : [];
        string? provisionedBy = trace.TryGetProperty("operator", out JsonElement o) ? o.GetString() : null;
        var player = new TracePlayer(trace.GetProperty("device").GetString()!, incarnation, contacts, provisionedBy, kept);
        int number = 0;
        foreach (JsonElement step in trace.GetProperty("steps").EnumerateArray())
        {
            number++;
            JsonProperty only = step.EnumerateObject().Single();
            try
            {
                player.Play(only);
            }
            catch (AssertFailedException failure)
            {
                throw new AssertFailedException($"{name}, step {number}, {only.Name}: {failure.Message}", failure);
            }
        }
    }

    private static JsonElement[] Load()
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "delivery.json")));
        return [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
    }
}

using System.Text.Json;

namespace EdgeChat.Tests.Fleet;

/// <summary>What the console answered: the result, and the items before it.</summary>
internal sealed record Answer(JsonElement Result, IReadOnlyList<JsonElement> Items)
{
    public bool IsOk => Result.GetProperty("ok").GetBoolean();
}

/// <summary>One message as <c>read</c> gives it.</summary>
internal sealed record Line(string From, int N, string Text, string Tick, string Kind)
{
    public static Line Of(JsonElement item) => new(
        item.TryGetProperty("from", out JsonElement from) ? from.GetString()! : "",
        item.TryGetProperty("n", out JsonElement n) ? n.GetInt32() : 0,
        item.GetProperty("text").GetString()!,
        item.TryGetProperty("tick", out JsonElement tick) ? tick.GetString()! : "",
        item.GetProperty("kind").GetString()!);
}

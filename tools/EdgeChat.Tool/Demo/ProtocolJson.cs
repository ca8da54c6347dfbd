using System.Text.Json;
using EdgeChat.Core;

namespace EdgeChat.Tool.Demo;

/// <summary>Reads bodies of the protocol as other implementations may write them: docs/protocol.md, section 3.</summary>
internal static class ProtocolJson
{
    /// <summary>Parses a body; a byte order mark before it is no text.</summary>
    public static JsonDocument Parse(byte[] body) => JsonDocument.Parse(body.AsMemory(body.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));

    /// <summary>The integer of a number, whatever its spelling: 17, 17.0, 1.7e1. Throws <see cref="FormatException"/> when it is none
    /// from 0 to 2,147,483,647.</summary>
    public static long Integer(this JsonElement number)
    {
        if (number.ValueKind != JsonValueKind.Number) throw new FormatException("not a number");
        var bytes = System.Text.Encoding.UTF8.GetBytes(number.GetRawText());
        var value = JsonNumber.Integer(bytes, 0, bytes.Length, int.MaxValue, false);
        return value < 0 ? throw new FormatException(number + " is no integer of the protocol") : value;
    }
}

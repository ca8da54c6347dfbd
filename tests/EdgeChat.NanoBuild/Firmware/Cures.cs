using Microsoft.CodeAnalysis;

namespace EdgeChat.NanoBuild;

/// <summary>What to write instead of what the board does not have.</summary>
public static class Cures
{
    private const string Unknown = "The board's API is listed in tests/EdgeChat.Conformance/api; is the package in packages.config?";

    private const string Wait = "async and tasks are not on the board: use an event that the loop handles.";

    // The first that the message holds counts.
    private static readonly (string Text, string Cure)[] Known =
    [
        ("Linq", "LINQ is not on the board: write the loop."),
        ("IAsyncStateMachine", Wait),
        ("AsyncVoidMethodBuilder", Wait),
        ("'Tasks'", Wait),
        ("Task<", Wait),
        ("'Task'", Wait),
        ("IEnumerator`1", "Iterators are not on the board: fill an array, or write the enumerator."),
        ("IEnumerable`1", "Iterators are not on the board: fill an array, or write the enumerator."),
        ("IEquatable`1", "Records are not on the board: write a class."),
        ("List<", "Generic collections are not on the board: use ArrayList, or a packed array behind an accessor."),
        ("Dictionary<", "Generic collections are not on the board: use Hashtable, or a packed array behind an accessor."),
        ("'Generic'", "Generic collections are not on the board: use ArrayList, Hashtable or arrays."),
        ("System.Collections.Generic", "Generic collections are not on the board: use ArrayList, Hashtable or arrays."),
        ("Nullable`1", "Nullable values are not on the board: use a value that stands for none."),
        ("Decimal", "decimal is not on the board: count in a smaller unit with int or long."),
        ("ReadLine", "The board has no standard input: read a SerialPort."),
        ("'Replace'", "string.Replace is not on the board: build the text with a StringBuilder."),
        ("Span<", "Span is not on the board: pass array, index and count; SpanByte for I2C and SPI."),
        ("ValueTuple", "Tuples are not on the board: write a small class, or out parameters."),
        ("System.Index", "Ranges and indices from the end are not on the board: use Length - n and Substring."),
        ("IsExternalInit", "init and records are not on the board: use a constructor."),
        ("IsVolatile", "volatile is not on the board: only the loop touches state; callbacks enqueue."),
        ("dynamic", "dynamic is not on the board."),
        ("not available in C# 10", "Firmware is C# 10: newer versions emit attributes that nanoCLR misreads."),
        ("unsafe", "Firmware has no pointers: use arrays."),
    ];

    /// <summary>The cure for a compiler's message.</summary>
    public static string For(Diagnostic diagnostic)
    {
        string message = diagnostic.GetMessage();
        return Known.FirstOrDefault(k => message.Contains(k.Text, StringComparison.Ordinal)).Cure ?? Unknown;
    }
}

using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeChat.Metering;

/// <summary>What things take of nanoCLR's managed heap, which is counted in blocks of 12 bytes.</summary>
/// <remarks>As measured on a 32-bit build of the interpreter.</remarks>
public static class HeapBlocks
{
    /// <summary>Bytes of a block.</summary>
    public const int Bytes = 12;

    private const int ArrayHeaderBytes = 20;

    /// <summary>Blocks of an object: one, and one more a field, whatever the field's size.</summary>
    public static int OfObject(int fields) => 1 + fields;

    /// <summary>Blocks of an array: a header of 20 bytes and its packed data, or of references two and one more an element.</summary>
    /// <param name="length">Its elements.</param>
    /// <param name="elementBytes">Bytes of an element, 0 for a reference.</param>
    public static int OfArray(int length, int elementBytes) =>
        elementBytes == 0 ? 2 + length : Packed(ArrayHeaderBytes + length * elementBytes);

    /// <summary>Blocks of an array.</summary>
    public static int Of(Array array) => OfArray(array.Length, BytesOf(array.GetType().GetElementType()!));

    /// <summary>Blocks of a text: one, and its UTF-8; of a literal one alone, as its bytes stay in flash.</summary>
    public static int Of(string text) => IsLiteral(text) ? 1 : 1 + Packed(Encoding.UTF8.GetByteCount(text));

    /// <summary>Whether a text stands in the code.</summary>
    public static bool IsLiteral(string text) => ReferenceEquals(string.IsInterned(text), text);

    private static int BytesOf(Type element) => !element.IsValueType ? 0
        : element == typeof(bool) ? 1
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(element).Invoke(null, null)!;

    private static int Packed(int bytes) => (bytes + Bytes - 1) / Bytes;
}

using System.Reflection;
using System.Runtime.CompilerServices;

namespace EdgeChat.Tests.Delivery;

/// <summary>What a graph of objects would take of nanoCLR's managed heap: it counts in blocks of 12 bytes.</summary>
/// <remarks>As observed on the interpreter: an object is one block and one more a field, whatever the field's size; an array of numbers or a string is one block and
/// its packed data; an array of references is one block and one more an element.</remarks>
internal static class BoardHeap
{
    private const int BlockBytes = 12;

    /// <summary>Bytes of everything that is reached from an object, but for what <paramref name="isForeign"/> says belongs to somebody else.</summary>
    public static int Bytes(object root, Func<object, bool> isForeign)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>();
        open.Push(root);
        int blocks = 0;
        while (open.TryPop(out object? each))
        {
            if (isForeign(each) || !seen.Add(each)) continue;
            blocks += Blocks(each, open);
        }

        return blocks * BlockBytes;
    }

    private static int Blocks(object each, Stack<object> open)
    {
        if (each is string text) return 1 + Packed(text.Length);
        if (each is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            if (element.IsValueType) return 1 + Packed(array.Length * SizeOf(element));
            foreach (object? item in array)
                if (item is not null) open.Push(item);
            return 1 + array.Length;
        }

        FieldInfo[] fields = [.. Hierarchy(each.GetType()).SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))];
        foreach (FieldInfo field in fields)
            if (!field.FieldType.IsValueType && field.GetValue(each) is { } value) open.Push(value);
        return 1 + fields.Length;
    }

    private static int Packed(int bytes) => (bytes + BlockBytes - 1) / BlockBytes;

    private static int SizeOf(Type element) => element == typeof(bool) ? 1 : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(element).Invoke(null, null)!;

    private static IEnumerable<Type> Hierarchy(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType) yield return type;
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeChat.Tests.Delivery;

/// <summary>What a graph of objects takes of nanoCLR's managed heap: it counts in blocks of 12 bytes.</summary>
/// <remarks>As measured on a 32-bit build of the interpreter: an object is one block and one more a field, whatever the field's size; an array
/// of numbers is a header of 20 bytes and its packed data; an array of references is two blocks and one more an element; a text is one block
/// and its UTF-8, a literal that something holds one block, as its bytes stay in flash.</remarks>
internal static class BoardHeap
{
    private const int ArrayHeaderBytes = 20;
    private const int BlockBytes = 12;

    /// <summary>Bytes of everything that is reached from an object, but for what <paramref name="isForeign"/> says belongs to somebody else.</summary>
    public static int Bytes(object root, Func<object, bool> isForeign)
    {
        var classes = new Dictionary<string, int>();
        Count([(root, root.GetType().Name)], isForeign, classes);
        return classes.Values.Sum();
    }

    /// <summary>The same by class: arrays and strings count for the object that was the first to have them, or for the owner that is given with a root.</summary>
    public static void Count(IEnumerable<(object Root, string Owner)> roots, Func<object, bool> isForeign, Dictionary<string, int> classes)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(object Each, string Owner)>(roots);
        var reached = new Stack<object>();
        while (open.TryPop(out (object Each, string Owner) next))
        {
            bool isLiteral = next.Each is string each && ReferenceEquals(string.IsInterned(each), each);
            if (isForeign(next.Each) || (!seen.Add(next.Each) && !isLiteral)) continue;
            string owner = next.Each is string or Array ? next.Owner : next.Each.GetType().Name;
            classes[owner] = classes.GetValueOrDefault(owner) + (isLiteral ? 1 : Blocks(next.Each, reached)) * BlockBytes;
            while (reached.TryPop(out object? found)) open.Push((found, owner));
        }
    }

    private static int Blocks(object each, Stack<object> open)
    {
        if (each is string text) return 1 + Packed(Encoding.UTF8.GetByteCount(text));
        if (each is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            if (element.IsValueType) return Packed(ArrayHeaderBytes + array.Length * SizeOf(element));
            foreach (object? item in array)
                if (item is not null) open.Push(item);
            return 2 + array.Length;
        }

        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        FieldInfo[] fields = [.. Hierarchy(each.GetType()).SelectMany(t => t.GetFields(Own))];
        foreach (FieldInfo field in fields)
            if (!field.FieldType.IsValueType && field.GetValue(each) is { } value) open.Push(value);
        return 1 + fields.Length;
    }

    private static int Packed(int bytes) => (bytes + BlockBytes - 1) / BlockBytes;

    private static int SizeOf(Type element) => element == typeof(bool)
        ? 1
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(element).Invoke(null, null)!;

    private static IEnumerable<Type> Hierarchy(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType) yield return type;
    }
}

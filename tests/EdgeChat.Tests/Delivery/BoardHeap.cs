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
            if (isForeign(next.Each) || !seen.Add(next.Each)) continue;
            string owner = next.Each is string or Array ? next.Owner : next.Each.GetType().Name;
            classes[owner] = classes.GetValueOrDefault(owner) + Blocks(next.Each, reached) * BlockBytes;
            while (reached.TryPop(out object? each)) open.Push((each, owner));
        }
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

using System.Reflection;

namespace EdgeChat.Metering;

/// <summary>What a graph of objects takes of nanoCLR's managed heap.</summary>
public static class BoardHeap
{
    /// <summary>Bytes of everything that is reached from an object, but for what <paramref name="isForeign"/> says belongs to somebody
    /// else.</summary>
    public static int Bytes(object root, Func<object, bool> isForeign)
    {
        var classes = new Dictionary<string, int>();
        Count([(root, root.GetType().Name)], isForeign, classes);
        return classes.Values.Sum();
    }

    /// <summary>The same by class: arrays and strings count for the object that was the first to have them, or for the owner that is given
    /// with a root.</summary>
    public static void Count(IEnumerable<(object Root, string Owner)> roots, Func<object, bool> isForeign, Dictionary<string, int> classes)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(object Each, string Owner)>(roots);
        var reached = new Stack<object>();
        while (open.TryPop(out (object Each, string Owner) next))
        {
            if (isForeign(next.Each)) continue;
            // a literal is an object for each that holds it
            if (!seen.Add(next.Each) && !(next.Each is string text && HeapBlocks.IsLiteral(text))) continue;
            string owner = next.Each is string or Array ? next.Owner : next.Each.GetType().Name;
            classes[owner] = classes.GetValueOrDefault(owner) + Blocks(next.Each, reached) * HeapBlocks.Bytes;
            while (reached.TryPop(out object? found)) open.Push((found, owner));
        }
    }

    private static int Blocks(object each, Stack<object> open)
    {
        if (each is string text) return HeapBlocks.Of(text);
        if (each is Array array)
        {
            if (array is object?[] items)
                foreach (object? item in items)
                    if (item is not null) open.Push(item);
            return HeapBlocks.Of(array);
        }

        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        FieldInfo[] fields = [.. Hierarchy(each.GetType()).SelectMany(t => t.GetFields(Own))];
        foreach (FieldInfo field in fields)
            if (!field.FieldType.IsValueType && field.GetValue(each) is { } value) open.Push(value);
        return HeapBlocks.OfObject(fields.Length);
    }

    private static IEnumerable<Type> Hierarchy(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType) yield return type;
    }
}

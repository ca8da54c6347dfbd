using System.Collections;
using System.Reflection;

namespace EdgeChat.VirtualBoard.Json;

/// <summary>Fills objects from what <see cref="JsonReader"/> read: by the exact name of a property; unknown keys are skipped.</summary>
internal static class JsonMapper
{
    public static object? Map(object? value, Type type)
    {
        if (value is null) return null;
        if (type.IsInstanceOfType(value)) return value;
        if (value is ArrayList list && type.IsArray) return MapArray(list, type.GetElementType()!);
        if (value is Hashtable table && !type.IsPrimitive && type != typeof(string)) return MapObject(table, type);
        if (type == typeof(DateTime) && value is Platform.DateTime time) return (DateTime)time;
        if (type.IsPrimitive && value is IConvertible && value is not string && value is not bool)
            return Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture);
        throw new FormatException($"{value.GetType().Name} is no {type.Name}");
    }

    private static Array MapArray(ArrayList list, Type element)
    {
        var array = Array.CreateInstance(element, list.Count);
        for (int i = 0; i < list.Count; i++) array.SetValue(Map(list[i], element), i);
        return array;
    }

    private static object MapObject(Hashtable table, Type type)
    {
        object made = Activator.CreateInstance(type)!;
        foreach (DictionaryEntry entry in table)
        {
            PropertyInfo? property = type.GetProperty((string)entry.Key, BindingFlags.Public | BindingFlags.Instance);
            if (property?.SetMethod is not null) property.SetValue(made, Map(entry.Value, property.PropertyType));
        }

        return made;
    }
}

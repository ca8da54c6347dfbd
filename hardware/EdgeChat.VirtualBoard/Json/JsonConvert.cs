using System.Collections;
using EdgeChat.VirtualBoard.Json;

namespace nanoFramework.Json;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's JsonConvert, with the limits of version 2.2 as they were observed.</summary>
/// <remarks>
/// Refused with <see cref="DeserializationException"/>: <c>\u</c> escapes, arrays in arrays, comments, text after the end. A key that comes
/// twice is an <see cref="ArgumentException"/>, a value of a wrong type a <see cref="FormatException"/>.
/// </remarks>
public static class JsonConvert
{
    public static string SerializeObject(object oSource) => JsonWriter.Write(oSource);

    /// <param name="value">The JSON text.</param>
    /// <param name="type"><c>Hashtable</c>, <c>ArrayList</c>, or a class with properties of the names in the text.</param>
    public static object? DeserializeObject(string value, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        object? read = new JsonReader(value).ReadAll();
        return type == typeof(Hashtable) || type == typeof(ArrayList) || type == typeof(object)
            ? Typed(read, type) : JsonMapper.Map(read, type);
    }

    private static object? Typed(object? read, Type type) =>
        read is null || type.IsInstanceOfType(read) ? read : throw new FormatException($"the text is no {type.Name}");
}

/// <summary>nanoFramework's DeserializationException.</summary>
public class DeserializationException : Exception
{
}

/// <summary>nanoFramework's SerializationException.</summary>
public class SerializationException : Exception
{
}

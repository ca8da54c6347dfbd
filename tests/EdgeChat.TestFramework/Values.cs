using System;
using System.Collections;
using System.Globalization;
using System.Linq;

namespace nanoFramework.TestFramework;

/// <summary>Writes values for the message of a failed assertion.</summary>
internal static class Values
{
    private const int MostElements = 40;

    public static string Show(object value) => value switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        char c => "'" + c + "'",
        byte[] bytes =>
            "[" + Convert.ToHexString(bytes, 0, Math.Min(bytes.Length, MostElements)) + (bytes.Length > MostElements ? "...]" : "]"),
        ICollection list =>
            "[" + string.Join(", ", list.Cast<object>().Take(MostElements).Select(Show)) + (list.Count > MostElements ? ", ...]" : "]"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

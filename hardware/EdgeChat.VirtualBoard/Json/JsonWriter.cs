using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace EdgeChat.VirtualBoard.Json;

/// <summary>Writes JSON as nanoFramework.Json does: what is not ASCII goes out as it is.</summary>
internal static class JsonWriter
{
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Value(text, value);
        return text.ToString();
    }

    private static void Value(StringBuilder to, object? value)
    {
        switch (value)
        {
            case null: to.Append("null"); break;
            case string text: Text(to, text); break;
            case char one: Text(to, one.ToString()); break;
            case bool flag: to.Append(flag ? "true" : "false"); break;
            case Enum number: to.Append(Convert.ToInt64(number, CultureInfo.InvariantCulture)); break;
            case Platform.DateTime time: Text(to, time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ")); break;
            case IFormattable number when value.GetType().IsPrimitive:
                to.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary table: Members(to, table.Keys.Cast<object>().Select(k => ((string)k, table[k]))); break;
            case IEnumerable list: List(to, list); break;
            default:
                Members(to, value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(p => p.GetMethod is not null && p.GetIndexParameters().Length == 0).Select(p => (p.Name, p.GetValue(value))));
                break;
        }
    }

    private static void Members(StringBuilder to, IEnumerable<(string Name, object? Value)> members)
    {
        to.Append('{');
        bool isFirst = true;
        foreach ((string name, object? value) in members)
        {
            if (!isFirst) to.Append(',');
            isFirst = false;
            Text(to, name);
            to.Append(':');
            Value(to, value);
        }

        to.Append('}');
    }

    private static void List(StringBuilder to, IEnumerable list)
    {
        to.Append('[');
        bool isFirst = true;
        foreach (object? value in list)
        {
            if (!isFirst) to.Append(',');
            isFirst = false;
            Value(to, value);
        }

        to.Append(']');
    }

    private static void Text(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"': to.Append("\\\""); break;
                case '\\': to.Append(@"\\"); break;
                case '\n': to.Append("\\n"); break;
                case '\r': to.Append("\\r"); break;
                case '\t': to.Append("\\t"); break;
                case '\b': to.Append("\\b"); break;
                case '\f': to.Append("\\f"); break;
                default: to.Append(c); break;
            }
        }

        to.Append('"');
    }
}

using System.Text;

namespace EdgeChat.TableTool;

/// <summary>Numbers as the characters of a string literal: ASCII that can be seen, so that nanoCLR has a byte a character and never a
/// NUL.</summary>
internal static class Literal
{
    private const int MostColumns = 108;

    /// <summary>Bits of a character.</summary>
    public const int Bits = 6;

    /// <summary>A number from 0 to 63 as one character from <c>0</c> to <c>o</c>.</summary>
    public static char Of(int number) =>
        number is >= 0 and < 1 << Bits
        ? (char)('0' + number) : throw new ArgumentOutOfRangeException(nameof(number), number, "0 to 63 fit into a character");

    /// <summary>A number as so many characters, the highest bits first.</summary>
    public static string Of(int number, int characters) =>
        string.Concat(Enumerable.Range(1, characters).Select(i => Of(number >> Bits * (characters - i) & (i == 1 ? -1 : (1 << Bits) - 1))));

    /// <summary>A weight as one character, an eighth too small or too large at most: four bits of an exponent, two of the mantissa without
    /// its first bit; one below 4 is none.</summary>
    public static char Weight(int weight)
    {
        if (weight < 4) return Of(0);
        int exponent = 0;
        while (weight >> exponent > 7) exponent++;
        int rounded = exponent == 0 ? weight : weight + (1 << exponent - 1) >> exponent;
        return Of(Math.Min(exponent * 4 + rounded - 4, (1 << Bits) - 1));
    }

    /// <summary>The halves of columns: all lower ones, then all upper ones, each filled up to a number of columns.</summary>
    public static string Halves(byte[] columns, int count)
    {
        var filled = columns.Concat(new byte[count - columns.Length]).ToList();
        return string.Concat(filled.Select(c => Of(c & 15)).Concat(filled.Select(c => Of(c >> 4))));
    }

    /// <summary>A literal of C#, over as many lines as it takes.</summary>
    public static string Source(string text, int indent)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string character in text.Select(Escaped))
        {
            if (line.Length + character.Length > MostColumns)
            {
                lines.Add($"\"{line}\"");
                line.Clear();
            }

            line.Append(character);
        }

        return string.Join(" +\n" + new string(' ', indent), lines.Append($"\"{line}\""));
    }

    private static string Escaped(char c) => c == '\\' ? "\\\\" : c < 0x7F ? c.ToString() : $"\\u{(int)c:X4}";
}

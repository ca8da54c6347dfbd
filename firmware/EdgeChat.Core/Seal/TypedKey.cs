namespace EdgeChat.Core;

/// <summary>A key as people copy it from one device to another: 28 letters of base 32 (RFC 4648, in lower case), 128 bits and 12 that show
/// every slip of one letter and every exchange of two.</summary>
public static class TypedKey
{
    private const int Letters = 28;
    private const int WholeLetters = 25; // the next one has the last 3 bits of the number, and the first 2 of the check
    private const int Group = 4;
    private const int LetterBits = 5;
    private const int Prime = 4093; // the largest below 4,096

    /// <summary>The letters of a number, in groups of four.</summary>
    public static string Write(byte[] number)
    {
        var values = new byte[Letters];
        for (int bit = 0; bit < KeyTree.TypedBytes * 8; bit++)
        {
            int place = bit / LetterBits;
            if ((number[bit / 8] & 0x80 >> bit % 8) != 0) values[place] |= (byte)(0x10 >> bit % LetterBits);
        }

        int check = CheckOf(values);
        values[WholeLetters] |= (byte)(check >> 10);
        values[WholeLetters + 1] = (byte)(check >> 5 & 0x1F);
        values[WholeLetters + 2] = (byte)(check & 0x1F);
        var text = new char[Letters + Letters / Group - 1];
        int at = 0;
        for (int i = 0; i < Letters; i++)
        {
            if (i > 0 && i % Group == 0) text[at++] = '-';
            text[at++] = (char)(values[i] < 26 ? 'a' + values[i] : '2' + values[i] - 26);
        }

        return new string(text);
    }

    /// <summary>The number that letters stand for, dashes or none between them; null when they stand for none.</summary>
    public static byte[] Read(string text)
    {
        var values = new byte[Letters];
        int count = 0;
        char[] letters = text.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            char c = letters[i];
            if (c == '-') continue;
            int value = c >= 'a' && c <= 'z' ? c - 'a' : c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
            if (value < 0 || count == Letters) return null;
            values[count++] = (byte)value;
        }

        if (count != Letters) return null;
        int check = (values[WholeLetters] & 3) << 10 | values[WholeLetters + 1] << 5 | values[WholeLetters + 2];
        if (check != CheckOf(values)) return null;
        var number = new byte[KeyTree.TypedBytes];
        for (int bit = 0; bit < KeyTree.TypedBytes * 8; bit++)
        {
            int place = bit / LetterBits;
            if ((values[place] & 0x10 >> bit % LetterBits) != 0) number[bit / 8] |= (byte)(0x80 >> bit % 8);
        }

        return number;
    }

    private static int CheckOf(byte[] values)
    {
        int sum = (WholeLetters + 1) * (values[WholeLetters] >> 2);
        for (int i = 0; i < WholeLetters; i++) sum += (i + 1) * values[i];
        return sum % Prime;
    }
}

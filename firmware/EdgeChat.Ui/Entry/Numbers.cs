namespace EdgeChat.Ui;

/// <summary>How probable digits, and the signs that stand with them, are in a number and in a time of day.</summary>
/// <remarks>A weight is a character as in <see cref="Words"/>, a row has one for each character of the page.</remarks>
internal static class Numbers
{
    /// <summary>The characters of the page of digits.</summary>
    internal const string Page = "1234567890:.␣←-,/+%°€⋯";

    /// <summary>How many there are.</summary>
    internal const int PageLength = 22;

    /// <summary>On the page of digits: the way back to the letters, shown as a word.</summary>
    internal const int ToLetters = 0x2190;

    /// <summary>Shows a space.</summary>
    internal const int Space = 0x2423;

    /// <summary>The row of a number's first character.</summary>
    internal const string First = "HEDBB@@@><002500000000";

    /// <summary>Weight of all digits of <see cref="First"/>, about.</summary>
    internal const int FirstWeight = 1000;

    // so that a digit takes three presses nearly everywhere, and what is likely fewer
    private const string AfterColon = "EAHEA2222I009900000000";
    private const string SecondOfMinutes = ">>>>F>>>>H009900000000";
    private const string AfterTime = "0000000000<BMA<B000000";
    private const string AfterDigit = "=========DD@G@5<009000";
    private const string AfterHour = "=========AG=F@5=009000";
    private const string AfterSign = "BBBBBBBBBB005500000000";

    /// <summary>The row of what follows a text.</summary>
    internal static string Following(byte[] text, int count)
    {
        int start = count;
        while (start > 0 && IsDigit(text[start - 1])) start--;
        int digits = count - start;
        bool isOfNumber = start > 1 && IsDigit(text[start - 2]) && text[start - 1] != ' ';
        if (isOfNumber && text[start - 1] == ':') return digits == 0 ? AfterColon : digits == 1 ? SecondOfMinutes : AfterTime;
        if (digits == 0) return isOfNumber ? AfterSign : First;
        bool isHour = digits == 2 && (text[start] < '2' || (text[start] == '2' && text[start + 1] < '4'));
        return isHour ? AfterHour : AfterDigit;
    }

    /// <summary>Whether a character is a digit.</summary>
    internal static bool IsDigit(int code) { return code >= '0' && code <= '9'; }
}

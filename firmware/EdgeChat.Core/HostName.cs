namespace EdgeChat.Core;

/// <summary>What a broker's host may be: the one rule of board and tool.</summary>
/// <remarks>TLS compares it letter by letter with the broker's certificate, and a board sends it as it stands: a name that a PC would make
/// canonical fails there.</remarks>
public static class HostName
{
    /// <summary>The rule in words, to follow "it".</summary>
    public const string Rule = "must be a name of ASCII letters, digits, - and _ with dots between (others written as xn--), "
        + "none at its end, or an IPv4 address such as 192.168.1.10";

    private const int LongestLabel = 63; // RFC 1035, section 2.3.4

    /// <summary>Whether the text can be a host.</summary>
    public static bool IsSound(string host)
    {
        if (host == null || host.Length == 0 || host.Length > Limits.HostCharacters) return false;
        bool isNumeric = true;
        string[] labels = host.Split('.');
        for (int i = 0; i < labels.Length; i++)
        {
            if (!IsLabel(labels[i])) return false;
            if (!IsNumber(labels[i])) isNumeric = false;
        }

        return !isNumeric || IsAddress(labels);
    }

    private static bool IsLabel(string label)
    {
        if (label.Length == 0 || label.Length > LongestLabel) return false;
        char[] letters = label.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            char c = letters[i];
            bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!isLetter) return false;
        }

        return true;
    }

    private static bool IsNumber(string label)
    {
        char[] letters = label.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
            if (letters[i] < '0' || letters[i] > '9') return false;
        return true;
    }

    // canonical: four numbers up to 255, none with a zero before it
    private static bool IsAddress(string[] numbers)
    {
        if (numbers.Length != 4) return false;
        for (int i = 0; i < 4; i++)
        {
            string number = numbers[i];
            if (number.Length > 3 || (number.Length > 1 && number.StartsWith("0")) || int.Parse(number) > 255) return false;
        }

        return true;
    }
}

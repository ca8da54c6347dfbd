namespace EdgeChat.TestKit;

/// <summary>Bytes as hexadecimal digits.</summary>
public static class Hex
{
    /// <summary>The bytes of digits in lower case.</summary>
    public static byte[] Read(string digits)
    {
        char[] all = digits.ToCharArray();
        var bytes = new byte[all.Length / 2];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(ValueOf(all[2 * i]) << 4 | ValueOf(all[2 * i + 1]));
        return bytes;
    }

    /// <summary>The digits of bytes, in lower case.</summary>
    public static string Write(byte[] bytes)
    {
        var digits = new char[bytes.Length * 2];
        for (int i = 0; i < digits.Length; i++)
        {
            int value = i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15;
            digits[i] = (char)(value < 10 ? '0' + value : 'a' + value - 10);
        }

        return new string(digits);
    }

    private static int ValueOf(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }
}

using System.Text;

namespace EdgeChat.Core.Tests;

/// <summary>Bodies as tests write them: ' stands for ", and bytes can be given in hexadecimal.</summary>
internal static class Json
{
    /// <summary>The bytes of a body with ' for ".</summary>
    public static byte[] Bytes(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < bytes.Length; i++)
            if (bytes[i] == '\'') bytes[i] = (byte)'"';
        return bytes;
    }

    /// <summary>Bytes as a body with ' for ".</summary>
    public static string Text(byte[] bytes, int count)
    {
        byte[] copy = new byte[count];
        for (int i = 0; i < count; i++) copy[i] = bytes[i] == '"' ? (byte)'\'' : bytes[i];
        return Encoding.UTF8.GetString(copy, 0, count);
    }

    /// <summary>A body in whose content stand bytes that need not be UTF-8.</summary>
    public static byte[] WithContent(string hex)
    {
        return Join(Bytes("{'c':'"), Hex(hex), Bytes("'}"));
    }

    /// <summary>Bytes from hexadecimal digits.</summary>
    public static byte[] Hex(string hex)
    {
        char[] digits = hex.ToCharArray();
        byte[] bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(Digit(digits[2 * i]) << 4 | Digit(digits[2 * i + 1]));
        return bytes;
    }

    /// <summary>Three pieces in one.</summary>
    public static byte[] Join(byte[] first, byte[] second, byte[] third)
    {
        byte[] all = new byte[first.Length + second.Length + third.Length];
        System.Array.Copy(first, all, first.Length);
        System.Array.Copy(second, 0, all, first.Length, second.Length);
        System.Array.Copy(third, 0, all, first.Length + second.Length, third.Length);
        return all;
    }

    /// <summary>What the reader says of a message.</summary>
    public static BodyError Read(string text, Body into)
    {
        byte[] bytes = Bytes(text);
        return BodyReader.Read(bytes, bytes.Length, into);
    }

    private static int Digit(char c)
    {
        return c <= '9' ? c - '0' : c - 'A' + 10;
    }
}

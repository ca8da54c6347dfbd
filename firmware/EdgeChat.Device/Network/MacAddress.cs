using System.Net.NetworkInformation;

namespace EdgeChat.Device;

/// <summary>The MAC of the board's network interface, by which a fleet knows a board that has no id yet.</summary>
public static class MacAddress
{
    private const string Digits = "0123456789abcdef";

    /// <summary>It in words, such as <c>24:6f:28:a1:b2:c4</c>, or null when there is no interface.</summary>
    public static string Text()
    {
        NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
        if (all.Length == 0) return null;
        byte[] mac = all[0].PhysicalAddress;
        char[] digits = Digits.ToCharArray();
        var text = new char[mac.Length * 3 - 1];
        for (int i = 0; i < text.Length; i++)
        {
            int part = i % 3;
            text[i] = part == 2 ? ':' : digits[part == 0 ? mac[i / 3] >> 4 : mac[i / 3] & 15];
        }

        return new string(text);
    }
}

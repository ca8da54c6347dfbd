namespace EdgeChat.Core;

/// <summary>What two devices with one key show, so that people can compare it: four groups of four digits.</summary>
public static class SecurityCode
{
    private const int Groups = 4;
    private const int Digits = 10000;

    /// <summary>The digits of <see cref="KeyTree.CodeOf"/>.</summary>
    public static string Write(byte[] code)
    {
        string text = null;
        for (int i = 0; i < Groups; i++)
        {
            string group = ((code[2 * i] << 8 | code[2 * i + 1]) % Digits).ToString("D4");
            text = text == null ? group : string.Concat(text, " ", group);
        }

        return text;
    }
}

using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>Ids out of what a person has written.</summary>
internal static class GivenId
{
    private const int MarkLetters = 5;
    private const int Letters = 36; // a to z and 0 to 9
    private const char NoLetter = '?';

    /// <summary>The id that a text means: small letters, and a dash for a space; not checked.</summary>
    public static string From(byte[] text, int count)
    {
        var id = new TextBuffer(count);
        for (int i = 0; i < count; i++) id.Add(text[i] == ' ' ? '-' : Letter(text[i]));
        return Encoding.UTF8.GetString(id.Bytes, 0, id.Count);
    }

    /// <summary>An id for a new group: what of its name an id can hold, and a mark, as no two groups at a broker may have the
    /// same.</summary>
    /// <param name="name">The group's name, UTF-8.</param>
    /// <param name="count">Bytes of it.</param>
    /// <param name="maker">Device id of who makes it.</param>
    /// <param name="salt">What no other group of the maker has, such as the time.</param>
    public static string ForGroup(byte[] name, int count, string maker, int salt)
    {
        var id = new TextBuffer(Topics.MaxIdLength);
        for (int i = 0; i < count && id.Count < Topics.MaxIdLength - MarkLetters - 1; i++)
        {
            char letter = Letter(name[i]);
            if (letter != NoLetter && letter != '-') id.Add(letter);
        }

        if (id.Count == 0) id.Add("group");
        id.Add('-');
        int mark = Fnv1a.Add(salt, (byte)id.Count);
        byte[] who = Encoding.UTF8.GetBytes(maker);
        for (int i = 0; i < who.Length; i++) mark = Fnv1a.Add(mark, who[i]);
        uint rest = (uint)mark;
        for (int i = 0; i < MarkLetters; i++)
        {
            int letter = (int)(rest % Letters);
            rest /= Letters;
            id.Add((char)(letter < 10 ? '0' + letter : 'a' + letter - 10));
        }

        return Encoding.UTF8.GetString(id.Bytes, 0, id.Count);
    }

    private static char Letter(byte c)
    {
        if (c >= 'A' && c <= 'Z') return (char)(c + 32);
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ? (char)c : NoLetter;
    }
}

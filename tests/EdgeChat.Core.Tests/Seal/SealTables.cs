using System.Text;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>A table of keys with one device, and what goes through it.</summary>
internal static class SealTables
{
    public const string ToBob = "ec1/i/bob/alice";

    /// <summary>Skips the test, or from <see cref="SetupAttribute"/> those of a class, where there is no cryptography.</summary>
    public static void NeedCryptography()
    {
        if (!SealKit.IsThere) Assert.SkipTest("this runtime has no cryptography");
    }

    public static SealTable Table(string me, string other, MemoryFlash flash)
    {
        var table = new SealTable(me, flash);
        table.TryInstall(other, SealKit.Root(me, other));
        table.Save();
        return table;
    }

    public static byte[] Seal(SealTable table, string text) { return Seal(table, text, 1); }

    public static byte[] Seal(SealTable table, string text, int incarnation)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return table.Seal(table.Find("bob"), ToBob, bytes, bytes.Length, incarnation);
    }

    public static string Open(SealTable table, byte[] sealedBody)
    {
        byte[] text = table.Open(0, ToBob, sealedBody, out BodyError error);
        return text == null ? BodyErrors.WordsFor(error) : Encoding.UTF8.GetString(text, 0, text.Length);
    }

    public static string LifeAndNumber(SealTable table)
    {
        byte[] made = table.Seal(table.Find("bob"), ToBob, new byte[1], 1, 1);
        return Envelope.Life(made).ToString() + " " + Envelope.Number(made).ToString();
    }

    public static bool Holds(MemoryFlash flash, byte[] bytes, int start)
    {
        string[] names = flash.List();
        for (int f = 0; f < names.Length; f++)
        {
            byte[] content = flash.Content(names[f]);
            for (int at = 0; at + KeyTree.KeyBytes <= content.Length; at++)
            {
                int same = 0;
                while (same < KeyTree.KeyBytes && content[at + same] == bytes[start + same]) same++;
                if (same == KeyTree.KeyBytes) return true;
            }
        }

        return false;
    }
}

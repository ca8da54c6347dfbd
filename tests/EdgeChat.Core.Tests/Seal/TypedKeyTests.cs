using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Keys that people type.</summary>
[TestClass]
public class TypedKeyTests
{
    [Setup]
    public void Needs_cryptography() { SealTables.NeedCryptography(); }

    [TestMethod]
    public void A_typed_key_shows_a_slip()
    {
        var number = new byte[KeyTree.TypedBytes];
        for (int i = 0; i < number.Length; i++) number[i] = (byte)(i * 37 + 11);
        string letters = TypedKey.Write(number);
        Assert.AreEqual(34, letters.Length);
        Assert.AreEqual(Hex.Write(number), Hex.Write(TypedKey.Read(letters)));
        char[] capitals = letters.ToCharArray();
        for (int i = 0; i < capitals.Length; i++)
            if (capitals[i] >= 'a') capitals[i] = (char)(capitals[i] - 'a' + 'A');
        Assert.AreEqual(Hex.Write(number), Hex.Write(TypedKey.Read(new string(capitals))));
        for (int i = 0; i < letters.Length; i++)
        {
            char[] slip = letters.ToCharArray();
            if (slip[i] == '-') continue;
            slip[i] = slip[i] == 'a' ? 'b' : 'a';
            Assert.IsTrue(TypedKey.Read(new string(slip)) == null, "letter " + i.ToString());
        }

        Assert.IsTrue(TypedKey.Read("") == null);
        Assert.IsTrue(TypedKey.Read(letters + "a") == null);
        Assert.IsTrue(TypedKey.Read(letters.Substring(1)) == null);
        Assert.IsTrue(TypedKey.Read("1" + letters.Substring(1)) == null);
    }

    [TestMethod]
    public void Numbers_for_keys_never_repeat_and_their_generator_goes_on_on_flash()
    {
        var flash = new MemoryFlash();
        var alice = new SealTable("alice", flash);
        string one = Hex.Write(alice.NewNumber(1000));
        byte[] kept = (byte[])flash.Content(SealTable.SeedFile).Clone();
        string two = Hex.Write(alice.NewNumber(1000));
        Assert.AreNotEqual(one, two);
        Assert.AreNotEqual(Hex.Write(kept), Hex.Write(flash.Content(SealTable.SeedFile)));
        flash.RefusesWrites = true;
        Assert.ThrowsException(typeof(FlashException), () => alice.NewNumber(1000));
    }
}

using System.Text;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>RFC 7518, appendix B.1, and what is none of its ciphertexts.</summary>
[TestClass]
public class A128CbcHs256Tests
{
    private const string Text =
        "A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience";

    private const string Associated = "The second principle of Auguste Kerckhoffs";
    private const string Vector = "1af38c2dc2b96ffdd86694092341bc04";

    private const string Ciphertext = "c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9a94ac9b47ad2655c5f10f9aef71427e2"
        + "fc6f9b3f399a221489f16362c703233609d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b"
        + "384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade54b8851ffb598f7f80074b9473c82e2db";

    private const string Tag = "652c3fa36b0a7c5b3219fab3a30bc1c4";

    [Setup]
    public void Needs_cryptography() { SealTables.NeedCryptography(); }

    [TestMethod]
    public void The_vector_of_the_RFC()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        byte[] result = A128CbcHs256.Encrypt(Key(), Hex.Read(Vector), Encoding.UTF8.GetBytes(Associated), text, text.Length);
        Assert.AreEqual(Ciphertext + Tag, Hex.Write(result));
        byte[] back = A128CbcHs256.Decrypt(Key(), Hex.Read(Vector), Encoding.UTF8.GetBytes(Associated), result, 0, result.Length);
        Assert.AreEqual(Text, Encoding.UTF8.GetString(back, 0, back.Length));
    }

    [TestMethod]
    public void Every_bit_of_it_counts()
    {
        byte[] sound = Hex.Read(Ciphertext + Tag);
        byte[] associated = Encoding.UTF8.GetBytes(Associated);
        for (int bit = 0; bit < sound.Length * 8; bit++)
        {
            sound[bit / 8] ^= (byte)(1 << bit % 8);
            byte[] text = A128CbcHs256.Decrypt(Key(), Hex.Read(Vector), associated, sound, 0, sound.Length);
            Assert.IsTrue(text == null, "bit " + bit.ToString());
            sound[bit / 8] ^= (byte)(1 << bit % 8);
        }

        associated[0] ^= 1;
        Assert.IsTrue(A128CbcHs256.Decrypt(Key(), Hex.Read(Vector), associated, sound, 0, sound.Length) == null, "associated");
        associated[0] ^= 1;
        byte[] vector = Hex.Read(Vector);
        vector[15] ^= 1;
        Assert.IsTrue(A128CbcHs256.Decrypt(Key(), vector, associated, sound, 0, sound.Length) == null, "vector");
    }

    [TestMethod]
    public void No_length_but_its_own_is_taken()
    {
        byte[] sound = Hex.Read(Ciphertext + Tag);
        for (int count = 0; count < sound.Length; count++)
            Assert.IsTrue(
                A128CbcHs256.Decrypt(Key(), Hex.Read(Vector), Encoding.UTF8.GetBytes(Associated), sound, 0, count) == null,
                count.ToString());
    }

    [TestMethod]
    public void Texts_of_every_length_come_back()
    {
        for (int count = 0; count <= 48; count++)
        {
            var text = new byte[count];
            for (int i = 0; i < count; i++) text[i] = (byte)i;
            byte[] result = A128CbcHs256.Encrypt(Key(), Hex.Read(Vector), text, text, count);
            Assert.AreEqual((count / 16 + 1) * 16 + 16, result.Length);
            Assert.AreEqual(Hex.Write(text), Hex.Write(A128CbcHs256.Decrypt(Key(), Hex.Read(Vector), text, result, 0, result.Length)));
        }
    }

    private static byte[] Key()
    {
        var key = new byte[A128CbcHs256.KeyBytes];
        for (int i = 0; i < key.Length; i++) key[i] = (byte)i;
        return key;
    }
}

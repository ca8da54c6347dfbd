using System;
using System.Text;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What one table seals the other opens, once; keys that are over are nowhere.</summary>
[TestClass]
public class SealTableTests
{
    private const string ToBob = "ec1/i/bob/alice";

    [Setup]
    public void Needs_cryptography()
    {
        if (!SealKit.IsThere) Assert.SkipTest("this runtime has no cryptography");
    }

    [TestMethod]
    public void Each_opens_what_the_other_has_sealed_and_once()
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        for (int i = 0; i < 600; i++)
        {
            byte[] sealedBody = Seal(alice, "text " + i.ToString());
            Assert.AreEqual("text " + i.ToString(), Open(bob, sealedBody), "number");
            Assert.AreEqual("sealed, came before", Open(bob, sealedBody));
        }
    }

    [TestMethod]
    public void What_was_overtaken_still_opens_up_to_sixteen_messages_late()
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        var late = new byte[300][];
        for (int i = 0; i < late.Length; i++) late[i] = Seal(alice, i.ToString());
        Assert.AreEqual("260", Open(bob, late[260]));
        for (int i = 259; i > 243; i--) Assert.AreEqual(i.ToString(), Open(bob, late[i]));
        Assert.AreEqual("sealed, came before", Open(bob, late[250]), "once");
        Assert.AreEqual("sealed, came before", Open(bob, late[243]), "too late");
        Assert.AreEqual("299", Open(bob, late[299]));
    }

    [TestMethod]
    public void A_forged_number_turns_nothing()
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        byte[] first = Seal(alice, "first");
        byte[] forged = (byte[])first.Clone();
        forged[2] = 100;
        Assert.AreEqual("wrong seal", Open(bob, forged));
        forged[1] = 9;
        Assert.AreEqual("wrong seal", Open(bob, forged));
        Assert.AreEqual("first", Open(bob, first));
    }

    [TestMethod]
    public void After_any_restart_no_number_is_used_twice()
    {
        var flash = new MemoryFlash();
        SealTable alice = Table("alice", "bob", flash);
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        for (int boot = 0; boot < 40; boot++)
        {
            for (int i = 0; i < boot * 7; i++) Assert.AreEqual("text", Open(bob, Seal(alice, "text")), "opens: it was not used");
            alice = new SealTable("alice", flash);
            alice.Open();
        }
    }

    [TestMethod]
    public void A_cut_at_any_write_makes_no_number_come_twice()
    {
        int operations = SealUntilCut(0, 0);
        Assert.IsTrue(operations > 8, operations.ToString());
        for (int cut = 1; cut <= operations; cut++)
            for (int bytes = 0; bytes < 2; bytes++) SealUntilCut(cut, bytes);
    }

    // two pages of keys from provisioning; seals with a device of each, through starts and a power cut
    private static int SealUntilCut(int cut, int bytes)
    {
        var flash = new MemoryFlash();
        var file = new byte[9 * SealTable.KeyRowBytes];
        for (int i = 0; i < 9; i++)
        {
            file[i * SealTable.KeyRowBytes] = (byte)('a' + i);
            Array.Copy(SealKit.Root("me", "a"), 0, file, i * SealTable.KeyRowBytes + Topics.MaxIdLength, KeyTree.RootBytes);
        }

        flash.Put(SealTable.KeysFile, file);
        flash.CutAt = cut;
        flash.CutAfterBytes = bytes;
        string seen = "|";
        for (int boot = 0; boot < 4; boot++)
        {
            try
            {
                var table = new SealTable("me", flash);
                table.Open();
                for (int i = 0; i < 50; i++)
                {
                    seen = Note(seen, table, "a", cut);
                    if (i % 2 == 0) seen = Note(seen, table, "i", cut);
                    if (i == 30 + boot) table.Save();
                }
            }
            catch (PowerCutException)
            {
                flash.PowerOn();
            }
        }

        return flash.Operations;
    }

    private static string Note(string seen, SealTable table, string device, int cut)
    {
        byte[] made = table.Seal(table.Find(device), "ec1/i/" + device + "/me", new byte[1], 1, 1);
        string name = device + Envelope.Life(made).ToString() + "." + Envelope.Number(made).ToString() + "|";
        Assert.IsTrue(seen.IndexOf("|" + name) < 0, "cut " + cut.ToString() + ": " + name);
        return seen + name;
    }

    [TestMethod]
    public void A_key_that_was_here_before_goes_on_in_a_life_that_it_has_not_sealed_in()
    {
        var flash = new MemoryFlash();
        SealTable alice = Table("alice", "bob", flash);
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        Open(bob, Seal(alice, "one"));
        alice.Remove(0);
        alice.TryInstall("carol", SealKit.Root("alice", "carol"));
        alice.TryInstall("bob", SealKit.Root("alice", "bob"));
        Assert.AreEqual("2 0", LifeAndNumber(alice), "removed and entered again");
        alice.TryInstall("bob", SealKit.Root("alice", "dave"));
        alice.TryInstall("bob", SealKit.Root("alice", "bob"));
        alice.Save();
        alice = new SealTable("alice", flash);
        alice.Open();
        Assert.AreEqual("3 0", LifeAndNumber(alice), "another in between");
        byte[] text = Encoding.UTF8.GetBytes("two");
        Assert.AreEqual("two", Open(bob, alice.Seal(alice.Find("bob"), ToBob, text, text.Length, 1)));
        Assert.IsTrue(bob.TakeChanged(0), "told");
    }

    [TestMethod]
    public void Keys_run_out_before_one_is_used_twice()
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        byte[] text = Encoding.UTF8.GetBytes("late");
        alice.Seal(0, ToBob, text, text.Length, SealChain.MostLives);
        Assert.IsFalse(alice.TryInstall("bob", SealKit.Root("alice", "carol")));
        Assert.AreEqual(0, alice.Find("bob"), "what was there is there");
        alice.Remove(0);
        Assert.IsFalse(alice.TryInstall("bob", SealKit.Root("alice", "bob")));
    }

    [TestMethod]
    public void In_which_life_provisioning_has_sealed_nobody_else_says()
    {
        var flash = new MemoryFlash();
        var alice = new SealTable("alice", flash);
        alice.TryInstall("bob", SealKit.Root("alice", "bob"), 3);
        byte[] text = Encoding.UTF8.GetBytes("text");
        byte[] made = alice.Seal(0, ToBob, text, text.Length, 900); // a forged presence leads to this incarnation
        Assert.AreEqual(3, Envelope.Life(made));
        alice.Save();
        alice = new SealTable("alice", flash);
        alice.Open();
        Assert.AreEqual(3, Envelope.Life(alice.Seal(0, ToBob, text, text.Length, 900)));
    }

    [TestMethod]
    public void Without_keys_that_were_there_a_board_does_not_start()
    {
        var flash = new MemoryFlash();
        Table("alice", "bob", flash);
        flash.Put("seal0", new byte[10]);
        var alice = new SealTable("alice", flash);
        Assert.ThrowsException(typeof(FlashException), () => alice.Open());
    }

    [TestMethod]
    public void Whatever_is_changed_is_refused_and_turns_nothing()
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        byte[] made = Seal(alice, "text");
        for (int i = 0; i < made.Length; i++)
        {
            for (int bit = 1; bit < 256; bit <<= 3)
            {
                byte[] changed = (byte[])made.Clone();
                changed[i] ^= (byte)bit;
                if (Envelope.IsSealed(changed)) Assert.AreEqual("wrong seal", Open(bob, changed), "byte " + i.ToString());
            }

            var cut = new byte[i];
            Array.Copy(made, 0, cut, 0, i);
            if (i > 0) Assert.AreEqual("wrong seal", Open(bob, cut), "cut at " + i.ToString());
        }

        Assert.IsTrue(bob.Open(0, "ec1/i/bob/carol", made, out BodyError _) == null, "other topic");
        Assert.IsTrue(alice.Open(0, ToBob, made, out BodyError _) == null, "reflected");
        Assert.AreEqual("text", Open(bob, made));
    }

    [TestMethod]
    public void A_refused_write_lets_nothing_out()
    {
        var flash = new MemoryFlash();
        SealTable alice = Table("alice", "bob", flash);
        alice = new SealTable("alice", flash);
        alice.Open();
        flash.RefusesWrites = true;
        Assert.ThrowsException(typeof(FlashException), () => Seal(alice, "text"));
        Assert.ThrowsException(typeof(FlashException), () => Seal(alice, "text"));
        flash.RefusesWrites = false;
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        Assert.AreEqual("text", Open(bob, Seal(alice, "text")));
    }

    [TestMethod]
    public void What_was_used_is_nowhere_on_flash()
    {
        var sender = new MemoryFlash();
        var receiver = new MemoryFlash();
        byte[] chain = new byte[SealChain.Bytes];
        SealChain.Install(chain, 0, KeyTree.OfDirection(SealKit.Root("alice", "bob"), "alice", "bob"));
        SealChain.TryEnter(chain, 0, 1);
        SealTable alice = Table("alice", "bob", sender);
        SealTable bob = Table("bob", "alice", receiver);
        var used = new byte[10][];
        for (int i = 0; i < used.Length; i++)
        {
            used[i] = (byte[])chain.Clone();
            SealChain.Take(chain, 0);
            Open(bob, Seal(alice, "text"));
        }

        alice.Save();
        bob.Save();
        for (int i = 0; i < used.Length; i++)
        {
            Assert.IsFalse(Holds(sender, used[i], 38), "sender");
            Assert.IsFalse(Holds(receiver, used[i], 38), "receiver");
        }

        Assert.IsTrue(Holds(sender, chain, 38), "what is next is there");
        Assert.IsTrue(Holds(receiver, chain, 38), "what is next is there");
        byte[] root = SealKit.Root("alice", "bob");
        Assert.IsFalse(Holds(sender, root, 0), "the key of the pair");
        byte[] direction = KeyTree.OfDirection(root, "alice", "bob");
        Assert.IsFalse(Holds(sender, direction, 0), "where its lives begin");
        Assert.IsTrue(sender.Content(SealTable.KeysFile) == null, "the file of provisioning");
    }

    [TestMethod]
    public void A_new_life_goes_on_where_no_earlier_one_was()
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        byte[] old = Seal(alice, "old");
        Open(bob, old);
        alice = Table("alice", "bob", new MemoryFlash()); // its flash was lost
        Assert.AreEqual("sealed, came before", Open(bob, Seal(alice, "same life")));
        Assert.IsFalse(bob.TakeChanged(0));
        byte[] first = alice.Seal(0, ToBob, Encoding.UTF8.GetBytes("anew"), 4, 2);
        Assert.AreEqual("anew", Open(bob, first));
        Assert.IsTrue(bob.TakeChanged(0), "told");
        Assert.AreEqual("sealed, came before", Open(bob, old));
        Assert.AreEqual("anew still", Open(bob, Seal(alice, "anew still")), "a life is never gone back to");
    }

    [TestMethod]
    [DataRow(1024)]
    [DataRow(1025)]
    [DataRow(65535)]
    public void A_late_incarnation_seals_in_the_last_life(int incarnation)
    {
        SealTable alice = Table("alice", "bob", new MemoryFlash());
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        byte[] text = Encoding.UTF8.GetBytes("late");
        Assert.AreEqual("late", Open(bob, alice.Seal(0, ToBob, text, text.Length, incarnation)));
        byte[] again = alice.Seal(0, ToBob, text, text.Length, incarnation);
        Assert.AreEqual(1024, Envelope.Life(again));
        Assert.AreEqual("late", Open(bob, again));
    }

    [TestMethod]
    public void The_same_key_again_changes_nothing_and_another_takes_its_place()
    {
        var flash = new MemoryFlash();
        SealTable alice = Table("alice", "bob", flash);
        alice.SetVerified(0, true);
        SealTable bob = Table("bob", "alice", new MemoryFlash());
        Open(bob, Seal(alice, "one"));
        Assert.IsTrue(alice.TryInstall("bob", SealKit.Root("alice", "bob")));
        Assert.IsFalse(alice.TakeChanged(0));
        Assert.AreEqual("two", Open(bob, Seal(alice, "two")));
        Assert.IsTrue(alice.TryInstall("bob", SealKit.Root("alice", "carol")));
        Assert.IsTrue(alice.TakeChanged(0));
        Assert.IsFalse(alice.IsVerified(0), "nobody has compared this one");
        Seal(alice, "numbers begin anew");
        Seal(alice, "so these were used with the other key");
        Assert.AreEqual("wrong seal", Open(bob, Seal(alice, "three")));
    }

    [TestMethod]
    public void There_is_room_for_as_many_as_there_are_contacts()
    {
        var flash = new MemoryFlash();
        var alice = new SealTable("alice", flash);
        for (int i = 0; i < Limits.Contacts; i++) Assert.IsTrue(alice.TryInstall("d" + i.ToString(), SealKit.Root("alice", "bob")));
        Assert.IsFalse(alice.TryInstall("one-more", SealKit.Root("alice", "bob")));
        Assert.IsFalse(alice.TryInstall("alice", SealKit.Root("alice", "bob")), "itself");
        Assert.IsFalse(alice.TryInstall("No id", SealKit.Root("alice", "bob")));
        alice.Save();
        var again = new SealTable("alice", flash);
        again.Open();
        for (int i = 0; i < Limits.Contacts; i++) Assert.IsTrue(again.Find("d" + i.ToString()) >= 0, i.ToString());
        again.Remove(again.Find("d7"));
        Assert.AreEqual(-1, again.Find("d7"));
        Assert.IsTrue(again.TryInstall("one-more", SealKit.Root("alice", "bob")));
    }

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

    private static SealTable Table(string me, string other, MemoryFlash flash)
    {
        var table = new SealTable(me, flash);
        table.TryInstall(other, SealKit.Root(me, other));
        table.Save();
        return table;
    }

    private static byte[] Seal(SealTable table, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return table.Seal(0, ToBob, bytes, bytes.Length, 1);
    }

    private static string Open(SealTable table, byte[] sealedBody)
    {
        byte[] text = table.Open(0, ToBob, sealedBody, out BodyError error);
        return text == null ? BodyErrors.WordsFor(error) : Encoding.UTF8.GetString(text, 0, text.Length);
    }

    private static string LifeAndNumber(SealTable table)
    {
        byte[] made = table.Seal(table.Find("bob"), ToBob, new byte[1], 1, 1);
        return Envelope.Life(made).ToString() + " " + Envelope.Number(made).ToString();
    }

    private static bool Holds(MemoryFlash flash, byte[] bytes, int start)
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

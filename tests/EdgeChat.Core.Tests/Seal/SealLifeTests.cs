using System;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Lives and numbers of sealed messages: whatever happens to the board, none comes twice, and what was used is gone.</summary>
[TestClass]
public class SealLifeTests
{
    [Setup]
    public void Needs_cryptography() { SealTables.NeedCryptography(); }

    [TestMethod]
    public void After_any_restart_no_number_is_used_twice()
    {
        var flash = new MemoryFlash();
        SealTable alice = SealTables.Table("alice", "bob", flash);
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        for (int boot = 0; boot < 40; boot++)
        {
            for (int i = 0; i < boot * 7; i++)
                Assert.AreEqual("text", SealTables.Open(bob, SealTables.Seal(alice, "text")), "opens: it was not used");
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
        SealTable alice = SealTables.Table("alice", "bob", flash);
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        SealTables.Open(bob, SealTables.Seal(alice, "one"));
        alice.Remove(0);
        alice.TryInstall("carol", SealKit.Root("alice", "carol"));
        alice.TryInstall("bob", SealKit.Root("alice", "bob"));
        Assert.AreEqual("2 0", SealTables.LifeAndNumber(alice), "removed and entered again");
        alice.TryInstall("bob", SealKit.Root("alice", "dave"));
        alice.TryInstall("bob", SealKit.Root("alice", "bob"));
        alice.Save();
        alice = new SealTable("alice", flash);
        alice.Open();
        Assert.AreEqual("3 0", SealTables.LifeAndNumber(alice), "another in between");
        Assert.AreEqual("two", SealTables.Open(bob, SealTables.Seal(alice, "two")));
        Assert.IsTrue(bob.TakeChanged(0), "told");
    }

    [TestMethod]
    public void Keys_run_out_before_one_is_used_twice()
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTables.Seal(alice, "late", SealChain.MostLives);
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
        byte[] made = SealTables.Seal(alice, "text", 900); // a forged presence leads to this incarnation
        Assert.AreEqual(3, Envelope.Life(made));
        alice.Save();
        alice = new SealTable("alice", flash);
        alice.Open();
        Assert.AreEqual(3, Envelope.Life(SealTables.Seal(alice, "text", 900)));
    }

    [TestMethod]
    public void What_was_used_is_nowhere_on_flash()
    {
        var sender = new MemoryFlash();
        var receiver = new MemoryFlash();
        byte[] chain = new byte[SealChain.Bytes];
        SealChain.Install(chain, 0, KeyTree.OfDirection(SealKit.Root("alice", "bob"), "alice", "bob"));
        SealChain.TryEnter(chain, 0, 1);
        SealTable alice = SealTables.Table("alice", "bob", sender);
        SealTable bob = SealTables.Table("bob", "alice", receiver);
        var used = new byte[10][];
        for (int i = 0; i < used.Length; i++)
        {
            used[i] = (byte[])chain.Clone();
            SealChain.Take(chain, 0);
            SealTables.Open(bob, SealTables.Seal(alice, "text"));
        }

        alice.Save();
        bob.Save();
        for (int i = 0; i < used.Length; i++)
        {
            Assert.IsFalse(SealTables.Holds(sender, used[i], 38), "sender");
            Assert.IsFalse(SealTables.Holds(receiver, used[i], 38), "receiver");
        }

        Assert.IsTrue(SealTables.Holds(sender, chain, 38), "what is next is there");
        Assert.IsTrue(SealTables.Holds(receiver, chain, 38), "what is next is there");
        byte[] root = SealKit.Root("alice", "bob");
        Assert.IsFalse(SealTables.Holds(sender, root, 0), "the key of the pair");
        byte[] direction = KeyTree.OfDirection(root, "alice", "bob");
        Assert.IsFalse(SealTables.Holds(sender, direction, 0), "where its lives begin");
        Assert.IsTrue(sender.Content(SealTable.KeysFile) == null, "the file of provisioning");
    }

    [TestMethod]
    public void A_new_life_goes_on_where_no_earlier_one_was()
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        byte[] old = SealTables.Seal(alice, "old");
        SealTables.Open(bob, old);
        alice = SealTables.Table("alice", "bob", new MemoryFlash()); // its flash was lost
        Assert.AreEqual("sealed, came before", SealTables.Open(bob, SealTables.Seal(alice, "same life")));
        Assert.IsFalse(bob.TakeChanged(0));
        Assert.AreEqual("anew", SealTables.Open(bob, SealTables.Seal(alice, "anew", 2)));
        Assert.IsTrue(bob.TakeChanged(0), "told");
        Assert.AreEqual("sealed, came before", SealTables.Open(bob, old));
        Assert.AreEqual("anew still", SealTables.Open(bob, SealTables.Seal(alice, "anew still")), "a life is never gone back to");
    }

    [TestMethod]
    [DataRow(1024)]
    [DataRow(1025)]
    [DataRow(65535)]
    public void A_late_incarnation_seals_in_the_last_life(int incarnation)
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        Assert.AreEqual("late", SealTables.Open(bob, SealTables.Seal(alice, "late", incarnation)));
        byte[] again = SealTables.Seal(alice, "late", incarnation);
        Assert.AreEqual(1024, Envelope.Life(again));
        Assert.AreEqual("late", SealTables.Open(bob, again));
    }
}

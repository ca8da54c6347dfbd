using System;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>The keys of a board: each of two opens what the other has sealed, and nothing else turns them.</summary>
[TestClass]
public class SealTableTests
{
    [Setup]
    public void Needs_cryptography() { SealTables.NeedCryptography(); }

    [TestMethod]
    public void Each_opens_what_the_other_has_sealed_and_once()
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        for (int i = 0; i < 600; i++)
        {
            byte[] sealedBody = SealTables.Seal(alice, "text " + i.ToString());
            Assert.AreEqual("text " + i.ToString(), SealTables.Open(bob, sealedBody), "number");
            Assert.AreEqual("sealed, came before", SealTables.Open(bob, sealedBody));
        }
    }

    [TestMethod]
    public void What_was_overtaken_still_opens_up_to_sixteen_messages_late()
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        var late = new byte[300][];
        for (int i = 0; i < late.Length; i++) late[i] = SealTables.Seal(alice, i.ToString());
        Assert.AreEqual("260", SealTables.Open(bob, late[260]));
        for (int i = 259; i > 243; i--) Assert.AreEqual(i.ToString(), SealTables.Open(bob, late[i]));
        Assert.AreEqual("sealed, came before", SealTables.Open(bob, late[250]), "once");
        Assert.AreEqual("sealed, came before", SealTables.Open(bob, late[243]), "too late");
        Assert.AreEqual("299", SealTables.Open(bob, late[299]));
    }

    [TestMethod]
    public void A_forged_number_turns_nothing()
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        byte[] first = SealTables.Seal(alice, "first");
        byte[] forged = (byte[])first.Clone();
        forged[2] = 100;
        Assert.AreEqual("wrong seal", SealTables.Open(bob, forged));
        forged[1] = 9;
        Assert.AreEqual("wrong seal", SealTables.Open(bob, forged));
        Assert.AreEqual("first", SealTables.Open(bob, first));
    }

    [TestMethod]
    public void Without_keys_that_were_there_a_board_does_not_start()
    {
        var flash = new MemoryFlash();
        SealTables.Table("alice", "bob", flash);
        flash.Put("seal0", new byte[10]);
        var alice = new SealTable("alice", flash);
        Assert.ThrowsException(typeof(FlashException), () => alice.Open());
    }

    [TestMethod]
    public void Whatever_is_changed_is_refused_and_turns_nothing()
    {
        SealTable alice = SealTables.Table("alice", "bob", new MemoryFlash());
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        byte[] made = SealTables.Seal(alice, "text");
        for (int i = 0; i < made.Length; i++)
        {
            for (int bit = 1; bit < 256; bit <<= 3)
            {
                byte[] changed = (byte[])made.Clone();
                changed[i] ^= (byte)bit;
                if (Envelope.IsSealed(changed)) Assert.AreEqual("wrong seal", SealTables.Open(bob, changed), "byte " + i.ToString());
            }

            var cut = new byte[i];
            Array.Copy(made, 0, cut, 0, i);
            if (i > 0) Assert.AreEqual("wrong seal", SealTables.Open(bob, cut), "cut at " + i.ToString());
        }

        Assert.IsTrue(bob.Open(0, "ec1/i/bob/carol", made, out BodyError _) == null, "other topic");
        Assert.IsTrue(alice.Open(0, SealTables.ToBob, made, out BodyError _) == null, "reflected");
        Assert.AreEqual("text", SealTables.Open(bob, made));
    }

    [TestMethod]
    public void A_refused_write_lets_nothing_out()
    {
        var flash = new MemoryFlash();
        SealTable alice = SealTables.Table("alice", "bob", flash);
        alice = new SealTable("alice", flash);
        alice.Open();
        flash.RefusesWrites = true;
        Assert.ThrowsException(typeof(FlashException), () => SealTables.Seal(alice, "text"));
        Assert.ThrowsException(typeof(FlashException), () => SealTables.Seal(alice, "text"));
        flash.RefusesWrites = false;
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        Assert.AreEqual("text", SealTables.Open(bob, SealTables.Seal(alice, "text")));
    }

    [TestMethod]
    public void The_same_key_again_changes_nothing_and_another_takes_its_place()
    {
        var flash = new MemoryFlash();
        SealTable alice = SealTables.Table("alice", "bob", flash);
        alice.SetVerified(0, true);
        SealTable bob = SealTables.Table("bob", "alice", new MemoryFlash());
        SealTables.Open(bob, SealTables.Seal(alice, "one"));
        Assert.IsTrue(alice.TryInstall("bob", SealKit.Root("alice", "bob")));
        Assert.IsFalse(alice.TakeChanged(0));
        Assert.AreEqual("two", SealTables.Open(bob, SealTables.Seal(alice, "two")));
        Assert.IsTrue(alice.TryInstall("bob", SealKit.Root("alice", "carol")));
        Assert.IsTrue(alice.TakeChanged(0));
        Assert.IsFalse(alice.IsVerified(0), "nobody has compared this one");
        SealTables.Seal(alice, "numbers begin anew");
        SealTables.Seal(alice, "so these were used with the other key");
        Assert.AreEqual("wrong seal", SealTables.Open(bob, SealTables.Seal(alice, "three")));
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
}

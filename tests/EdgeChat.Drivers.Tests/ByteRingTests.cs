using nanoFramework.TestFramework;

namespace EdgeChat.Drivers.Tests;

/// <summary>The bounded queue of bytes of a serial line.</summary>
[TestClass]
public class ByteRingTests
{
    [TestMethod]
    public void Bytes_come_out_in_order_across_the_end_of_the_buffer()
    {
        var ring = new ByteRing(7);
        var piece = new byte[5];
        byte written = 0;
        byte read = 0;
        for (int round = 1; round <= 40; round++)
        {
            int size = 1 + (round % 5);
            for (int i = 0; i < size; i++) piece[i] = written++;
            Assert.AreEqual(size, ring.Put(piece, 0, size));
            int taken = 0;
            for (int straight = ring.Straight; straight > 0; straight = ring.Straight)
            {
                for (int i = 0; i < straight; i++) Assert.AreEqual((int)read++, (int)ring.Bytes[ring.First + i]);
                ring.Drop(straight);
                taken += straight;
            }

            Assert.AreEqual(size, taken);
        }
    }

    [TestMethod]
    public void Only_what_there_is_room_for_is_put()
    {
        var ring = new ByteRing(4);
        var bytes = new byte[] { 1, 2, 3, 4, 5, 6 };
        Assert.AreEqual(3, ring.Put(bytes, 0, 3));
        Assert.AreEqual(1, ring.Put(bytes, 3, 3));
        Assert.AreEqual(0, ring.Put(bytes, 4, 2));
        Assert.AreEqual(4, ring.Straight);
    }

    [TestMethod]
    public void What_waits_stays_where_it_is_while_more_is_put_behind_it()
    {
        var ring = new ByteRing(4);
        var bytes = new byte[] { 1, 2, 3, 4, 5, 6 };
        ring.Put(bytes, 0, 4);
        ring.Drop(2);
        Assert.AreEqual(2, ring.Put(bytes, 4, 2));
        Assert.AreEqual(2, ring.Straight);
        Assert.AreEqual(3, (int)ring.Bytes[ring.First]);
        Assert.AreEqual(4, (int)ring.Bytes[ring.First + 1]);
        ring.Drop(1);
        Assert.AreEqual(4, (int)ring.Bytes[ring.First]);
        ring.Drop(1);
        Assert.AreEqual(2, ring.Straight);
        Assert.AreEqual(5, (int)ring.Bytes[ring.First]);
    }
}

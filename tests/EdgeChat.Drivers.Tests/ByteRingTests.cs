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
        var taken = new byte[5];
        byte written = 0;
        byte read = 0;
        for (int round = 1; round <= 40; round++)
        {
            int size = 1 + (round % 5);
            for (int i = 0; i < size; i++) piece[i] = written++;
            Assert.AreEqual(size, ring.Put(piece, 0, size));
            Assert.AreEqual(size, ring.Take(taken, 0, 5));
            for (int i = 0; i < size; i++) Assert.AreEqual((int)read++, (int)taken[i]);
            Assert.AreEqual(0, ring.Count);
        }
    }

    [TestMethod]
    public void Only_what_there_is_room_for_is_taken()
    {
        var ring = new ByteRing(4);
        var bytes = new byte[] { 1, 2, 3, 4, 5, 6 };
        Assert.AreEqual(3, ring.Put(bytes, 0, 3));
        Assert.AreEqual(1, ring.Put(bytes, 3, 3));
        Assert.AreEqual(0, ring.Put(bytes, 4, 2));
        var taken = new byte[6];
        Assert.AreEqual(4, ring.Take(taken, 1, 5));
        Assert.AreEqual(0, (int)taken[0]);
        Assert.AreEqual(1, (int)taken[1]);
        Assert.AreEqual(4, (int)taken[4]);
    }
}

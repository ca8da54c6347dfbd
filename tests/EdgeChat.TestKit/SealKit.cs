using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.TestKit;

/// <summary>Gives boards the keys of a fleet, as provisioning does.</summary>
public static class SealKit
{
    /// <summary>Whether this runtime has the cryptography that the boards have: not every build for PCs does.</summary>
    public static bool IsThere
    {
        get
        {
            try
            {
                return Root("alice", "bob") != null;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }

    /// <summary>The key of a pair in a fleet.</summary>
    public static byte[] Root(string one, string other) { return KeyTree.PairOfFleet(new byte[KeyTree.RootBytes], one, other); }

    /// <summary>Puts the file of keys onto a board's flash: it has one with each of these.</summary>
    public static CoreBoard Give(CoreBoard board, params string[] others)
    {
        var file = new byte[others.Length * SealTable.KeyRowBytes];
        for (int i = 0; i < others.Length; i++)
        {
            int at = i * SealTable.KeyRowBytes;
            byte[] id = Encoding.UTF8.GetBytes(others[i]);
            Array.Copy(id, 0, file, at, id.Length);
            Array.Copy(Root(board.Id, others[i]), 0, file, at + Topics.MaxIdLength, KeyTree.RootBytes);
        }

        board.Flash.Put(SealTable.KeysFile, file);
        return board;
    }

    /// <summary>A key for the operator's configurations.</summary>
    public static byte[] OrderKey(byte fill)
    {
        var key = new byte[A128CbcHs256.KeyBytes];
        for (int i = 0; i < key.Length; i++) key[i] = (byte)(fill + i);
        return key;
    }

    /// <summary>A body in the envelope of the operator's configurations, as its tool makes it but for the vector.</summary>
    public static byte[] Order(string topic, byte[] key, string body)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic);
        byte[] text = Encoding.UTF8.GetBytes(body);
        var associated = new byte[name.Length + 1 + A128CbcHs256.BlockBytes];
        Array.Copy(name, 0, associated, 0, name.Length);
        associated[name.Length] = Envelope.OrderVersion;
        byte[] inside = A128CbcHs256.Encrypt(key, new byte[A128CbcHs256.BlockBytes], associated, text, text.Length);
        var order = new byte[1 + A128CbcHs256.BlockBytes + inside.Length];
        order[0] = Envelope.OrderVersion;
        Array.Copy(inside, 0, order, 1 + A128CbcHs256.BlockBytes, inside.Length);
        return order;
    }
}

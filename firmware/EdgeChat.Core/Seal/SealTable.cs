using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>The keys that this board shares with others, and what is sealed and opened with them.</summary>
/// <remarks>
/// <para>A state on flash that is a little older than what was used does no harm. What came is known by its message's number; and what this
/// board seals after a start begins <see cref="Ahead"/> numbers further on, which is why no more than these are used between two
/// writes.</para>
/// <para>A row turns as a whole or not at all, whenever the heap is too short or the flash refuses: otherwise the two devices would be out
/// of step for ever.</para>
/// <para>Here is what a key means; SealTable.Pages.cs has the rows.</para>
/// <para>Keys that provisioning has put into the file <see cref="KeysFile"/> are taken from there, and the file is deleted.</para>
/// </remarks>
public sealed partial class SealTable
{
    /// <summary>The file in which provisioning gives keys: rows of an id of 16 bytes, zero padded, and a key of 32. The first one may have
    /// no id: then it has the seed of the generator, and in the 2 bytes after the first, lower byte first, the life to seal in.</summary>
    public const string KeysFile = "keys";

    /// <summary>Bytes of a row of <see cref="KeysFile"/>.</summary>
    public const int KeyRowBytes = SealSlot.IdBytes + KeyTree.RootBytes;

    /// <summary>Messages that are sealed at most between two writes.</summary>
    public const int Ahead = 64;

    /// <summary>The file of the generator's state.</summary>
    public const string SeedFile = "seed";

    private const int FreshBytes = 32;

    private readonly string _me;
    private readonly IFlash _flash;
    private SkippedKeys _skipped;
    private int _used; // messages sealed since the last write

    /// <summary>Makes a table that has not read its flash.</summary>
    public SealTable(string me, IFlash flash)
    {
        _me = me;
        _flash = flash;
    }

    /// <summary>Reads the flash and takes what provisioning has brought. Throws <see cref="FlashException"/> when the flash
    /// refuses, or keys that were there cannot be read.</summary>
    public void Open()
    {
        if (_me == null) return;
        LoadPages();
        int count = _flash.Size(KeysFile);
        if (count < 0) return;
        var keys = new byte[count];
        _flash.Read(KeysFile, 0, keys, 0, count);
        int life = 0;
        for (int at = 0; at + KeyRowBytes <= count; at += KeyRowBytes)
        {
            var root = new byte[KeyTree.RootBytes];
            Array.Copy(keys, at + SealSlot.IdBytes, root, 0, root.Length);
            if (keys[at] != 0)
            {
                TryInstall(IdAt(keys, at), root, life);
                continue;
            }

            life = keys[at + 1] | keys[at + 2] << 8;
            if (!HasSeed) _flash.Replace(SeedFile, root, 0, root.Length);
        }

        Save();
        _flash.Delete(KeysFile);
    }

    /// <summary>Writes what is not on flash yet. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    public void Save()
    {
        SavePages();
        _used = 0;
    }

    /// <summary>The device of a row, or null when the row is free.</summary>
    public string DeviceAt(int row) { return Has(row, SealSlot.IsUsed) ? IdOf(row) : null; }

    /// <summary>Takes the key of a pair. The one that is there already stays as it is; another takes its place, and
    /// <see cref="TakeChanged"/> tells. False when there is no room, or no such device.</summary>
    /// <param name="device">The other device.</param>
    /// <param name="root">The key, <see cref="KeyTree.RootBytes"/> bytes.</param>
    /// <param name="life">The life to seal in if provisioning has given one, which it gives once; 0 for this board's incarnation.</param>
    public bool TryInstall(string device, byte[] root, int life = 0)
    {
        if (!Topics.IsDeviceId(device) || device == _me) return false;
        byte[] code = KeyTree.CodeOf(root, _me, device);
        int row = Find(device);
        bool isNew = row < 0;
        if (isNew) row = TakeFree();
        if (row < 0) return false;
        byte[] page = PageOf(row);
        int at = At(row);
        if (!isNew && IsSame(page, at + SealSlot.Code, code)) return true;
        // the same key may have been here before: its numbers must not begin again in a life that it has sealed in
        int first = Spent(row);
        for (int i = 0; i < Count; i++)
            if (First(i) > first) first = First(i);
        if (life > first) first = life;
        if (first > SealChain.MostLives) return false;
        byte[] sending = KeyTree.OfDirection(root, _me, device);
        byte[] receiving = KeyTree.OfDirection(root, device, _me);
        byte[] id = Encoding.UTF8.GetBytes(device);
        Remove(row);
        Array.Copy(id, 0, page, at, id.Length);
        Array.Copy(code, 0, page, at + SealSlot.Code, code.Length);
        SealChain.Install(page, at + SealSlot.Sending, sending);
        SealChain.Install(page, at + SealSlot.Receiving, receiving);
        SetFirst(row, first);
        Set(row, SealSlot.IsUsed, true);
        Set(row, SealSlot.IsGiven, life > 0);
        Set(row, SealSlot.IsChanged, !isNew);
        return true;
    }

    /// <summary>The life in which this board seals for groups: the one that provisioning has given, or else its incarnation.</summary>
    public int LifeOr(int incarnation)
    {
        int life = 0;
        for (int row = 0; row < Count; row++)
            if (Has(row, SealSlot.IsGiven) && First(row) > life) life = First(row);
        if (life == 0) life = incarnation;
        return life < SealChain.MostLives ? life : SealChain.MostLives;
    }

    /// <summary>Whether the state of the generator is on flash.</summary>
    public bool HasSeed { get { return _flash.Size(SeedFile) == KeyTree.RootBytes; } }

    /// <summary>A number that nobody can guess, for a key that is typed. The state of the generator is on flash before its number is
    /// given. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    /// <remarks>What it kept and what is fresh go into HMAC-SHA-256 together: the number is as good as the better of the two. On a board
    /// <see cref="Random"/> is the chip's generator, which is a true one while its radio is on; what provisioning gives makes up for it
    /// else.</remarks>
    public byte[] NewNumber(long nowMs)
    {
        var kept = new byte[KeyTree.RootBytes];
        if (HasSeed) _flash.Read(SeedFile, 0, kept, 0, kept.Length);
        var fresh = new byte[FreshBytes];
        new Random().NextBytes(fresh);
        for (int i = 0; i < 8; i++) fresh[i] ^= (byte)(nowMs >> 8 * i);
        byte[] next = KeyTree.NextSeed(kept, fresh);
        _flash.Replace(SeedFile, next, 0, next.Length);
        return KeyTree.NextNumber(kept, fresh);
    }

    /// <summary>Forgets the key of a row. Which life comes next is kept: the same key may be given once more.</summary>
    public void Remove(int row)
    {
        int spent = Spent(row);
        Array.Clear(PageOf(row), At(row), SealSlot.Bytes);
        SetFirst(row, spent);
        if (_skipped != null) _skipped.RemoveAll(row);
    }

    /// <summary>What the two devices show so that people can compare it, <see cref="KeyTree.CodeBytes"/> bytes.</summary>
    public byte[] Code(int row)
    {
        var code = new byte[KeyTree.CodeBytes];
        Array.Copy(PageOf(row), At(row) + SealSlot.Code, code, 0, code.Length);
        return code;
    }

    /// <summary>Whether a person has compared the code of a row.</summary>
    public bool IsVerified(int row) { return Has(row, SealSlot.IsVerified); }

    /// <summary>A person has compared the code of a row, or takes that back.</summary>
    public void SetVerified(int row, bool isVerified) { Set(row, SealSlot.IsVerified, isVerified); }

    /// <summary>Whether the key of a row is another than before, or its device has begun a new life, since this was asked last. Then nobody
    /// has compared the code.</summary>
    public bool TakeChanged(int row)
    {
        if (!Has(row, SealSlot.IsChanged)) return false;
        Set(row, SealSlot.IsChanged, false);
        Set(row, SealSlot.IsVerified, false);
        return true;
    }

    /// <summary>Seals a body for the device of a row. Throws <see cref="FlashException"/> when a number must be on flash first, and the
    /// flash refuses.</summary>
    /// <param name="row">The row.</param>
    /// <param name="topic">Where it will be published.</param>
    /// <param name="body">The body, from 0.</param>
    /// <param name="count">Its length.</param>
    /// <param name="incarnation">This board's incarnation: the life, unless provisioning has given one or that one is over.</param>
    public byte[] Seal(int row, string topic, byte[] body, int count, int incarnation)
    {
        byte[] chain = Copy(row, SealSlot.Sending);
        int life = First(row);
        if (!Has(row, SealSlot.IsGiven) && incarnation > life) life = incarnation;
        if (life > SealChain.MostLives) life = SealChain.MostLives;
        bool isNewLife = SealChain.Life(chain, 0) < life;
        if (isNewLife || Has(row, SealSlot.IsBehind))
        {
            if (isNewLife) SealChain.TryEnter(chain, 0, life);
            else SealChain.TrySkip(chain, 0, SealChain.Next(chain, 0) + Ahead);
            Turn(row, SealSlot.Sending, chain);
            Set(row, SealSlot.IsBehind, false);
            _used = Ahead;
        }

        if (_used >= Ahead) Save();
        byte[] header = Envelope.Header(SealChain.Life(chain, 0), SealChain.Next(chain, 0));
        byte[] seed = SealChain.Take(chain, 0);
        Turn(row, SealSlot.Sending, chain); // from here on the number is used, whatever happens
        _used++;
        return Envelope.Enclose(topic, header, seed, body, count);
    }

    /// <summary>Opens a body that came from the device of a row; null, and why, when it cannot be.</summary>
    public byte[] Open(int row, string topic, byte[] body, out BodyError error)
    {
        error = BodyError.WrongSeal;
        int headerLength = Envelope.IsOfGroup(body) ? 0 : Envelope.HeaderLength(body);
        if (headerLength == 0) return null;
        int life = Envelope.Life(body);
        int number = Envelope.Number(body);
        int skipped = _skipped == null ? -1 : _skipped.Find(row, life, number);
        byte[] chain = Copy(row, SealSlot.Receiving); // the row turns once the tag has proved the message
        int before = SealChain.Life(chain, 0);
        if (skipped < 0 && (life < before || (life == before && number < SealChain.Next(chain, 0))))
        {
            error = BodyError.Replayed;
            return null;
        }

        if (skipped < 0 && !(SealChain.TryEnter(chain, 0, life) && SealChain.TrySkip(chain, 0, number))) return null;
        byte[] seed = skipped >= 0 ? _skipped.At(skipped) : SealChain.Take(chain, 0);
        byte[] text = Envelope.Disclose(topic, body, headerLength, seed);
        if (text == null) return null;
        error = BodyError.None;
        if (skipped >= 0)
        {
            _skipped.Remove(skipped);
            return text;
        }

        KeepSkipped(row, life, number);
        Turn(row, SealSlot.Receiving, chain);
        if (before > 0 && before < life) Set(row, SealSlot.IsChanged, true);
        return text;
    }

    // what was overtaken may still come: of a row that stands where it stood before the message
    private void KeepSkipped(int row, int life, int number)
    {
        byte[] chain = Copy(row, SealSlot.Receiving);
        int from = SealChain.Life(chain, 0) == life ? SealChain.Next(chain, 0) : 0;
        if (number - from > Limits.SkippedKeys) from = number - Limits.SkippedKeys;
        if (from == number) return;
        SealChain.TryEnter(chain, 0, life);
        SealChain.TrySkip(chain, 0, from);
        var seeds = new byte[number - from][];
        for (int i = 0; i < seeds.Length; i++) seeds[i] = SealChain.Take(chain, 0);
        if (_skipped == null) _skipped = new SkippedKeys();
        for (int i = 0; i < seeds.Length; i++) _skipped.Add(row, life, from + i, seeds[i]);
    }

    private byte[] Copy(int row, int direction)
    {
        var chain = new byte[SealChain.Bytes];
        Array.Copy(PageOf(row), At(row) + direction, chain, 0, chain.Length);
        return chain;
    }

    private void Turn(int row, int direction, byte[] chain)
    {
        Array.Copy(chain, 0, PageOf(row), At(row) + direction, chain.Length);
        SetChanged(row);
    }

    // the first life in which nothing was sealed with the key of a row, nor with those that were there before
    private int Spent(int row)
    {
        int life = SealChain.Life(PageOf(row), At(row) + SealSlot.Sending);
        int first = First(row);
        return life > 0 && life >= first ? life + 1 : first;
    }

    private static bool IsSame(byte[] bytes, int at, byte[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
            if (bytes[at + i] != expected[i]) return false;
        return true;
    }
}

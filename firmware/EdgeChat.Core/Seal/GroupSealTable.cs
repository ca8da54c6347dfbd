using System;

namespace EdgeChat.Core;

/// <summary>The keys of sealed groups: for each member of each group a ratchet for what it sends, on flash; of all of them one page is in
/// the heap, and only for a while.</summary>
/// <remarks>
/// <para>A group's key begins a ratchet for each member (<see cref="KeyTree.OfMember"/>) and is forgotten then; who has made it keeps it
/// until every member has it. The states of eight members are a file of the flash:</para>
/// <code>
/// 0    4 epoch of the key
/// 4    16 the key, or zeros
/// 20   8 x 54 a ratchet each (SealChain), in the order of the group's slots
/// </code>
/// <para>Files of two epochs can be there at once: those of the next one are whole before the roster on flash says that it has
/// begun.</para>
/// <para>As in <see cref="SealTable"/> a state on flash that is a little old does no harm: what came is known by its message's number,
/// and what this board seals after a start begins <see cref="SealTable.Ahead"/> numbers further on.</para>
/// </remarks>
public sealed class GroupSealTable
{
    private const int PageRows = 8;
    private const int KeyAt = 4;
    private const int RowsAt = KeyAt + KeyTree.KeyBytes;
    private const int PageBytes = RowsAt + PageRows * SealChain.Bytes;

    private readonly IFlash _flash;
    private string _name; // of the page in the heap
    private byte[] _page;
    private int _used; // messages sealed with the page since it was written
    private int _ahead; // bits of the groups whose numbers are known to be ahead of all that were used before the start

    /// <summary>Makes a table of what is on flash.</summary>
    public GroupSealTable(IFlash flash) { _flash = flash; }

    /// <summary>Whether something is not on flash yet.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Writes what is not on flash yet, and lets the page in the heap go. Throws <see cref="FlashException"/> when the flash
    /// refuses; then the page stays.</summary>
    public void Save()
    {
        Write();
        _page = null;
        _name = null;
    }

    /// <summary>Whether the files of a group's key are there for so many slots.</summary>
    public bool Has(GroupSeal of, int slots)
    {
        for (int page = 0; page * PageRows < slots; page++)
            if (_flash.Size(NameOf(of, page)) != PageBytes) return false;
        return true;
    }

    /// <summary>Begins an epoch: makes the files of its ratchets. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    /// <param name="of">The group.</param>
    /// <param name="key">Its key, <see cref="KeyTree.TypedBytes"/> bytes.</param>
    /// <param name="keepsKey">Whether the key itself is to be kept, see <see cref="Key"/>.</param>
    /// <param name="members">The members by their slots; null where a slot is free.</param>
    public void Begin(GroupSeal of, byte[] key, bool keepsKey, string[] members)
    {
        Save();
        for (int page = 0; page * PageRows < members.Length; page++)
        {
            var bytes = new byte[PageBytes];
            PutInt(bytes, of.Epoch);
            if (keepsKey) Array.Copy(key, 0, bytes, KeyAt, KeyTree.KeyBytes);
            for (int slot = page * PageRows; slot < members.Length && slot < (page + 1) * PageRows; slot++)
                if (members[slot] != null) SealChain.Install(bytes, At(slot), KeyTree.OfMember(key, of.Id, members[slot]));
            _flash.Replace(NameOf(of, page), bytes, 0, bytes.Length);
        }

        _ahead |= 1 << of.Place;
    }

    /// <summary>The key itself, or null when it was forgotten. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    public byte[] Key(GroupSeal of)
    {
        Load(of, 0);
        var key = new byte[KeyTree.KeyBytes];
        int any = 0;
        for (int i = 0; i < key.Length; i++) any |= key[i] = _page[KeyAt + i];
        return any == 0 ? null : key;
    }

    /// <summary>Forgets the key itself. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    public void ForgetKey(GroupSeal of)
    {
        for (int page = 0; _flash.Size(NameOf(of, page)) == PageBytes; page++)
        {
            Load(of, page * PageRows);
            Array.Clear(_page, KeyAt, KeyTree.KeyBytes);
            IsChanged = true;
            Save();
        }
    }

    /// <summary>Deletes the files of an epoch that is over. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    public void Delete(GroupSeal of)
    {
        for (int page = 0; page * PageRows < Limits.GroupMembers; page++)
        {
            string name = NameOf(of, page);
            if (name == _name)
            {
                IsChanged = false;
                Save();
            }

            if (_flash.Size(name) >= 0) _flash.Delete(name);
        }
    }

    /// <summary>Seals a body as a member. Throws <see cref="FlashException"/> when the flash refuses.</summary>
    /// <param name="of">The group.</param>
    /// <param name="slot">The slot of this board.</param>
    /// <param name="life">This board's life.</param>
    /// <param name="topic">Where it will be published.</param>
    /// <param name="body">The body, from 0.</param>
    /// <param name="count">Its length.</param>
    public byte[] Seal(GroupSeal of, int slot, int life, string topic, byte[] body, int count)
    {
        Load(of, slot);
        byte[] chain = Copy(slot);
        bool isNewLife = SealChain.Life(chain, 0) < life;
        if (isNewLife || (_ahead & 1 << of.Place) == 0)
        {
            if (isNewLife) SealChain.TryEnter(chain, 0, life);
            else SealChain.TrySkip(chain, 0, SealChain.Next(chain, 0) + SealTable.Ahead);
            Turn(slot, chain);
            _used = SealTable.Ahead;
        }

        if (_used >= SealTable.Ahead) Write();
        _ahead |= 1 << of.Place;
        byte[] header = Envelope.GroupHeader(of.Epoch, SealChain.Life(chain, 0), SealChain.Next(chain, 0));
        byte[] seed = SealChain.Take(chain, 0);
        Turn(slot, chain); // from here on the number is used, whatever happens
        _used++;
        return Envelope.Enclose(topic, header, seed, body, count);
    }

    /// <summary>Opens a body that came from the member in a slot; null, and why, when it cannot be. Throws <see cref="FlashException"/>
    /// when the flash refuses.</summary>
    public byte[] Open(GroupSeal of, int slot, string topic, byte[] body, out BodyError error)
    {
        error = BodyError.WrongSeal;
        int headerLength = Envelope.HeaderLength(body);
        if (headerLength == 0) return null;
        Load(of, slot);
        byte[] chain = Copy(slot); // the page turns once the tag has proved the message
        int life = Envelope.Life(body);
        int number = Envelope.Number(body);
        int before = SealChain.Life(chain, 0);
        if (life < before || (life == before && number < SealChain.Next(chain, 0)))
        {
            error = BodyError.Replayed;
            return null;
        }

        if (!SealChain.TryEnter(chain, 0, life) || !SealChain.TrySkip(chain, 0, number)) return null;
        byte[] text = Envelope.Disclose(topic, body, headerLength, SealChain.Take(chain, 0));
        if (text == null) return null;
        error = BodyError.None;
        Turn(slot, chain);
        return text;
    }

    private static int At(int slot) { return RowsAt + slot % PageRows * SealChain.Bytes; }

    private byte[] Copy(int slot)
    {
        var chain = new byte[SealChain.Bytes];
        Array.Copy(_page, At(slot), chain, 0, chain.Length);
        return chain;
    }

    private void Turn(int slot, byte[] chain)
    {
        Array.Copy(chain, 0, _page, At(slot), chain.Length);
        IsChanged = true;
    }

    private void Write()
    {
        if (IsChanged) _flash.Replace(_name, _page, 0, PageBytes);
        IsChanged = false;
        _used = 0;
    }

    private void Load(GroupSeal of, int slot)
    {
        string name = NameOf(of, slot / PageRows);
        if (name == _name) return;
        Save();
        var page = new byte[PageBytes];
        if (_flash.Read(name, 0, page, 0, PageBytes) != PageBytes || BitConverter.ToInt32(page, 0) != of.Epoch)
            throw new FlashException("flash: " + name + " is damaged", null);
        _page = page;
        _name = name;
    }

    // "g." and the id, which has no point in it, and two digits
    private static string NameOf(GroupSeal of, int page)
    {
        return string.Concat("g.", of.Id, of.IsOdd ? ".1" : ".0", page.ToString());
    }

    private static void PutInt(byte[] bytes, int value)
    {
        for (int i = 0; i < 4; i++) bytes[i] = (byte)(value >> 8 * i);
    }
}

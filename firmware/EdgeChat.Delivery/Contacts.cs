using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Whom this board follows, and the names for people: contacts of the provisioning, those added by hand, and whoever it talks with.</summary>
/// <remarks>When the table is full a device is not followed: it has no presence and is shown by its id.</remarks>
internal sealed class Contacts
{
    private const byte IsKnown = 1; // has a name only
    private const byte IsFollowed = 2;
    private const byte IsRemoved = 3; // by hand: not followed again unless by hand
    private const int MaxRecordBytes = 96;
    private const int Step = 8;

    private readonly Ledger _ledger;
    private short[] _peers = new short[0]; // all columns grow with use
    private byte[] _states = new byte[0];
    private string[] _names = new string[0];
    private int[] _contactMarks = new int[0];
    private int[] _nameMarks = new int[0];
    private int _ownNameMark;

    public Contacts(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>The display name of this board that was published last, or null.</summary>
    public string PublishedName { get; private set; }

    /// <summary>Follows the contacts that provisioning gave.</summary>
    public void Start()
    {
        string[] given = _ledger.Me.Contacts;
        for (int i = 0; i < given.Length; i++)
            if (Topics.IsDeviceId(given[i]) && given[i] != _ledger.Me.DeviceId) Follow(_ledger.Ids.Add(given[i]), false);
    }

    /// <summary>Follows a device; one that was removed by hand only when this is <paramref name="byHand"/> too. False when the table is full.</summary>
    public bool Follow(int peer, bool byHand)
    {
        int place = Place(peer, true);
        if (place < 0) return false;
        if (_states[place] == IsFollowed || (_states[place] == IsRemoved && !byHand)) return true;
        _states[place] = IsFollowed;
        _ledger.Presence.Add(_ledger.Ids.At(peer));
        _ledger.FiltersChanged = true;
        _ledger.Revision++;
        return true;
    }

    /// <summary>Writes to flash that a device is followed or not, and does so.</summary>
    public SendError Set(string device, bool isFollowed)
    {
        if (!Topics.IsDeviceId(device) || device == _ledger.Me.DeviceId) return SendError.BadId;
        int peer = _ledger.Ids.Add(device);
        int place = peer < 0 ? -1 : Place(peer, true);
        if (place < 0) return SendError.TooManyConversations;
        if (isFollowed == (_states[place] == IsFollowed)) return SendError.None;
        RecordWriter to = _ledger.Keeper.Begin(MaxRecordBytes);
        to.PutId(_ledger.Ids, peer, false);
        to.PutByte(isFollowed ? 1 : 0);
        try
        {
            _contactMarks[place] = _ledger.Keeper.Append(RecordType.Contact);
        }
        catch (FlashException)
        {
            return SendError.FlashFailed;
        }

        if (isFollowed)
        {
            Follow(peer, true);
            return SendError.None;
        }

        _states[place] = IsRemoved;
        _ledger.Presence.Remove(device);
        _ledger.FiltersChanged = true;
        _ledger.Revision++;
        return SendError.None;
    }

    /// <summary>The name for people of a device: its display name or its id.</summary>
    public string NameOf(int peer)
    {
        int place = Place(peer, false);
        return place < 0 || _names[place] == null ? _ledger.Ids.At(peer) : _names[place];
    }

    /// <summary>Takes a profile.</summary>
    public void TakeName(int peer, string name)
    {
        int place = Place(peer, false);
        if (place < 0 || _states[place] != IsFollowed || name == _names[place] || (name == "" && _names[place] == null)) return;
        try
        {
            _nameMarks[place] = AppendName(peer, name == null ? "" : name);
        }
        catch (FlashException)
        {
            return;
        }

        _names[place] = name == "" ? null : name;
        _ledger.Revision++;
    }

    /// <summary>This board's profile is to be published again.</summary>
    public void ForgetPublished() { PublishedName = null; }

    /// <summary>Notes that this board's profile was published.</summary>
    public void TakePublished(string name)
    {
        PublishedName = name;
        try
        {
            _ownNameMark = AppendName(_ledger.Ids.Add(_ledger.Me.DeviceId), name);
        }
        catch (FlashException)
        {
            // it is published once more after the next start
        }
    }

    /// <summary>Adds the topic filters of all that are followed; gives how many there are then.</summary>
    public int PutFilters(string[] into, int count)
    {
        for (int i = 0; i < _states.Length; i++)
        {
            if (_states[i] != IsFollowed) continue;
            string id = _ledger.Ids.At(_peers[i]);
            if (into != null)
            {
                into[count] = Topics.Presence(id);
                into[count + 1] = Topics.Profile(id);
            }

            count += 2;
        }

        return count;
    }

    /// <summary>Takes a record of type <see cref="RecordType.Contact"/>.</summary>
    public void ReadContact(RecordReader from, int address)
    {
        int peer = from.TakeId(_ledger.Ids);
        int place = peer < 0 ? -1 : Place(peer, true);
        if (place < 0) return;
        _contactMarks[place] = address;
        if (from.TakeByte() == 1) Follow(peer, true);
        else Forget(place, peer);
    }

    /// <summary>Takes a record of type <see cref="RecordType.Name"/>.</summary>
    public void ReadName(RecordReader from, int address)
    {
        int peer = from.TakeId(_ledger.Ids);
        from.TakeText();
        if (peer < 0 || from.IsBad) return;
        string name = from.TextCount == 0 ? null : Encoding.UTF8.GetString(from.Bytes, from.TextStart, from.TextCount);
        if (_ledger.Ids.At(peer) == _ledger.Me.DeviceId)
        {
            PublishedName = name;
            _ownNameMark = address;
            return;
        }

        int place = Place(peer, true);
        if (place < 0) return;
        _names[place] = name;
        _nameMarks[place] = address;
    }

    /// <summary>Whether a record of this class at an address still counts.</summary>
    public bool HasMark(int address)
    {
        if (address == _ownNameMark) return true;
        for (int i = 0; i < _states.Length; i++)
            if (_contactMarks[i] == address || _nameMarks[i] == address) return true;
        return false;
    }

    /// <summary>A record is at another address now.</summary>
    public void MoveMark(int oldAddress, int newAddress)
    {
        if (_ownNameMark == oldAddress) _ownNameMark = newAddress;
        for (int i = 0; i < _states.Length; i++)
        {
            if (_contactMarks[i] == oldAddress) _contactMarks[i] = newAddress;
            if (_nameMarks[i] == oldAddress) _nameMarks[i] = newAddress;
        }
    }

    private void Forget(int place, int peer)
    {
        if (_states[place] == IsFollowed) _ledger.Presence.Remove(_ledger.Ids.At(peer));
        _states[place] = IsRemoved;
    }

    private int AppendName(int peer, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        RecordWriter to = _ledger.Keeper.Begin(MaxRecordBytes);
        to.PutId(_ledger.Ids, peer, false);
        to.PutText(text, 0, text.Length);
        return _ledger.Keeper.Append(RecordType.Name);
    }

    private int Place(int peer, bool make)
    {
        int place = 0;
        for (; place < _states.Length && _states[place] != 0; place++)
            if (_peers[place] == peer) return place;
        if (!make || peer < 0 || place == Limits.Contacts) return -1;
        if (place == _states.Length) Grow();
        _peers[place] = (short)peer;
        _states[place] = IsKnown;
        return place;
    }

    private void Grow()
    {
        _peers = Column.Longer(_peers, Step);
        _states = Column.Longer(_states, Step);
        _names = Column.Longer(_names, Step);
        _contactMarks = Column.Longer(_contactMarks, Step);
        _nameMarks = Column.Longer(_nameMarks, Step);
    }
}

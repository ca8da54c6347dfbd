using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Whom this board follows, and the names for people: contacts of the provisioning, those added by hand, and whoever it talks
/// with.</summary>
/// <remarks>When the table is full of those who count as much a device is not followed: it has no presence and is shown by its id.
/// Strangers come last, so that none of them is in a contact's place, nor after a start.</remarks>
internal sealed class Contacts
{
    private const int IsKnown = 1; // has a name only
    private const int IsFollowed = 2;
    private const int IsRemoved = 3; // by hand: not followed again unless by hand
    private const int StateBits = 3;
    private const int IsBlockedBit = 4; // beside IsFollowed

    // how much a row counts when all are taken: one that counts less makes room
    private const int HasName = 0;
    private const int HasConversation = 1;
    private const int IsUnwanted = 2; // removed by hand
    private const int IsWanted = 3; // the operator, or this board has written to it, or its person is about to
    private const int IsContact = 4; // by provisioning or by hand

    // bits of the record
    private const int FollowedBit = 1;
    private const int BlockedBit = 2;

    // cells of a row; a state of 0 is a free row
    private const int PeerCell = 0;
    private const int StateCell = 1;
    private const int ContactMarkCell = 2;
    private const int NameMarkCell = 3;
    private const int Cells = 4;

    // flags of the own profile: to be published once more, and that the broker keeps it
    private const int IsDueAgain = 1;
    private const int IsKept = 2;
    private const int OneBlocked = 4; // above them: how many devices are blocked

    private readonly Ledger _ledger;
    private int[] _rows; // both grow with use
    private string[] _names;
    private int _ownNameMark;
    private string _publishedName; // or null
    private int _profile; // flags, and above them who is blocked

    public Contacts(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>Whether this board has a profile: it has a display name.</summary>
    public bool HasProfile { get { return _ledger.Me.DisplayName != null && _ledger.Me.DisplayName != ""; } }

    /// <summary>Whether the profile is to be published: it is another than the broker was given last, or the broker does not have
    /// it.</summary>
    public bool IsProfileDue { get { return HasProfile && ((_profile & IsDueAgain) != 0 || _ledger.Me.DisplayName != _publishedName); } }

    /// <summary>Follows the contacts that provisioning gave.</summary>
    public void Start()
    {
        string[] given = _ledger.Me.Contacts;
        for (int i = 0; given != null && i < given.Length; i++)
            if (Topics.IsDeviceId(given[i]) && given[i] != _ledger.Me.DeviceId) Follow(_ledger.Ids.Add(given[i]), false, true);
    }

    /// <summary>Follows a device, unless all places have some that count as much; one that was removed by hand only when this is
    /// <paramref name="byHand"/> too.</summary>
    public void Follow(int peer, bool byHand, bool byPerson)
    {
        int rank = RankOf(peer, byPerson ? IsWanted : HasConversation);
        int place = Place(peer, rank);
        if (place < 0) return;
        int state = StateAt(place);
        if (state == IsFollowed || (state == IsRemoved && !byHand)) return;
        _ledger.Presence.Add(_ledger.Ids.At(peer));
        Retained.Await(_ledger);
        SetState(place, IsFollowed);
        _ledger.FiltersChanged = true;
        _ledger.Revision++;
    }

    /// <summary>Writes to flash that a device is followed or not, and does so; one that is not is not blocked either.</summary>
    public SendError Set(string device, bool isFollowed, bool isBlocked)
    {
        if (!Topics.IsDeviceId(device) || device == _ledger.Me.DeviceId) return SendError.BadId;
        int peer = _ledger.Ids.Add(device);
        int place = Place(peer, IsContact);
        if (place < 0) return SendError.TooManyConversations;
        bool wasFollowed = StateAt(place) == IsFollowed;
        bool isByHand = Cell(place, ContactMarkCell) > 0;
        if (isFollowed == wasFollowed && isBlocked == IsBlockedAt(place) && (isByHand || !isFollowed)) return SendError.None;
        if (isFollowed && !wasFollowed) _ledger.Presence.Add(device);
        RecordWriter to = _ledger.Keeper.Begin(Limits.SmallRecordBytes);
        to.PutId(_ledger.Ids, peer, false);
        to.PutByte((isFollowed ? FollowedBit : 0) | (isBlocked ? BlockedBit : 0));
        int address = _ledger.Keeper.TryAppend(RecordType.Contact);
        if (address > 0)
        {
            SetCell(place, ContactMarkCell, address);
            if (IsBlockedAt(place) && !isBlocked) GapRepair.AskAgain(_ledger, peer);
            SetState(place, !isFollowed ? IsRemoved : isBlocked ? IsFollowed | IsBlockedBit : IsFollowed);
            if (isFollowed != wasFollowed)
            {
                Retained.Await(_ledger);
                _ledger.FiltersChanged = true;
            }

            _ledger.Revision++;
        }

        if (StateAt(place) != IsFollowed) _ledger.Presence.Remove(device);
        return address > 0 ? SendError.None : _ledger.Keeper.Error;
    }

    /// <summary>Whether a device is one of the person's: given by provisioning or added by hand, or one that this board has written to and
    /// that was not removed.</summary>
    public bool Knows(int peer, bool hasWritten)
    {
        int place = Find(peer);
        if (hasWritten) return place < 0 || StateAt(place) != IsRemoved;
        if (place < 0 || StateAt(place) != IsFollowed) return false;
        return Cell(place, ContactMarkCell) > 0 || IsGiven(peer);
    }

    /// <summary>Whether anybody is blocked.</summary>
    public bool HasBlocked { get { return _profile >= OneBlocked; } }

    /// <summary>Whether a device is blocked: what it writes to this board alone is dropped.</summary>
    public bool IsBlocked(string device) { return HasBlocked && IsBlocked(_ledger.Ids.Find(device)); }

    /// <summary>See <see cref="IsBlocked(string)"/>.</summary>
    public bool IsBlocked(int peer)
    {
        int place = HasBlocked ? Find(peer) : -1;
        return place >= 0 && IsBlockedAt(place);
    }

    /// <summary>The name for people of a device: its display name or its id.</summary>
    public string NameOf(int peer)
    {
        string name = NameAt(Find(peer));
        return name == null ? _ledger.Ids.At(peer) : name;
    }

    /// <summary>Takes a profile.</summary>
    public void TakeName(int peer, string name)
    {
        int place = Find(peer);
        if (place < 0 || StateAt(place) != IsFollowed || name == NameAt(place) || (name == "" && NameAt(place) == null)) return;
        MakeRoomForName(place);
        int address = AppendName(peer, name == null ? "" : name);
        if (address == 0) return;
        SetCell(place, NameMarkCell, address);
        _names[place] = name == "" ? null : name;
        _ledger.Revision++;
        _ledger.Messages.Shape++;
    }

    /// <summary>This board's profile is to be published again, whatever the broker was given.</summary>
    public void PublishProfile() { _profile |= IsDueAgain; }

    /// <summary>Connected: the broker gives what it keeps of the own profile.</summary>
    public void AwaitProfile() { _profile &= ~IsKept; }

    /// <summary>Takes what the broker gives as this board's profile.</summary>
    public void TakeOwnProfile(Body profile)
    {
        if (profile.Name == _ledger.Me.DisplayName && profile.Incarnation == _ledger.Me.Incarnation) _profile |= IsKept;
    }

    /// <summary>What the broker keeps has come: puts the own profile back when it was not among it.</summary>
    public void CheckProfile()
    {
        if ((_profile & IsKept) == 0) _profile |= IsDueAgain;
    }

    /// <summary>The publish of the profile has ended; when the flash refuses, it is published once more after the next start.</summary>
    public void OnProfileEnded(bool isConfirmed)
    {
        if (isConfirmed) _profile &= ~IsDueAgain;
        else _profile |= IsDueAgain;
        string name = _ledger.Me.DisplayName;
        if (!isConfirmed || name == _publishedName) return;
        _publishedName = name;
        int address = AppendName(_ledger.MyNumber, name);
        if (address > 0) _ownNameMark = address;
    }

    /// <summary>Adds the topic filters of all that are followed; gives how many there are then.</summary>
    public int PutFilters(string[] into, int count)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (StateAt(i) != IsFollowed) continue;
            string id = into == null ? null : _ledger.Ids.At(Cell(i, PeerCell));
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
        int bits = from.TakeByte();
        int place = peer < 0 ? -1 : Place(peer, (bits & FollowedBit) != 0 ? IsContact : RankOf(peer, IsUnwanted));
        if (place < 0) return;
        SetCell(place, ContactMarkCell, address);
        if ((bits & FollowedBit) != 0)
        {
            Follow(peer, true, true);
            SetState(place, (bits & BlockedBit) != 0 ? IsFollowed | IsBlockedBit : IsFollowed);
            return;
        }

        if (StateAt(place) == IsFollowed) _ledger.Presence.Remove(_ledger.Ids.At(peer));
        SetState(place, IsRemoved);
    }

    /// <summary>Takes a record of type <see cref="RecordType.Name"/>.</summary>
    public void ReadName(RecordReader from, int address)
    {
        int peer = from.TakeId(_ledger.Ids);
        from.TakeText();
        if (peer < 0 || from.IsBad) return;
        string name = from.TextCount == 0 ? null : Encoding.UTF8.GetString(from.Bytes, from.TextStart, from.TextCount);
        if (peer == _ledger.MyNumber)
        {
            _publishedName = name;
            _ownNameMark = address;
            return;
        }

        int place = Place(peer, RankOf(peer, HasName));
        if (place < 0) return;
        MakeRoomForName(place);
        _names[place] = name;
        SetCell(place, NameMarkCell, address);
    }

    /// <summary>Whether a record of this class at an address still counts.</summary>
    public bool HasMark(int address)
    {
        if (address == _ownNameMark) return true;
        for (int i = 0; i < Capacity; i++)
            if (Cell(i, ContactMarkCell) == address || Cell(i, NameMarkCell) == address) return true;
        return false;
    }

    /// <summary>A record is at another address now.</summary>
    public void MoveMark(int oldAddress, int newAddress)
    {
        if (_ownNameMark == oldAddress) _ownNameMark = newAddress;
        for (int i = 0; i < Capacity; i++)
        {
            if (Cell(i, ContactMarkCell) == oldAddress) SetCell(i, ContactMarkCell, newAddress);
            if (Cell(i, NameMarkCell) == oldAddress) SetCell(i, NameMarkCell, newAddress);
        }
    }

    private int Capacity { get { return _rows == null ? 0 : _rows.Length / Cells; } }

    private int Cell(int place, int cell) { return _rows[place * Cells + cell]; }

    private void SetCell(int place, int cell, int value) { _rows[place * Cells + cell] = value; }

    private int StateAt(int place) { return _rows[place * Cells + StateCell] & StateBits; }

    private bool IsBlockedAt(int place) { return (_rows[place * Cells + StateCell] & IsBlockedBit) != 0; }

    private void SetState(int place, int state)
    {
        if (IsBlockedAt(place)) _profile -= OneBlocked;
        if ((state & IsBlockedBit) != 0) _profile += OneBlocked;
        SetCell(place, StateCell, state);
    }

    private string NameAt(int place) { return place < 0 || _names == null || place >= _names.Length ? null : _names[place]; }

    private void MakeRoomForName(int place)
    {
        int length = _names == null ? 0 : _names.Length;
        if (place >= length) _names = Column.Longer(_names, place + 1 - length);
    }

    private int AppendName(int peer, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        RecordWriter to = _ledger.Keeper.Begin(Limits.SmallRecordBytes);
        to.PutId(_ledger.Ids, peer, false);
        to.PutText(text, 0, text.Length);
        return _ledger.Keeper.TryAppend(RecordType.Name);
    }

    private bool IsGiven(int peer)
    {
        string[] given = _ledger.Me.Contacts;
        string device = _ledger.Ids.At(peer);
        for (int i = 0; given != null && i < given.Length; i++)
            if (given[i] == device) return true;
        return false;
    }

    private int RankOf(int peer, int least)
    {
        if (IsGiven(peer)) return IsContact;
        if (least >= IsWanted) return least;
        return _ledger.HasNumbered(peer) || _ledger.Ids.At(peer) == _ledger.Me.Operator ? IsWanted : least;
    }

    private int RankAt(int place)
    {
        int state = StateAt(place);
        if (Cell(place, ContactMarkCell) > 0 && state != IsRemoved) return IsContact;
        return RankOf(Cell(place, PeerCell), state == IsKnown ? HasName : state == IsFollowed ? HasConversation : IsUnwanted);
    }

    private int Find(int peer)
    {
        int[] rows = _rows;
        int end = rows == null ? 0 : rows.Length;
        for (int at = 0; at < end && rows[at + StateCell] != 0; at += Cells)
            if (rows[at + PeerCell] == peer) return at / Cells;
        return -1;
    }

    private int Place(int peer, int rank)
    {
        if (peer < 0) return -1;
        int place = Find(peer);
        if (place >= 0) return place;
        place = 0;
        while (place < Capacity && StateAt(place) != 0) place++;
        if (place == Limits.Contacts && (place = Vacate(rank)) < 0) return -1;
        if (place == Capacity) _rows = Column.Longer(_rows, Limits.ContactStep * Cells);
        SetCell(place, PeerCell, peer);
        SetCell(place, StateCell, IsKnown);
        return place;
    }

    // the place of one that counts less, free; -1 when none does
    private int Vacate(int rank)
    {
        int least = -1;
        for (int place = 0; place < Capacity; place++)
        {
            int counts = RankAt(place);
            if (counts >= rank) continue;
            least = place;
            rank = counts;
        }

        if (least < 0) return -1;
        if (StateAt(least) == IsFollowed)
        {
            _ledger.Presence.Remove(_ledger.Ids.At(Cell(least, PeerCell)));
            _ledger.FiltersChanged = true;
        }

        SetCell(least, ContactMarkCell, 0);
        SetCell(least, NameMarkCell, 0);
        if (NameAt(least) != null) _names[least] = null;
        return least;
    }
}

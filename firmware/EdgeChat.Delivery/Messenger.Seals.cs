using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

// the keys with other devices
public sealed partial class Messenger
{
    /// <summary>Whether this board has, or has had, a key with anybody.</summary>
    public bool HasKeys { get { return _ledger.Seals.Count > 0; } }

    /// <summary>Whether all that goes to a device is sealed, and nothing else is taken from it.</summary>
    public bool IsSealed(string deviceId) { return _ledger.Seals.Find(deviceId) >= 0; }

    /// <summary>Whether a conversation is one with such a device, or a sealed group.</summary>
    public bool IsSealed(int conversation)
    {
        if (_ledger.Seals.Count == 0) return false;
        return IsGroup(conversation) ? GroupKeys.IsSealed(_ledger, _ledger.Groups.Find(conversation)) : IsSealed(IdOf(conversation));
    }

    /// <summary>Whether a member is one who keeps a group open of which this board is an admin, since there is no key with it.</summary>
    public bool KeepsOpen(int conversation, string deviceId)
    {
        int group = _ledger.Seals.Count == 0 ? -1 : _ledger.Groups.Find(conversation);
        if (group < 0 || GroupKeys.IsSealed(_ledger, group) || !Rosters.IsAdmin(_ledger, group)) return false;
        return deviceId != _ledger.Me.DeviceId && _ledger.Seals.Find(deviceId) < 0;
    }

    /// <summary>Whether a person has compared the security code with a device.</summary>
    public bool IsVerified(string deviceId)
    {
        int row = _ledger.Seals.Find(deviceId);
        return row >= 0 && _ledger.Seals.IsVerified(row);
    }

    /// <summary>The next place from this one on that has a device with a key, or -1; places begin at 0.</summary>
    public int NextSealed(int place)
    {
        for (; place < _ledger.Seals.Count; place++)
            if (_ledger.Seals.DeviceAt(place) != null) return place;
        return -1;
    }

    /// <summary>The device at a place of <see cref="NextSealed"/>.</summary>
    public string SealedAt(int place) { return _ledger.Seals.DeviceAt(place); }

    /// <summary>What both devices show when nobody stands between them: four groups of four digits. Null without a key.</summary>
    public string SecurityCodeOf(string deviceId)
    {
        int row = _ledger.Seals.Find(deviceId);
        return row < 0 ? null : SecurityCode.Write(_ledger.Seals.Code(row));
    }

    /// <summary>A person has compared the code with a device, or takes that back.</summary>
    public SendError SetVerified(string deviceId, bool isVerified)
    {
        int row = _ledger.Seals.Find(deviceId);
        if (row < 0) return SendError.NoKey;
        _ledger.Seals.SetVerified(row, isVerified);
        return SaveSeals();
    }

    /// <summary>Makes a key for a device and takes it: what is given is to be typed there (<see cref="EnterKey"/>). Null when it cannot be,
    /// and <see cref="LastError"/> says why.</summary>
    public string MakeKey(string deviceId, long nowMs)
    {
        // the chip's generator is a true one while its radio is on
        if (!_ledger.IsLifeKnown && !_ledger.Seals.HasSeed)
        {
            LastError = SendError.NoChance;
            return null;
        }

        try
        {
            byte[] number = _ledger.Seals.NewNumber(nowMs);
            LastError = Install(deviceId, number);
            return LastError == SendError.None ? TypedKey.Write(number) : null;
        }
        catch (FlashException)
        {
            LastError = SendError.FlashFailed;
            return null;
        }
    }

    /// <summary>Takes the key that another device has made.</summary>
    public SendError EnterKey(string deviceId, string letters)
    {
        byte[] number = TypedKey.Read(letters);
        return number == null ? SendError.BadKey : Install(deviceId, number);
    }

    /// <summary>Forgets the key with a device: what is written from now on is open.</summary>
    public SendError RemoveKey(string deviceId)
    {
        int row = _ledger.Seals.Find(deviceId);
        if (row < 0) return SendError.NoKey;
        _ledger.Seals.Remove(row);
        GapRepair.AskAgain(_ledger, _ledger.Ids.Find(deviceId));
        return SaveSeals();
    }

    private SendError Install(string deviceId, byte[] number)
    {
        if (!Topics.IsDeviceId(deviceId) || deviceId == _ledger.Me.DeviceId) return SendError.BadId;
        try
        {
            byte[] root = KeyTree.PairOfTyped(number, _ledger.Me.DeviceId, deviceId);
            bool isNew = !IsSealed(deviceId);
            if (!_ledger.Seals.TryInstall(deviceId, root)) return SendError.TooManyKeys;
            Seals.TellChanged(_ledger);
            if (isNew) GroupKeys.OnNewLife(_ledger, deviceId);
            GapRepair.AskAgain(_ledger, _ledger.Ids.Find(deviceId));
            GroupKeys.SealWhatCanBe(_ledger);
            return SaveSeals();
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    private SendError SaveSeals()
    {
        _ledger.Revision++;
        try
        {
            _ledger.Seals.Save();
            return SendError.None;
        }
        catch (FlashException)
        {
            return SendError.FlashFailed;
        }
    }
}

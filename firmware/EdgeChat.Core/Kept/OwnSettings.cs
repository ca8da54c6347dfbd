using System.Text;

namespace EdgeChat.Core;

/// <summary>The name, the local time and the colours, as somebody set them on the console or the screens; kept in the file
/// <c>console</c>.</summary>
/// <remarks>File: version; flags (1 colours on, 2 has an offset, 4 has a name, 8 colours off); offset in minutes plus 720, low byte
/// first; in version 2 the bytes of a time zone as POSIX writes it, and the zone; the name as UTF-8.
/// What is not set stays as provisioning gave it. A file of another version counts as none.</remarks>
public sealed class OwnSettings
{
    private const string FileName = "console";
    private const byte Version = 1;
    private const byte VersionWithZone = 2;
    private const int HeaderBytes = 4;
    private const int OffsetBase = 720;
    private const int ColorFlag = 1;
    private const int OffsetFlag = 2;
    private const int NameFlag = 4;
    private const int NoColorFlag = 8;

    private readonly IFlash _flash;
    private readonly Identity _me;
    private string _zone; // as it was set, or null
    private int _flags; // as in the file

    /// <summary>Makes settings that change <paramref name="me"/> when they are loaded or set.</summary>
    public OwnSettings(IFlash flash, Identity me)
    {
        _flash = flash;
        _me = me;
    }

    /// <summary>When the console shows colours.</summary>
    public ColorChoice Color
    {
        get
        {
            return (_flags & ColorFlag) != 0 ? ColorChoice.On : (_flags & NoColorFlag) != 0 ? ColorChoice.Off : ColorChoice.Auto;
        }
    }

    /// <summary>The time zone as it was set, or null.</summary>
    public string Zone { get { return _zone; } }

    /// <summary>Whether answers are JSON lines; not kept on flash, so a restart is in text again.</summary>
    public bool IsJson { get; set; }

    /// <summary>Reads what was kept. Throws <see cref="FlashException"/> when the flash cannot be read.</summary>
    public void Load()
    {
        byte[] bytes = new byte[HeaderBytes + 1 + Limits.ShortTextBytes + Limits.ShortTextBytes];
        int count = _flash.Size(FileName) < HeaderBytes ? 0 : _flash.Read(FileName, 0, bytes, 0, bytes.Length);
        if (count < HeaderBytes || (bytes[0] != Version && bytes[0] != VersionWithZone)) return;
        int name = HeaderBytes;
        string zone = null;
        if (bytes[0] == VersionWithZone)
        {
            name += 1 + bytes[HeaderBytes];
            if (name > count) return;
            zone = Encoding.UTF8.GetString(bytes, HeaderBytes + 1, bytes[HeaderBytes]);
        }

        _flags = bytes[1];
        if ((_flags & OffsetFlag) != 0) UseOffset((bytes[2] | bytes[3] << 8) - OffsetBase);
        if (zone != null) UseZone(zone);
        if ((_flags & NameFlag) != 0) _me.DisplayName = count == name ? null : Encoding.UTF8.GetString(bytes, name, count - name);
    }

    /// <summary>Sets and keeps when there are colours. Throws <see cref="FlashException"/> when it cannot be kept, as the others
    /// do.</summary>
    public void SetColor(ColorChoice color)
    {
        int flag = color == ColorChoice.On ? ColorFlag : color == ColorChoice.Off ? NoColorFlag : 0;
        _flags = (_flags & ~(ColorFlag | NoColorFlag)) | flag;
        Save();
    }

    /// <summary>Sets and keeps the minutes that local time is ahead of UTC.</summary>
    public void SetOffset(int minutes)
    {
        UseOffset(minutes);
        _flags |= OffsetFlag;
        Save();
    }

    /// <summary>Sets and keeps the time zone, at most <see cref="Limits.ShortTextBytes"/> of it; false when it is none.</summary>
    /// <param name="rule">As <see cref="ZoneRule"/> reads it.</param>
    public bool SetZone(string rule)
    {
        if (rule.Length > Limits.ShortTextBytes || !UseZone(rule)) return false;
        Save();
        return true;
    }

    /// <summary>Sets and keeps the name, at most <see cref="Limits.ShortTextBytes"/> of them; null for none.</summary>
    public void SetName(string name)
    {
        _me.DisplayName = name;
        _flags |= NameFlag;
        Save();
    }

    private void UseOffset(int minutes)
    {
        _me.UtcOffsetMinutes = minutes;
        _me.Zone = null;
        _zone = null;
    }

    private bool UseZone(string rule)
    {
        ZoneRule zone = ZoneRule.Parse(rule);
        if (zone == null) return false;
        _me.Zone = zone;
        _zone = rule;
        return true;
    }

    private void Save()
    {
        byte[] name = (_flags & NameFlag) != 0 && _me.DisplayName != null ? Encoding.UTF8.GetBytes(_me.DisplayName) : new byte[0];
        byte[] zone = _zone == null ? new byte[0] : Encoding.UTF8.GetBytes(_zone);
        int nameAt = _zone == null ? HeaderBytes : HeaderBytes + 1 + zone.Length;
        byte[] bytes = new byte[nameAt + name.Length];
        int offset = _me.UtcOffsetMinutes + OffsetBase;
        bytes[0] = _zone == null ? Version : VersionWithZone;
        bytes[1] = (byte)_flags;
        bytes[2] = (byte)offset;
        bytes[3] = (byte)(offset >> 8);
        if (_zone != null)
        {
            bytes[HeaderBytes] = (byte)zone.Length;
            System.Array.Copy(zone, 0, bytes, HeaderBytes + 1, zone.Length);
        }

        System.Array.Copy(name, 0, bytes, nameAt, name.Length);
        _flash.Replace(FileName, bytes, 0, bytes.Length);
    }
}

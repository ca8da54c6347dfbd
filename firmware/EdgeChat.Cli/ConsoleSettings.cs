using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The name, the offset from UTC and the colours, as somebody set them on the console; kept in the file <c>console</c>.</summary>
/// <remarks>File: version 1; flags (1 colours on, 2 has an offset, 4 has a name, 8 colours off); offset in minutes plus 720, low byte
/// first; the name as UTF-8.
/// What is not set stays as provisioning gave it. A file of another version counts as none.</remarks>
public sealed class ConsoleSettings
{
    private const string FileName = "console";
    private const byte Version = 1;
    private const int HeaderBytes = 4;
    private const int OffsetBase = 720;
    private const int ColorFlag = 1;
    private const int OffsetFlag = 2;
    private const int NameFlag = 4;
    private const int NoColorFlag = 8;

    private readonly IFlash _flash;
    private readonly Identity _me;
    private bool _hasOffset;
    private bool _hasName;
    private ColorChoice _color;

    /// <summary>Makes settings that change <paramref name="me"/> when they are loaded or set.</summary>
    public ConsoleSettings(IFlash flash, Identity me)
    {
        _flash = flash;
        _me = me;
    }

    /// <summary>When the console shows colours.</summary>
    public ColorChoice Color { get { return _color; } }

    /// <summary>Whether answers are JSON lines; not kept on flash, so a restart is in text again.</summary>
    public bool IsJson { get; set; }

    /// <summary>Reads what was kept. Throws <see cref="FlashException"/> when the flash cannot be read.</summary>
    public void Load()
    {
        byte[] bytes = new byte[HeaderBytes + Limits.ShortTextBytes];
        int count = _flash.Size(FileName) < HeaderBytes ? 0 : _flash.Read(FileName, 0, bytes, 0, bytes.Length);
        if (count < HeaderBytes || bytes[0] != Version) return;
        _color = (bytes[1] & ColorFlag) != 0 ? ColorChoice.On : (bytes[1] & NoColorFlag) != 0 ? ColorChoice.Off : ColorChoice.Auto;
        _hasOffset = (bytes[1] & OffsetFlag) != 0;
        if (_hasOffset) UseOffset((bytes[2] | bytes[3] << 8) - OffsetBase);
        _hasName = (bytes[1] & NameFlag) != 0;
        if (_hasName) _me.DisplayName = count == HeaderBytes ? null : Encoding.UTF8.GetString(bytes, HeaderBytes, count - HeaderBytes);
    }

    /// <summary>Sets and keeps when there are colours. Throws <see cref="FlashException"/> when it cannot be kept, as the others
    /// do.</summary>
    public void SetColor(ColorChoice color)
    {
        _color = color;
        Save();
    }

    /// <summary>Sets and keeps the minutes that local time is ahead of UTC.</summary>
    public void SetOffset(int minutes)
    {
        UseOffset(minutes);
        _hasOffset = true;
        Save();
    }

    /// <summary>Sets and keeps the name, at most <see cref="Limits.ShortTextBytes"/> of them; null for none.</summary>
    public void SetName(string name)
    {
        _me.DisplayName = name;
        _hasName = true;
        Save();
    }

    private void UseOffset(int minutes)
    {
        _me.UtcOffsetMinutes = minutes;
        _me.Zone = null;
    }

    private void Save()
    {
        byte[] name = _hasName && _me.DisplayName != null ? Encoding.UTF8.GetBytes(_me.DisplayName) : new byte[0];
        byte[] bytes = new byte[HeaderBytes + name.Length];
        int offset = _me.UtcOffsetMinutes + OffsetBase;
        bytes[0] = Version;
        int color = _color == ColorChoice.On ? ColorFlag : _color == ColorChoice.Off ? NoColorFlag : 0;
        bytes[1] = (byte)(color | (_hasOffset ? OffsetFlag : 0) | (_hasName ? NameFlag : 0));
        bytes[2] = (byte)offset;
        bytes[3] = (byte)(offset >> 8);
        System.Array.Copy(name, 0, bytes, HeaderBytes, name.Length);
        _flash.Replace(FileName, bytes, 0, bytes.Length);
    }
}

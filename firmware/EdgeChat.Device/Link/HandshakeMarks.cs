using System;
using System.IO;
using System.Text;

namespace EdgeChat.Device;

/// <summary>Remembers over a restart which addresses have not ended a TLS handshake.</summary>
/// <remarks>A handshake is one native call without a bound, in which the whole board stands still, and the runtimes for ESP32 have no
/// watchdog (ESP-IDF's is not started): a peer that says nothing is ended by whoever resets the board. So its address is noted on the
/// drive before, and struck out after, however it ended. What stands there at a start was left in between: that address is passed over
/// some times, the more the oftener it has happened, so that another is tried first, or the delays grow.</remarks>
public sealed class HandshakeMarks
{
    private const string Name = "handshakes";
    private const int PassesEach = 2;
    private const int MostTimes = 9; // a digit
    private const int HeadLength = 2; // that digit, and a blank

    private string _lines = ""; // "2 broker.home:8883\n" for each
    private int _passed;

    /// <summary>Reads what an earlier start has left.</summary>
    public HandshakeMarks()
    {
        if (!ConfigFile.Exists(Name)) return;
        try
        {
            byte[] bytes = ConfigFile.Bytes(Name, "");
            _lines = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        }
        catch (Exception)
        {
            // a power cut has left it so: nothing is known
        }
    }

    /// <summary>Whether an address is to be passed over this time; counts it.</summary>
    public bool Passes(string address)
    {
        int times = TimesOf(address);
        if (times == 0 || _passed >= PassesEach * times) return false;
        _passed++;
        return true;
    }

    /// <summary>Notes that a handshake begins: at most two writes of flash with <see cref="End"/>.</summary>
    public void Begin(string address)
    {
        int times = TimesOf(address);
        if (times < MostTimes) times++;
        Write(times + " " + address + "\n" + Without(address));
    }

    /// <summary>Notes that it has ended.</summary>
    public void End(string address) { Write(Without(address)); }

    private int TimesOf(string address)
    {
        int at = _lines.IndexOf(" " + address + "\n");
        return at < 1 ? 0 : _lines[at - 1] - '0';
    }

    private string Without(string address)
    {
        int at = _lines.IndexOf(" " + address + "\n");
        return at < 1 ? _lines : _lines.Substring(0, at - 1) + _lines.Substring(at - 1 + HeadLength + address.Length + 1);
    }

    private void Write(string lines)
    {
        _lines = lines;
        try
        {
            if (lines.Length == 0) File.Delete(ConfigFile.Drive + Name);
            else File.WriteAllText(ConfigFile.Drive + Name, lines);
        }
        catch (IOException)
        {
            // without room for the note it has to go without
        }
    }
}

using System.Text;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Loader;

/// <summary>Brings a chip into its boot loader and out of it: by the two modem lines, of which DTR pulls GPIO0 and RTS pulls the reset; on
/// a line that has none, by closing and opening it.</summary>
internal static class BootMode
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(100);

    /// <summary>Resets the chip into its boot loader.</summary>
    /// <param name="line">The line.</param>
    /// <param name="attempt">The number of the attempt, from 0: every second one waits longer, for boards with a slow reset.</param>
    public static void Enter(ISerialLine line, int attempt)
    {
        if (line.SetModemLines(dtr: false, rts: true))
        {
            line.Wait(Pulse);
            line.SetModemLines(dtr: true, rts: false);
            line.Wait(TimeSpan.FromMilliseconds(attempt % 2 == 0 ? 50 : 550));
            line.SetModemLines(dtr: false, rts: false);
        }
        else if (attempt > 0)
        {
            line.Reopen();
        }
    }

    /// <summary>Resets the chip into the program in its flash.</summary>
    public static void Leave(ISerialLine line)
    {
        if (line.SetModemLines(dtr: false, rts: true))
        {
            line.Wait(Pulse);
            line.SetModemLines(dtr: false, rts: false);
        }
        else
        {
            line.Reopen();
        }
    }

    /// <summary>What a person can do, from what the line says instead of the boot loader's answers.</summary>
    public static string Cure(ISerialLine line)
    {
        var text = new StringBuilder();
        var buffer = new byte[512];
        for (int count; text.Length < 4096 && (count = line.Read(buffer, Pulse)) > 0;)
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        string log = text.ToString();
        if (log.Contains("secure mode", StringComparison.Ordinal))
            return "the chip is in secure download mode, which cannot be undone: use another board";
        return log.Contains("boot:0x", StringComparison.Ordinal)
            ? "the board starts its program instead: hold its BOOT button while you press RESET (EN), let go, and try again"
            : "check that it is the right port and that the cable carries data, then hold the board's BOOT button while you press " +
              "RESET (EN)";
    }
}

using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>status</c>: how the board is.</summary>
internal sealed class StatusCommand : Command
{
    public const string Word = "status";

    public StatusCommand()
        : base(Word, "", "show how board, connection and storage are")
    {
        NeedsDevice = false;
        Details = "Trouble counts since the last start: bodies that were refused, duplicates, messages sent again and lost.\n";
    }

    public override void Run()
    {
        if (C.IsJson) AddKeys();
        else WriteLines();
    }

    private void WriteLines()
    {
        TerminalWriter o = C.Out;
        Messenger m = C.Messenger;
        SessionPrinter.Label(C, "device");
        o.Write(C.Me.DeviceId == null ? "not provisioned" : C.Me.DeviceId);
        if (C.Me.DisplayName != null) o.WriteSafe(" (" + C.Me.DisplayName + ")");
        SessionPrinter.Number(C, ", incarnation ", C.Me.Incarnation);
        SessionPrinter.Number(C, ", boot ", m.Boot);
        o.EndLine();
        SessionPrinter.Label(C, "connection");
        SessionPrinter.Write(C);
        o.EndLine();
        SessionPrinter.Label(C, "messages");
        o.Write(m.WaitingCount);
        o.Write(" on their way");
        SessionPrinter.Number(C, ", ", m.Counters.Received);
        o.Write(" received");
        SessionPrinter.Number(C, ", ", m.Counters.Sent);
        o.Write(" sent");
        o.EndLine();
        SessionPrinter.Label(C, "trouble");
        Trouble();
        SessionPrinter.Label(C, "storage");
        o.Write("flash ");
        Bytes(C.Flash.FreeBytes);
        o.Write(", heap ");
        Bytes(C.Status.FreeHeapBytes);
        o.EndLine();
        WriteBattery();
        SessionPrinter.Label(C, "clock");
        long now = m.UnixAt(C.NowMs);
        TimeText.Write(C, now, 0);
        o.Write(now > 0 ? ", UTC" + Zones.OffsetText(C.Me.OffsetAt(now)) : "not set");
        o.Write(", up ");
        TimeText.WriteSpan(o, C.NowMs / 1000);
        o.EndLine();
        SessionPrinter.Label(C, "firmware");
        AboutCommand.WriteVersion(C);
    }

    private void AddKeys()
    {
        Messenger m = C.Messenger;
        Counters k = m.Counters;
        C.Result();
        JsonLineWriter j = C.Json;
        j.Add("device", C.Me.DeviceId);
        j.Add("name", C.Me.DisplayName);
        j.Add("incarnation", C.Me.Incarnation);
        j.Add("boot", m.Boot);
        SessionPrinter.AddKeys(C);
        j.Add("waiting", m.WaitingCount);
        j.Add("received", k.Received);
        j.Add("sent", k.Sent);
        j.Add("refused", k.Refused);
        for (int i = 1; i < BodyErrors.Count; i++)
            if (k.RefusedFor((BodyError)i) > 0) j.Add("refused-" + CodeFor((BodyError)i), k.RefusedFor((BodyError)i));
        j.Add("duplicates", k.Duplicates);
        j.Add("resent", k.Resent);
        j.Add("lost", k.Lost);
        j.Add("no-room", k.NoRoom);
        j.Add("bad-topic", k.BadTopic);
        j.Add("damaged", k.DamagedRecords);
        j.Add("lost-keys", C.Status.LostKeys);
        j.Add("out-of-memory", C.Status.MemoryShortages);
        j.Add("flash-free", C.Flash.FreeBytes);
        j.Add("heap-free", C.Status.FreeHeapBytes);
        int battery = C.Status.Battery;
        if (battery >= 0)
        {
            j.Add("battery", battery & ~DeviceStatus.IsCharging);
            j.Add("charging", battery >= DeviceStatus.IsCharging);
        }

        j.Add("t", m.UnixAt(C.NowMs));
        j.Add("uptime", C.NowMs / 1000);
        j.Add("version", DeviceStatus.Version);
        j.Add("board", C.Status.BoardName);
    }

    private void WriteBattery()
    {
        int battery = C.Status.Battery;
        if (battery < 0) return;
        SessionPrinter.Label(C, "battery");
        C.Out.Write(battery & ~DeviceStatus.IsCharging);
        C.Out.WriteLine(battery >= DeviceStatus.IsCharging ? " %, charging" : C.Status.IsBatteryLow ? " %, low: charge it" : " %");
    }

    // only what happened at all, so that a healthy board says so in a word
    private void Trouble()
    {
        Counters k = C.Messenger.Counters;
        TerminalWriter o = C.Out;
        bool isFirst = true;
        for (int i = 1; i < BodyErrors.Count; i++)
            isFirst = Trouble(isFirst, k.RefusedFor((BodyError)i), "refused: " + BodyErrors.WordsFor((BodyError)i));
        isFirst = Trouble(isFirst, k.BadTopic, "refused: not for this board");
        isFirst = Trouble(isFirst, k.Duplicates, "duplicate");
        isFirst = Trouble(isFirst, k.Resent, "sent again");
        isFirst = Trouble(isFirst, k.Lost, "lost");
        isFirst = Trouble(isFirst, k.NoRoom, "dropped: no room");
        isFirst = Trouble(isFirst, k.DamagedRecords, "damaged in flash");
        isFirst = Trouble(isFirst, C.Status.LostKeys, "key presses lost");
        isFirst = Trouble(isFirst, C.Status.MemoryShortages, "out of memory");
        o.WriteLine(isFirst ? "none" : "");
    }

    private bool Trouble(bool isFirst, int count, string what)
    {
        if (count == 0) return isFirst;
        if (!isFirst) C.Out.Write(", ");
        C.Out.Write(count);
        C.Out.Raw((byte)' ');
        C.Out.Write(what);
        return false;
    }

    private void Bytes(int bytes)
    {
        if (bytes < 0)
        {
            C.Out.Write("unknown");
            return;
        }

        C.Out.Write(bytes / 1024);
        C.Out.Write(" KiB free");
    }

    private static string CodeFor(BodyError error)
    {
        switch (error)
        {
            case BodyError.TooLong: return "too-long";
            case BodyError.NotUtf8: return "not-utf8";
            case BodyError.HasNul: return "has-nul";
            case BodyError.NotJson: return "not-json";
            case BodyError.TooDeep: return "too-deep";
            case BodyError.WrongType: return "wrong-type";
            case BodyError.OutOfRange: return "out-of-range";
            case BodyError.ContentTooLong: return "content-too-long";
            case BodyError.MissingField: return "missing-field";
            case BodyError.NoKey: return "no-key";
            case BodyError.NotSealed: return "not-sealed";
            case BodyError.WrongSeal: return "wrong-seal";
            case BodyError.Replayed: return "replayed";
            default: return "wrong-sender";
        }
    }
}

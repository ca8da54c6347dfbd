using EdgeChat.Usb.Lines;

namespace EdgeChat.UsbBench;

/// <summary>Counts what goes out on a line.</summary>
internal sealed class CountingLine(ISerialLine line) : ISerialLine
{
    /// <summary>Bytes since it was last set to 0.</summary>
    public long Count { get; set; }

    public string Name => line.Name;

    public int BaudRate
    {
        get => line.BaudRate;
        set => line.BaudRate = value;
    }

    public TimeSpan Now => line.Now;

    public void Wait(TimeSpan time) => line.Wait(time);

    public bool SetModemLines(bool dtr, bool rts) => line.SetModemLines(dtr, rts);

    public int Read(Span<byte> buffer, TimeSpan patience) => line.Read(buffer, patience);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        line.Write(bytes);
    }

    public void DiscardInput() => line.DiscardInput();

    public void Reopen() => line.Reopen();

    public void Dispose() => line.Dispose();
}

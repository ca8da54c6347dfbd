namespace EdgeChat.Usb.Virtual;

/// <summary>How long a flash chip takes.</summary>
/// <param name="Erase64K">To erase 64 KiB at once.</param>
/// <param name="Erase4K">To erase one sector.</param>
/// <param name="Program256">To program a page of 256 bytes.</param>
/// <param name="Read4K">To read a sector and add it to a check sum.</param>
public sealed record FlashModel(TimeSpan Erase64K, TimeSpan Erase4K, TimeSpan Program256, TimeSpan Read4K)
{
    /// <summary>Takes no time.</summary>
    public static FlashModel Fast { get; } = new(default, default, default, default);

    /// <summary>A typical 4 MiB chip: with these times and esptool's way of writing, 2 MiB take as long as logs of real boards tell, about
    /// 103 kB of file a second. Reading is 4 MB/s, 40 MHz on two lines and the MD5 beside it.</summary>
    public static FlashModel Real { get; } = new(
        TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(45), TimeSpan.FromMilliseconds(1.4), TimeSpan.FromMilliseconds(1));

    /// <summary>How long it takes to erase whole sectors, in the largest steps that fit.</summary>
    public TimeSpan Erase(int offset, int length)
    {
        TimeSpan time = default;
        for (int at = offset, end = offset + length; at < end;)
        {
            bool isBlock = at % 0x10000 == 0 && end - at >= 0x10000;
            time += isBlock ? Erase64K : Erase4K;
            at += isBlock ? 0x10000 : 0x1000;
        }

        return time;
    }

    /// <summary>How long it takes to program bytes.</summary>
    public TimeSpan Program(int length) => Program256 * ((length + 255) / 256);

    /// <summary>How long it takes to read bytes for a check sum.</summary>
    public TimeSpan Read(int length) => Read4K * (length / 4096.0);
}

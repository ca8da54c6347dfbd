using System.Buffers;

namespace EdgeChat.Usb.Loader;

/// <summary>SLIP frames (RFC 1055) as the ESP32 loaders use them: each has an end byte before and behind it.</summary>
public static class Slip
{
    /// <summary>The byte before and behind a frame.</summary>
    public const byte End = 0xC0;

    private const byte Escape = 0xDB, EscapedEnd = 0xDC, EscapedEscape = 0xDD;

    /// <summary>Frames <paramref name="content"/>.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> content)
    {
        var frame = new ArrayBufferWriter<byte>(content.Length + content.Length / 64 + 16);
        Write(frame, End);
        while (content.Length > 0)
        {
            int plain = content.IndexOfAny(End, Escape);
            if (plain < 0) plain = content.Length;
            frame.Write(content[..plain]);
            content = content[plain..];
            if (content.Length == 0) break;
            Write(frame, Escape);
            Write(frame, content[0] == End ? EscapedEnd : EscapedEscape);
            content = content[1..];
        }

        Write(frame, End);
        return frame.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> frame, byte value)
    {
        frame.GetSpan(1)[0] = value;
        frame.Advance(1);
    }

    /// <summary>Finds frames in a stream: whatever lies between two end bytes. Text between two frames comes as a frame too, which no
    /// header fits; so a lost end byte costs one frame and not all that follow. What comes before the first end byte is passed over, and so
    /// is a frame with a wrong escape.</summary>
    public sealed class Reader
    {
        // the longest frame of either loader is a block of 16 KiB with its heads
        private const int Longest = 0x8000;

        private readonly ArrayBufferWriter<byte> _frame = new(1024);
        private readonly Queue<byte[]> _ready = new();
        private bool _hasBegun;
        private bool _isEscaped;
        private bool _isBroken;

        /// <summary>Takes what has come.</summary>
        public void Add(ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes) Add(value);
        }

        /// <summary>Gives the next whole frame.</summary>
        public bool TryTake(out byte[] frame) => _ready.TryDequeue(out frame!);

        /// <summary>Forgets all that has come.</summary>
        public void Clear()
        {
            _ready.Clear();
            Begin();
            _hasBegun = false;
        }

        private void Add(byte value)
        {
            if (value == End)
            {
                if (_frame.WrittenCount > 0 && !_isBroken && !_isEscaped) _ready.Enqueue(_frame.WrittenSpan.ToArray());
                Begin();
                _hasBegun = true;
            }
            else if (_hasBegun && _frame.WrittenCount < Longest)
            {
                AddInside(value);
            }
        }

        private void Begin()
        {
            _frame.ResetWrittenCount();
            _isEscaped = _isBroken = false;
        }

        private void AddInside(byte value)
        {
            if (_isEscaped)
            {
                _isEscaped = false;
                if (value == EscapedEnd) Write(_frame, End);
                else if (value == EscapedEscape) Write(_frame, Escape);
                else _isBroken = true;
            }
            else if (value == Escape)
            {
                _isEscaped = true;
            }
            else
            {
                Write(_frame, value);
            }
        }
    }
}

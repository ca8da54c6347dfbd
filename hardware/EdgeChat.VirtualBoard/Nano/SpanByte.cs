namespace System;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's SpanByte: a part of a byte array.</summary>
public readonly struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;

    public SpanByte(byte[]? array)
        : this(array, 0, array?.Length ?? 0)
    {
    }

    public SpanByte(byte[]? array, int start, int length)
    {
        int size = array?.Length ?? 0;
        if (start < 0 || length < 0 || start > size || length > size - start)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{length} bytes from {start} are not within the array's {size}");
        _array = array;
        _start = start;
        Length = length;
    }

    public static SpanByte Empty => default;

    public int Length { get; }

    public bool IsEmpty => Length == 0;

    internal Span<byte> Span => _array.AsSpan(_start, Length);

    public byte this[int index]
    {
        get => _array![Checked(index)];
        set => _array![Checked(index)] = value;
    }

    public static implicit operator SpanByte(byte[]? array) => new(array);

    public void CopyTo(SpanByte destination)
    {
        if (destination.Length < Length) throw new ArgumentException("the destination is shorter", nameof(destination));
        Span.CopyTo(destination.Span);
    }

    public SpanByte Slice(int start) => Slice(start, Length - start);

    public SpanByte Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start > Length || length > Length - start)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{length} bytes from {start} are not within {Length}");
        return new SpanByte(_array, _start + start, length);
    }

    public byte[] ToArray() => Span.ToArray();

    private int Checked(int index) =>
        index >= 0 && index < Length
        ? _start + index : throw new ArgumentOutOfRangeException(nameof(index), index, $"there are {Length} bytes");
}

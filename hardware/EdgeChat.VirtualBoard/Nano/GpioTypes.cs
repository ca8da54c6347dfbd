using nanoFramework.Runtime.Events;

namespace System.Device.Gpio;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's PinMode.</summary>
public enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
    OutputOpenDrain = 4,
    OutputOpenDrainPullUp = 5,
    OutputOpenSource = 6,
    OutputOpenSourcePullDown = 7,
}

/// <summary>nanoFramework's PinNumberingScheme.</summary>
public enum PinNumberingScheme
{
    Logical = 0,
    Board = 1,
}

/// <summary>nanoFramework's PinEventTypes.</summary>
[Flags]
public enum PinEventTypes
{
    None = 0,
    Rising = 1,
    Falling = 2,
}

/// <summary>nanoFramework's PinValue.</summary>
public readonly struct PinValue : IEquatable<PinValue>
{
    private readonly byte _value;

    private PinValue(bool isHigh) => _value = isHigh ? (byte)1 : (byte)0;

    public static PinValue High => new(true);

    public static PinValue Low => new(false);

    public static implicit operator PinValue(int value) => new(value != 0);

    public static implicit operator PinValue(bool value) => new(value);

    public static explicit operator byte(PinValue value) => value._value;

    public static explicit operator int(PinValue value) => value._value;

    public static explicit operator bool(PinValue value) => value._value != 0;

    public static bool operator ==(PinValue a, PinValue b) => a._value == b._value;

    public static bool operator !=(PinValue a, PinValue b) => a._value != b._value;

    public bool Equals(PinValue other) => _value == other._value;

    public override bool Equals(object? obj) => obj is PinValue other && Equals(other);

    public override int GetHashCode() => _value;

    public override string ToString() => _value == 0 ? "Low" : "High";
}

/// <summary>nanoFramework's PinValuePair.</summary>
public readonly struct PinValuePair(int pinNumber, PinValue pinValue)
{
    public int PinNumber { get; } = pinNumber;

    public PinValue PinValue { get; } = pinValue;

    public void Deconstruct(out int pinNumber, out PinValue pinValue)
    {
        pinNumber = PinNumber;
        pinValue = PinValue;
    }
}

/// <summary>nanoFramework's PinValueChangedEventArgs.</summary>
public class PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber) : BaseEvent
{
    public PinEventTypes ChangeType { get; } = changeType;

    public int PinNumber { get; } = pinNumber;
}

/// <summary>nanoFramework's handler of a changed pin; it runs on the board's event thread.</summary>
public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);

/// <summary>nanoFramework's handler of a changed pin; it runs on the board's event thread.</summary>
public delegate void PinChangeEventHandler(object sender, PinValueChangedEventArgs pinValueChangedEventArgs);

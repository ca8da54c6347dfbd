using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>What the screens ask of the board, until its host takes it: the display's power and brightness, light and sound, a
/// measurement of the signal, another configuration, a restart.</summary>
/// <remarks>Outlives the screens, as it knows how display and light were left.</remarks>
public sealed class BoardRequests
{
    private const int MeasureAgainMs = 30000; // the radio leaves its channel for two or three seconds to measure

    // of how display, light and signal were left
    private const int IsDark = 1;
    private const int IsLit = 2;
    private const int IsSignalWanted = 4;
    private const int IsSignalComing = 8;

    private const int IsSoundWanted = 16;
    private const int Buzzer = 32; // the board has one

    private int _left;
    private byte _contrast = Settings.DefaultContrast;
    private long _measureMs;
    private BoardRequest _request;
    private string _order;

    /// <summary>Makes what the screens of a board ask of it.</summary>
    /// <param name="hasBuzzer">Whether it has a buzzer for new messages.</param>
    public BoardRequests(bool hasBuzzer = false)
    {
        if (hasBuzzer) _left = Buzzer;
    }

    /// <summary>Whether the board has a buzzer for new messages.</summary>
    public bool HasBuzzer { get { return (_left & Buzzer) != 0; } }

    /// <summary>Whether the signal is being measured.</summary>
    public bool IsMeasuring { get { return (_left & IsSignalComing) != 0; } }

    /// <summary>Asks the board for something; the last that was asked for counts.</summary>
    public void Ask(BoardRequest request) { _request = request; }

    /// <summary>Has the buzzer sound.</summary>
    public void Sound() { _left |= IsSoundWanted; }

    /// <summary>Asks for another configuration: <c>wifi</c>, a name and a password, or <c>brokers</c> and addresses, a line each.</summary>
    public void Configure(string order) { _order = order; }

    /// <summary>The configuration that is asked for, once, else null.</summary>
    public string TakeOrder()
    {
        string order = _order;
        _order = null;
        return order;
    }

    /// <summary>Has the networks in range looked for, which measures the signal too.</summary>
    public void Scan(long nowMs)
    {
        _measureMs = 0;
        MeasureSignal(nowMs);
    }

    /// <summary>Has the Wi-Fi's signal measured, unless that was done a short while ago.</summary>
    public void MeasureSignal(long nowMs)
    {
        if (nowMs < _measureMs) return;
        _measureMs = nowMs + MeasureAgainMs;
        _left |= IsSignalWanted | IsSignalComing;
    }

    /// <summary>The signal was measured, or is not known any more.</summary>
    public void OnSignal() { _left &= ~IsSignalComing; }

    /// <summary>The next thing that the board is to do, or <see cref="BoardRequest.None"/>.</summary>
    /// <param name="isDisplayOn">Whether the display is to be on.</param>
    /// <param name="isLightOn">Whether the light for new messages is to be on.</param>
    /// <param name="contrast">How bright the display is to be.</param>
    public BoardRequest Take(bool isDisplayOn, bool isLightOn, byte contrast)
    {
        if (((_left & IsLit) != 0) != isLightOn)
        {
            _left ^= IsLit;
            return isLightOn ? BoardRequest.LightOn : BoardRequest.LightOff;
        }

        if ((_left & IsSoundWanted) != 0)
        {
            _left &= ~IsSoundWanted;
            return BoardRequest.Sound;
        }

        if (((_left & IsDark) != 0) == isDisplayOn)
        {
            _left ^= IsDark;
            return isDisplayOn ? BoardRequest.DisplayOn : BoardRequest.DisplayOff;
        }

        if (_contrast != contrast)
        {
            _contrast = contrast;
            return BoardRequest.Brightness;
        }

        if ((_left & IsSignalWanted) != 0)
        {
            _left &= ~IsSignalWanted;
            return BoardRequest.MeasureSignal;
        }

        BoardRequest request = _request;
        _request = BoardRequest.None;
        return request;
    }
}

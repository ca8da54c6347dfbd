using EdgeChat.Core;

namespace EdgeChat.Ui;

// the two sizes of the picture on a display of 320x240, whose driver shows it doubled or three times as large
public sealed partial class Painter
{
    private const int NormalColumns = 160;
    private const int NormalRows = 120;
    private const int LargeColumns = 104; // no other frame in colours is as narrow
    private const int LargeRows = 80;

    /// <summary>Whether the display has room for larger text: one in colours of 320x240. A smaller one would show too little.</summary>
    public bool HasSizes
    {
        get
        {
            if (_frame.Colours == null) return false;
            return _width == LargeColumns || (_width == NormalColumns && Height == NormalRows);
        }
    }

    /// <summary>Gives the picture the size that is set; true when it had another, and is empty now.</summary>
    public bool Fit(Settings settings)
    {
        if (_frame.Colours == null || !IsMisfit(settings)) return false;
        if (settings.IsLarge) _frame.Resize(LargeColumns, LargeRows);
        else _frame.Resize(NormalColumns, NormalRows);
        Measure();
        return true;
    }

    private bool IsMisfit(Settings settings) { return HasSizes && settings.IsLarge != (_width == LargeColumns); }

    private void Measure()
    {
        _pixels = _frame.Pixels;
        _width = _frame.Width;
        _pages = _frame.Height / 8;
    }
}

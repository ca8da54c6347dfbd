using EdgeChat.Core;

namespace EdgeChat.Ui;

// the colours of what is drawn, on a display that has any
public sealed partial class Painter
{
    /// <summary>Gives an area one of the colours of <see cref="ColourPlan"/>: a surface, or a mark on the surface that it is on.</summary>
    public void Tint(int colour, int x, int y, int width, int height)
    {
        if (_frame.Colours == null) return;
        _frame.Colours.Set(colour, x, y, width, height);
        _touched |= 1;
    }

    /// <summary>Shows the light theme or the dark one; true when the picture has not the size that is set, so that it has to be drawn
    /// again.</summary>
    public bool UseTheme(Settings settings)
    {
        if (_frame.Colours == null) return false;
        _frame.Colours.IsLight = !settings.Is(Settings.Theme);
        return IsMisfit(settings);
    }

    /// <summary>Says that what was drawn on paper in an area is on a plate now, or the other way round.</summary>
    public void Turn(int x, int y, int width, int height)
    {
        if (_frame.Colours != null) _frame.Colours.Turn(x, y, width, height);
    }

    private static int ColourOf(int icon)
    {
        switch (icon)
        {
            case Icon.Shown:
                return ColourPlan.Blue;
            case Icon.Failed:
            case Icon.Refused:
                return ColourPlan.Red;
            case Icon.Present:
                return ColourPlan.Green;
            case Icon.Offline:
            case Icon.Unlocked:
            case Icon.Star:
                return ColourPlan.Amber;
            case Icon.Clock:
            case Icon.One:
            case Icon.Two:
            case Icon.Connecting:
            case Icon.Away:
            case Icon.Muted:
                return ColourPlan.Grey;
            default:
                return ColourPlan.Paper;
        }
    }
}

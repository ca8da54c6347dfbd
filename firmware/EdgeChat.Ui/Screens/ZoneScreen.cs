using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>The time zones, by cities; Ok takes one.</summary>
public sealed class ZoneScreen : ListScreen
{
    /// <summary>Makes the screen, at the zone that is in force.</summary>
    public ZoneScreen(ScreenContext ui)
        : base(ui)
    {
        string rule = ui.Own.Zone;
        int zone = rule == null ? 0 : Zones.Find(rule);
        Selected = zone < 0 ? 0 : zone;
    }

    /// <inheritdoc/>
    protected override int Count { get { return Zones.Count; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Time zone"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● choose   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        painter.DrawCut(painter.Text, Zones.CitiesOf(row), 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        Ui.Stack.Back(nowMs);
        Ui.Own.SetZone(Zones.RuleOf(row));
    }
}

using EdgeChat.Core;

namespace EdgeChat.Ui;

// how the presence of a contact looks: a dot, its colour, and words
public sealed partial class Chrome
{
    /// <summary>Draws the dot that tells whether a contact is there; <paramref name="place"/> is -1 for who is no contact.</summary>
    public void DrawPresence(int place, int x, int y)
    {
        int icon = IconOfPresence(place);
        if (icon == 0) return;
        int after = _ui.Painter.DrawIcon(icon, x, y);
        _ui.Painter.Tint(ColourOfPresence(place), x, y, after - x, HeaderHeight);
    }

    /// <summary>The colour of a contact's presence.</summary>
    public int ColourOfPresence(int place)
    {
        switch (PresenceAt(place))
        {
            case PresenceState.On: return ColourPlan.Green;
            case PresenceState.Lost: return ColourPlan.Amber;
            default: return ColourPlan.Grey;
        }
    }

    /// <summary>The dot that tells whether a contact is there, or 0.</summary>
    public int IconOfPresence(int place)
    {
        if (place < 0) return 0;
        PresenceState state = PresenceAt(place);
        return state == PresenceState.Unknown ? 0 : state == PresenceState.On ? Icon.Present : Icon.Away;
    }

    /// <summary>A number that is another one when a contact's presence has become other words.</summary>
    public long PresenceLook(int place)
    {
        if (place < 0) return -1;
        PresenceState state = PresenceAt(place);
        PresenceTable presence = _ui.Messenger.Presence;
        return (state == PresenceState.Sleep ? presence.WakesAt(place) : presence.LastSeenAt(place)) << 4 | (long)state;
    }

    /// <summary>Adds a contact's presence in words; nothing for who is no contact.</summary>
    public void AddPresence(TextBuffer into, int place, long nowMs)
    {
        if (place < 0) return;
        PresenceTable presence = _ui.Messenger.Presence;
        long seen = presence.LastSeenAt(place);
        switch (PresenceAt(place))
        {
            case PresenceState.On:
                into.Add(StateWords.For(PresenceState.On));
                return;
            case PresenceState.Sleep:
                long wakes = presence.WakesAt(place);
                if (wakes > 0) LocalTime.AddMoment(into.Add("wakes "), LocalOf(wakes), Today(nowMs));
                else into.Add(StateWords.For(PresenceState.Sleep));
                return;
            case PresenceState.Unknown:
                return;
        }

        if (seen > 0) LocalTime.AddMoment(into.Add("seen "), LocalOf(seen), Today(nowMs));
        else into.Add(StateWords.For(PresenceAt(place)));
    }

    // who was there when the connection was lost may have gone since
    private PresenceState PresenceAt(int place)
    {
        PresenceState state = _ui.Messenger.Presence.StateAt(place);
        return state == PresenceState.On && !_ui.Session.IsOnline ? PresenceState.Unknown : state;
    }
}

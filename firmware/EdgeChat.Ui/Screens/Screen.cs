using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>One screen: draws all of itself, and acts on keys. <see cref="Screens"/> decides when.</summary>
/// <remarks>Keys mean the same everywhere. Short: up, choose, down. Held: Up goes one step back, Ok opens a menu, Down goes to the end and
/// then home to the list; so holding Up or Down often enough always leads to the list.</remarks>
public abstract class Screen
{
    /// <summary>The <see cref="LeastAwakeMs"/> of what is read: 2 minutes.</summary>
    protected const int ReadingMs = 120000;

    /// <summary>What all screens work with.</summary>
    protected readonly ScreenContext Ui;

    /// <summary>Makes a screen of a board.</summary>
    protected Screen(ScreenContext ui)
    {
        Ui = ui;
    }

    /// <summary>When <see cref="OnTime"/> wants to be called, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public virtual long NextTickMs { get { return Deadline.Never; } }

    /// <summary>For how long after a key the display stays on at least, in milliseconds, or <see cref="Deadline.Never"/> for ever, whatever
    /// the person has set: what is read or written takes longer than a look.</summary>
    public virtual long LeastAwakeMs { get { return 0; } }

    /// <summary>Whether the three keys choose among three groups now, so that a board with fewer buttons offers two.</summary>
    public virtual bool IsChoosing { get { return false; } }

    /// <summary>The screen that this one lies over.</summary>
    internal Screen Below { get; set; }

    /// <summary>Draws all of the screen on a dark frame.</summary>
    public abstract void Draw(Painter painter, long nowMs);

    /// <summary>Draws on the picture, which shows this screen and nothing else, only what has changed since it was drawn, on the same day;
    /// false when it takes all of the screen.</summary>
    public virtual bool Update(Painter painter, long nowMs) { return false; }

    /// <summary>Draws on the picture as it is what another minute of the same day changes; false when it takes all of the screen.</summary>
    public virtual bool DrawMinute(Painter painter, long nowMs) { return false; }

    /// <summary>A key was pressed shortly.</summary>
    public abstract void OnKey(Key key, long nowMs);

    /// <summary>Ok was held: the screen's menu, where it has one.</summary>
    public virtual void OnMenuKey(long nowMs) { }

    /// <summary>Up was held: true when the screen went a step back itself; otherwise it is left.</summary>
    public virtual bool OnBack(long nowMs) { return false; }

    /// <summary>Down was held: true when the screen went to its end; otherwise the list is shown.</summary>
    public virtual bool OnEnd(long nowMs) { return false; }

    /// <summary>The words for an item of a menu that this screen opened.</summary>
    public virtual string ItemOf(int action) { return ""; }

    /// <summary>An item of a menu that this screen opened was chosen.</summary>
    public virtual void OnMenu(int action, long nowMs) { }

    /// <summary>A text that this screen asked for was written. The screen that it was written on is still open:
    /// <see cref="ScreenStack.Back"/> closes it, what opens over it lets the person go on with the text.</summary>
    /// <param name="text">The buffer of the writing.</param>
    /// <param name="count">Bytes of the text, without spaces at its end; 0 when there is none.</param>
    /// <param name="nowMs">Milliseconds since boot.</param>
    public virtual void OnText(byte[] text, int count, long nowMs) { }

    /// <summary>The screen is on top again, or something that it shows may have changed.</summary>
    public virtual void Refresh() { }

    /// <summary>Does what is due.</summary>
    public virtual void OnTime(long nowMs) { }

    /// <summary>The screen is left or the display goes to sleep: keep what was begun.</summary>
    public virtual void Keep(long nowMs) { }
}

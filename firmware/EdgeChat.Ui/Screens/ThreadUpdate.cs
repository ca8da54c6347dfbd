using EdgeChat.Delivery;

namespace EdgeChat.Ui;

// draws what is new in a thread that is on the screen already: ticks in place, and below the others the messages that came
public sealed partial class ThreadScreen
{
    private const int Seals = 32; // more than there are icons
    private readonly int[] _tickAt; // of the messages on the screen, as Bubble.TickAt has it
    private int _ticks;             // how many, or -1 when one of them cannot be drawn by itself
    private int _drawnShape;
    private int _drawnToday;
    private int _drawnOffset;
    private int _drawnCorner;
    private int _cornerLeft; // the column that it begins at
    private long _drawnTitle;
    private bool _isDrawn;

    /// <inheritdoc/>
    public override bool Update(Painter painter, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        int today = Ui.Chrome.Today(nowMs);
        if (!_isDrawn || !_isFollowing || conversation < 0 || _drawnShape != Ui.Messenger.Shape) return false;
        if (_drawnToday != today || _drawnOffset != Ui.Me.UtcOffsetMinutes) return false;
        Find();
        if (_selected < 0 || _ticks < 0) return false;
        bool isHit = TurnTicks(painter);
        if (Ui.Messenger.Newer(_selected) >= 0) isHit |= Append(painter, Ui.Messenger.IsGroup(conversation), today);
        if (isHit || _drawnTitle != TitleLook(conversation)) DrawHead(painter, nowMs);
        else if (_drawnCorner != Ui.Chrome.CornerLook(nowMs)) DrawMinute(painter, nowMs);
        return true;
    }

    // a number that is another one when the title has, while the thread follows the newest message
    private long TitleLook(int conversation)
    {
        if (conversation < 0) return -1;
        Messenger messenger = Ui.Messenger;
        if (messenger.IsBlocked(conversation)) return -2;
        int seal = SealOf(conversation);
        if (messenger.IsGroup(conversation)) return seal + Seals * messenger.MemberCountOf(conversation);
        return seal + Seals * Ui.Chrome.PresenceLook(messenger.PresenceOf(conversation));
    }

    private void Drawn(int today)
    {
        _isDrawn = _isFollowing;
        _drawnShape = Ui.Messenger.Shape;
        _drawnToday = today;
        _drawnOffset = Ui.Me.UtcOffsetMinutes;
    }

    private void NoteTick()
    {
        int at = _bubble.TickAt;
        if (at == 0 || _ticks < 0) return;
        if (at < 0 || _ticks == _tickAt.Length) _ticks = -1;
        else _tickAt[_ticks++] = at;
    }

    // true when one lies partly under the title
    private bool TurnTicks(Painter painter)
    {
        bool isHit = false;
        for (int i = 0; i < _ticks; i++)
        {
            if (!_bubble.HasTurned(_tickAt[i])) continue;
            _tickAt[i] = _bubble.DrawTick(painter, _tickAt[i]);
            isHit |= Bubble.RowOf(_tickAt[i]) < Top;
        }

        return isHit;
    }

    // the picture moves up by pages until there is room; true when it had to, and the title with it
    private bool Append(Painter painter, bool isGroup, int today)
    {
        int before = _selected;
        int y = _bottom;
        int rows = Follow(painter, isGroup, today);
        y -= rows;
        MoveTicks(rows);
        painter.Erase(0, y, painter.Width, painter.Height - y);
        DrawDown(painter, before, y, isGroup, today);
        return rows > 0;
    }

    private void MoveTicks(int rows)
    {
        int count = 0;
        for (int i = 0; i < _ticks; i++)
        {
            int at = Bubble.MovedUp(_tickAt[i], rows);
            if (at != 0) _tickAt[count++] = at;
        }

        _ticks = count;
    }
}

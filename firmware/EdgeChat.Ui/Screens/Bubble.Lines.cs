using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

// what stands in the middle of a thread, and beside a message that is chosen
public sealed partial class Bubble
{
    private const int ChosenBar = 3; // columns of the bar beside the chosen message, and the gap beside it

    private static bool IsMessage(MessageKind kind)
    {
        return kind <= MessageKind.Unsupported || kind == MessageKind.TakenBack;
    }

    private long TimeBefore(int message)
    {
        while (message >= 0 && _ui.Messenger.TimeOf(message) == 0) message = _ui.Messenger.Older(message);
        return message < 0 ? 0 : _ui.Messenger.TimeOf(message);
    }

    private int DayAbove(long time, long timeBefore)
    {
        if (time == 0 || _today == 0) return NoDay;
        int day = LocalTime.DayOf(_ui.Chrome.LocalOf(time));
        return timeBefore != 0 && LocalTime.DayOf(_ui.Chrome.LocalOf(timeBefore)) == day ? NoDay : day;
    }

    private void DrawDay(Painter painter, int y)
    {
        TextBuffer day = LocalTime.AddDay(_ui.Chrome.Line.Clear(), _day, _today);
        int width = painter.Small.Measure(day.Bytes, 0, day.Count);
        int x = (painter.Width - width) / 2;
        painter.Draw(painter.Small, day, x, y + 1, painter.Width);
        painter.Dots(x - 20, y + 3, x - 4);
        painter.Dots(x + width + 4, y + 3, x + width + 20);
        painter.Tint(ColourPlan.Grey, x - 20, y, width + 40, DayHeight);
    }

    // from side to side, so that it is no day and no message
    private void DrawUnread(Painter painter, int y)
    {
        TextBuffer words = _ui.Chrome.Line.Clear().Add(_unread).Add(" unread");
        int width = painter.Small.Measure(words.Bytes, 0, words.Count);
        int right = painter.Width - Chrome.ThreadMargin;
        int x = (right - width) / 2;
        painter.Draw(painter.Small, words, x, y + 1, right);
        painter.Fill(Left, y + 3, x - 4 - Left, 2);
        painter.Fill(x + width + 3, y + 3, right - x - width - 3, 2);
        painter.Tint(ColourPlan.Green, 0, y, painter.Width, UnreadHeight);
    }

    // a bar along what is to be seen of the message, where there is room, and a pointer at its middle
    private void DrawChosen(Painter painter, int x, int outer, int y, int bottom)
    {
        int icon = _isMine ? Icon.Open : Icon.Pointer;
        int width = painter.IconWidth(icon);
        int last = painter.Width - width;
        int beside = _isMine ? x - 2 - ChosenBar - width : x + outer + 1 + ChosenBar;
        int from = y > Chrome.BodyTop ? y : Chrome.BodyTop;
        int to = bottom < painter.Height ? bottom : painter.Height;
        if (beside < 0) beside = 0;
        else if (beside > last) beside = last;
        else painter.Fill(_isMine ? beside + width + 1 : beside - ChosenBar, from + 1, ChosenBar - 1, to - from - 2);
        painter.DrawIcon(icon, beside, (from + to) / 2 - 4);
    }

    private void DrawPlain(Painter painter, int y, bool isChosen)
    {
        PixelFont font = painter.Small;
        byte[] text = _ui.LongText.Text.Bytes;
        int start = 0;
        for (int line = 0; line < _lines; line++)
        {
            int end = TextLayout.LineEnd(font, text, start, _count, painter.Width - 8);
            int width = font.LineWidth;
            int x = (painter.Width - width) / 2;
            painter.Draw(font, text, start, end, x, y + 1, painter.Width);
            int beside = x + width + 2;
            if (isChosen && line == 0) painter.DrawIcon(Icon.Pointer, beside < painter.Width - 4 ? beside : painter.Width - 4, y);
            start = TextLayout.NextLine(text, end, _count);
            y += SmallLine;
        }
    }
}

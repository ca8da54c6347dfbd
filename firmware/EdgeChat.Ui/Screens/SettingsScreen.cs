using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The settings, a row each; Ok goes to the next choice, or asks for what is not chosen from a few.</summary>
public sealed class SettingsScreen : ListScreen
{
    // rows below those that are chosen from a few
    private const int Wifi = 0;
    private const int Broker = 1;
    private const int Name = 2;
    private const int Zone = 3;
    private const int Gap = 6; // columns between a title and its value

    /// <summary>Makes the screen.</summary>
    public SettingsScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Settings.Count + Zone + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Settings"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● change   hold ▲ back"; } }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        if (Selected - Ui.Settings.Count == Broker)
        {
            Ui.Stack.Back(nowMs);
            // several stand with a space between them
            for (int i = 0; i < count; i++)
                if (text[i] == ' ') text[i] = (byte)'\n';
            if (count > 0) Ui.Requests.Configure("brokers\n" + Encoding.UTF8.GetString(text, 0, count));
            return;
        }

        if (count > Limits.ShortTextBytes)
        {
            Ui.Stack.Check("Not changed", SendError.BadName, nowMs);
            return;
        }

        Ui.Stack.Back(nowMs);
        Ui.Own.SetName(count == 0 ? null : Encoding.UTF8.GetString(text, 0, count));
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        string title = TitleOf(row);
        TextBuffer word = Ui.Chrome.Line.Clear().Add(ValueOf(row, nowMs));
        int room = right - 3;
        int x = room - painter.Text.Measure(word.Bytes, 0, word.Count);
        int after = painter.DrawCut(painter.Text, title, 3, y, room) + Gap;
        painter.DrawCut(painter.Text, word.Bytes, 0, word.Count, x > after ? x : after, y, room);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        switch (row - Ui.Settings.Count)
        {
            case Name:
                TextBuffer name = Ui.LongText.Take(null).Add(Ui.Me.DisplayName);
                Ui.Stack.Ask(this, "name", name.Bytes, name.Count, nowMs);
                return;
            case Zone:
                Ui.Stack.Open(new ZoneScreen(Ui), nowMs);
                return;
            case Wifi:
                Ui.Stack.Open(new NetworkScreen(Ui), nowMs);
                return;
            case Broker:
                Ui.Stack.AskExactly(this, "broker", Ui.LongText.Take(null).Add(Ui.Status.Broker), nowMs);
                return;
        }

        int next = Ui.Settings.Chosen(row) + 1;
        Ui.Settings.Choose(row, Ui.Settings.ChoiceOf(row, next) != null ? next : 0);
        Ui.Stack.MustDraw = true;
    }

    private string TitleOf(int row)
    {
        switch (row - Ui.Settings.Count)
        {
            case Name: return "Name";
            case Zone: return "Time zone";
            case Wifi: return "Wi-Fi";
            case Broker: return "Broker";
            default: return Settings.TitleOf(row);
        }
    }

    private string ValueOf(int row, long nowMs)
    {
        switch (row - Ui.Settings.Count)
        {
            case Name: return Ui.Me.DisplayName ?? Ui.Me.DeviceId;
            case Zone: return Zones.OffsetText(Ui.Me.OffsetAt(Ui.Messenger.UnixAt(nowMs)));
            case Wifi: return Ui.Status.Network ?? "none";
            case Broker: return Ui.Status.Broker;
            default: return Ui.Settings.ChoiceOf(row, Ui.Settings.Chosen(row));
        }
    }
}

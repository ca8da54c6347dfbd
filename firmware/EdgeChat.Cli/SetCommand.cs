using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>set</c>: shows and changes settings, which survive a restart.</summary>
internal sealed class SetCommand : CommandFamily
{
    private const int LabelColumns = 12;
    private const string Name = "name";
    private const string Utc = "utc";
    private const string Color = "color";

    private readonly Settings _screen;

    /// <summary>Makes the command; <paramref name="screen"/> has the settings of the screens, null on a board that has none.</summary>
    public SetCommand(ShellContext context, Settings screen)
        : base(context)
    {
        _screen = screen;
    }

    /// <summary>How many settings there are.</summary>
    public int Count { get { return 3 + (_screen == null ? 0 : Settings.Count); } }

    /// <summary>The name of a setting.</summary>
    public string NameAt(int place)
    {
        switch (place)
        {
            case 0: return Name;
            case 1: return Utc;
            case 2: return Color;
            default: return Settings.NameOf(place - 3);
        }
    }

    /// <summary>The choices of a setting; null when any text will do.</summary>
    public string[] ChoicesOf(string setting)
    {
        if (setting == Color) return ColorChoices.Words();
        int place = _screen == null ? -1 : Settings.Find(setting);
        return place < 0 ? null : Settings.ChoicesOf(place);
    }

    public override void Run()
    {
        string setting = C.Line.NextWord();
        if (setting == null)
        {
            for (int i = 0; i < Count; i++) Show(NameAt(i));
            return;
        }

        if (!IsKnown(setting))
        {
            C.Fail("unknown-setting", "set: no setting \"" + setting + "\". There are:" + Joined());
            return;
        }

        string choice = C.Line.RestAsText();
        if (choice == null)
        {
            Show(setting);
            return;
        }

        try
        {
            if (Change(setting, choice) && !C.IsJson) Show(setting);
        }
        catch (FlashException e)
        {
            C.Fail("flash", "set: " + setting + " is set, but only until the next restart: " + e.Message);
        }
    }

    private bool Change(string setting, string choice)
    {
        switch (setting)
        {
            case Name:
                return SetName(choice);
            case Utc:
                int minutes = TimeText.ParseOffset(choice);
                if (minutes == int.MinValue)
                {
                    C.Fail("bad-choice", "set: utc \"" + choice + "\": expected hours ahead of UTC from -12:00 to +14:00, such as +02:00");
                    return false;
                }

                C.Settings.SetOffset(minutes);
                return true;
            case Color:
                int color = IndexOf(choice, ColorChoices.Words());
                if (color < 0) return FailChoice(setting, choice);
                C.Settings.SetColor((ColorChoice)color);
                return true;
            default:
                return _screen.Choose(Settings.Find(setting), choice) || FailChoice(setting, choice);
        }
    }

    private bool SetName(string name)
    {
        int bytes = Encoding.UTF8.GetBytes(name).Length;
        if (bytes > ConsoleSettings.MaxNameBytes)
        {
            C.Fail("bad-choice", "set: a name of " + bytes.ToString() + " bytes is too long, at most " + ConsoleSettings.MaxNameBytes.ToString() + ": shorten it");
            return false;
        }

        C.Settings.SetName(name);
        return true;
    }

    private bool FailChoice(string setting, string choice)
    {
        var words = new StringBuilder();
        string[] choices = ChoicesOf(setting);
        for (int i = 0; i < choices.Length; i++) words.Append(i == 0 ? "" : i == choices.Length - 1 ? " or " : ", ").Append(choices[i]);
        C.Fail("bad-choice", "set: " + setting + " \"" + choice + "\": expected " + words.ToString());
        return false;
    }

    private void Show(string setting)
    {
        string value = ValueOf(setting);
        if (C.IsJson)
        {
            C.Json.Begin("item", "setting");
            C.Json.Add("name", setting);
            C.Json.Add("value", value == null ? "" : value);
            C.Json.End();
            return;
        }

        C.Out.WritePadded(setting, LabelColumns);
        C.Out.WriteSafe(value == null ? "(none: others see the device id)" : value);
        C.Out.EndLine();
    }

    private string ValueOf(string setting)
    {
        switch (setting)
        {
            case Name: return C.Me.DisplayName;
            case Utc: return TimeText.OffsetText(C.Me.UtcOffsetMinutes);
            case Color: return ColorChoices.Words()[(int)C.Settings.Color];
            default:
                int place = Settings.Find(setting);
                return Settings.ChoiceOf(place, _screen.Chosen(place));
        }
    }

    private bool IsKnown(string setting)
    {
        for (int i = 0; i < Count; i++)
            if (NameAt(i) == setting) return true;
        return false;
    }

    private string Joined()
    {
        var names = new StringBuilder();
        for (int i = 0; i < Count; i++) names.Append(' ').Append(NameAt(i));
        return names.ToString();
    }

    private static int IndexOf(string word, string[] words)
    {
        for (int i = 0; i < words.Length; i++)
            if (words[i] == word) return i;
        return -1;
    }
}

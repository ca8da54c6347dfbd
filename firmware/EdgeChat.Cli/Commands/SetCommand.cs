using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>set</c>: shows and changes settings, which survive a restart.</summary>
internal sealed class SetCommand : Command
{
    public const string Word = "set";

    private const int LabelColumns = 12;
    private const int OfConsole = 4; // settings, which come first
    private const string DisplayName = "name";
    private const string Utc = "utc";
    private const string Zone = "zone";
    private const string Color = "color";

    public SetCommand()
        : base(Word, "[setting [choice]]", "show or change settings")
    {
        OtherNames = "config settings";
        NeedsDevice = false;
        First = Completion.Word;
        Details = "Settings survive a restart.\n"
            + "  set                  all of them\n"
            + "  set name Alice       the name that others see\n"
            + "  set utc +02:00       how far local time is ahead of UTC\n"
            + "  set zone berlin      local time with its summer time; also as POSIX\n"
            + "                       writes it: set zone CET-1CEST,M3.5.0,M10.5.0/3\n"
            + "  set color on         colours on this console; auto: when it is a terminal\n"
            + "  set sleep 1min       when the display goes off\n";
    }

    public override Completion CompletionAt(int place, string verb)
    {
        return place == 2 ? Completion.Word : base.CompletionAt(place, verb);
    }

    public override string[] WordsAt(int place, string before) { return place == 1 ? Names() : ChoicesOf(before); }

    public override void Run()
    {
        string setting = C.Line.NextWord();
        if (setting == null)
        {
            string[] all = Names();
            for (int i = 0; i < all.Length; i++) Show(all[i]);
            return;
        }

        if (IndexOf(setting, Names()) < 0)
        {
            C.Fail("unknown-setting", "set: no setting \"" + setting + "\". There are: " + Joined(Names(), " ", " "));
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
            case DisplayName:
                return SetName(choice);
            case Utc:
                int minutes = TimeText.ParseOffset(choice);
                if (minutes == int.MinValue)
                {
                    string range = "hours ahead of UTC from -12:00 to +14:00, such as +02:00";
                    C.Fail("bad-choice", "set: utc \"" + choice + "\": expected " + range);
                    return false;
                }

                C.Settings.SetOffset(minutes);
                return true;
            case Zone:
                return SetZone(choice);
            case Color:
                int color = IndexOf(choice, Colors());
                if (color < 0) return FailChoice(setting, choice);
                C.Settings.SetColor((ColorChoice)color);
                return true;
            default:
                return C.ScreenSettings.Choose(C.ScreenSettings.Find(setting), choice) || FailChoice(setting, choice);
        }
    }

    private bool SetName(string name)
    {
        int bytes = Encoding.UTF8.GetBytes(name).Length;
        if (bytes > Limits.ShortTextBytes)
        {
            string most = Limits.ShortTextBytes.ToString();
            C.Fail("bad-choice", "set: a name of " + bytes.ToString() + " bytes is too long, at most " + most + ": shorten it");
            return false;
        }

        C.Settings.SetName(name);
        return true;
    }

    private bool SetZone(string choice)
    {
        int zone = Zones.FindWord(choice);
        if (C.Settings.SetZone(zone < 0 ? choice : Zones.RuleOf(zone))) return true;
        string expected = "expected a city that Tab offers, or a rule such as CET-1CEST,M3.5.0,M10.5.0/3";
        C.Fail("bad-choice", "set: zone \"" + choice + "\": " + expected);
        return false;
    }

    private bool FailChoice(string setting, string choice)
    {
        C.Fail("bad-choice", "set: " + setting + " \"" + choice + "\": expected " + Joined(ChoicesOf(setting), ", ", " or "));
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
        C.Out.WriteSafe(value != null ? value : setting == Zone ? NoZone() : "(none: others see the device id)");
        C.Out.EndLine();
    }

    private string ValueOf(string setting)
    {
        switch (setting)
        {
            case DisplayName: return C.Me.DisplayName;
            case Utc: return Zones.OffsetText(C.Me.OffsetAt(C.Messenger.UnixAt(C.NowMs)));
            case Zone: return ZoneOf(C.Settings.Zone);
            case Color: return Colors()[(int)C.Settings.Color];
            default:
                int place = C.ScreenSettings.Find(setting);
                return C.ScreenSettings.ChoiceOf(place, C.ScreenSettings.Chosen(place));
        }
    }

    // all there are on this board
    private string[] Names()
    {
        string[] names = Column.Strings(OfConsole + (C.ScreenSettings == null ? 0 : C.ScreenSettings.Count));
        names[0] = DisplayName;
        names[1] = Utc;
        names[2] = Zone;
        names[3] = Color;
        for (int i = OfConsole; i < names.Length; i++) names[i] = Settings.NameOf(i - OfConsole);
        return names;
    }

    // null when any text will do
    private string[] ChoicesOf(string setting)
    {
        if (setting == Color) return Colors();
        if (setting == Zone) return ZoneWords();
        int place = C.ScreenSettings == null ? -1 : C.ScreenSettings.Find(setting);
        return place < 0 ? null : C.ScreenSettings.ChoicesOf(place);
    }

    private string NoZone() { return C.Me.Zone != null ? "(as provisioned)" : "(none: local time is by utc)"; }

    private static string ZoneOf(string rule)
    {
        int zone = rule == null ? -1 : Zones.Find(rule);
        return zone < 0 ? rule : Zones.WordOf(zone);
    }

    private static string[] ZoneWords()
    {
        string[] words = Column.Strings(Zones.Count);
        for (int zone = 0; zone < words.Length; zone++) words[zone] = Zones.WordOf(zone);
        return words;
    }

    // in the order of ColorChoice
    private static string[] Colors() { return new[] { "auto", "on", "off" }; }

    private static string Joined(string[] words, string between, string beforeLast)
    {
        var text = new StringBuilder();
        for (int i = 0; i < words.Length; i++) text.Append(i == 0 ? "" : i == words.Length - 1 ? beforeLast : between).Append(words[i]);
        return text.ToString();
    }

    private static int IndexOf(string word, string[] words)
    {
        for (int i = 0; i < words.Length; i++)
            if (words[i] == word) return i;
        return -1;
    }
}

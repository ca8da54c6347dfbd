using System.Text;

namespace EdgeChat.Core;

/// <summary>The command <c>set</c>: shows and changes settings, which survive a restart.</summary>
internal sealed class SetCommand : CommandFamily
{
    private const int LabelColumns = 12;
    private const string Name = "name";
    private const string Utc = "utc";
    private const string Color = "color";

    public SetCommand(ShellContext context)
        : base(context)
    {
    }

    /// <summary>The names of the settings, for completion.</summary>
    public const string Names = Name + " " + Utc + " " + Color;

    public override void Run()
    {
        string setting = C.Line.NextWord();
        if (setting == null)
        {
            Show(Name);
            Show(Utc);
            Show(Color);
            return;
        }

        if (setting != Name && setting != Utc && setting != Color)
        {
            C.Fail("unknown-setting", "set: no setting \"" + setting + "\". There are: " + Names);
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

    /// <summary>The choices of a setting, for completion; null when any text will do.</summary>
    public static string ChoicesOf(string setting) { return setting == Color ? "on off" : null; }

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
            default:
                if (choice != "on" && choice != "off")
                {
                    C.Fail("bad-choice", "set: color \"" + choice + "\": expected on or off");
                    return false;
                }

                C.Out.Style(TextStyle.Plain);
                C.Settings.SetColor(choice == "on");
                return true;
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

    private void Show(string setting)
    {
        string value = setting == Name ? C.Me.DisplayName : setting == Utc ? TimeText.OffsetText(C.Me.UtcOffsetMinutes) : C.Settings.HasColor ? "on" : "off";
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
}

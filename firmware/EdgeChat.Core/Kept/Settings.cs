using System.Text;

namespace EdgeChat.Core;

/// <summary>What the person has set on the board: a table of choices, kept as lines "name=choice" in the file <c>settings</c>.</summary>
/// <remarks>A line that is not understood leaves its setting as it was, so a damaged file costs only what is damaged.</remarks>
public sealed class Settings
{
    /// <summary>Setting: how bright the display is.</summary>
    public const int Brightness = 0;

    /// <summary>Setting: how long after the last key the display goes off.</summary>
    public const int Sleep = 1;

    /// <summary>Setting: whether arrivals wake the display and show their line, and with a buzzer whether they are heard.</summary>
    public const int Notify = 2;

    /// <summary>Setting: how text is written.</summary>
    public const int Keyboard = 3;

    /// <summary>Setting: whether the line at the bottom says what the keys do.</summary>
    public const int Hints = 4;

    /// <summary>Setting: dark or light; of a display with colours only.</summary>
    public const int Theme = 5;

    /// <summary>Setting: how large text is; of a display that the picture has two sizes for.</summary>
    public const int TextSize = 6;

    /// <summary>The brightness that a display has before anything is set: the SSD1306 application note's value for the charge
    /// pump.</summary>
    public const byte DefaultContrast = 0xCF;

    private const string FileName = "settings";
    private const byte Sounds = 0x80; // of what is chosen of Notify: the board has a buzzer

    private readonly IFlash _flash;
    private readonly byte[] _chosen;

    /// <summary>Makes settings as they are on a new board.</summary>
    /// <param name="flash">Where they are kept.</param>
    /// <param name="hasColours">Whether the display has colours.</param>
    /// <param name="hasSizes">Whether it has colours and room for larger text.</param>
    /// <param name="hasBuzzer">Whether the board has a buzzer for new messages.</param>
    public Settings(IFlash flash, bool hasColours = false, bool hasSizes = false, bool hasBuzzer = false)
    {
        _flash = flash;
        _chosen = new byte[hasSizes ? TextSize + 1 : hasColours ? Theme + 1 : Theme];
        _chosen[Brightness] = 2;
        _chosen[Sleep] = 1;
        if (hasBuzzer) _chosen[Notify] = Sounds;
    }

    /// <summary>Number of settings that the board has.</summary>
    public int Count { get { return _chosen.Length; } }

    /// <summary>What the display driver takes for the brightness, 0 to 255.</summary>
    public byte Contrast
    {
        get
        {
            switch (_chosen[Brightness])
            {
                case 0: return 0x01;
                case 1: return 0x50;
                default: return DefaultContrast;
            }
        }
    }

    /// <summary>Milliseconds without a key until the display goes off, or <see cref="Deadline.Never"/>.</summary>
    public long SleepAfterMs
    {
        get
        {
            switch (_chosen[Sleep])
            {
                case 0: return 15000;
                case 1: return 30000;
                case 2: return 60000;
                case 3: return 300000;
                default: return Deadline.Never;
            }
        }
    }

    /// <summary>Whether arrivals wake the display and show their line.</summary>
    public bool IsNotifying { get { return Chosen(Notify) < (HasBuzzer ? 2 : 1); } }

    /// <summary>Whether arrivals are heard too.</summary>
    public bool IsSounding { get { return _chosen[Notify] == Sounds; } }

    /// <summary>Whether text is to be large.</summary>
    public bool IsLarge { get { return Count > TextSize && !Is(TextSize); } }

    private bool HasBuzzer { get { return _chosen[Notify] >= Sounds; } }

    /// <summary>The name of a setting on the console and in the file.</summary>
    public static string NameOf(int setting)
    {
        switch (setting)
        {
            case Brightness: return "brightness";
            case Sleep: return "sleep";
            case Notify: return "notify";
            case Keyboard: return "keyboard";
            case Hints: return "hints";
            case Theme: return "theme";
            default: return "text";
        }
    }

    /// <summary>The name of a setting on the screen.</summary>
    public static string TitleOf(int setting)
    {
        switch (setting)
        {
            case Brightness: return "Brightness";
            case Sleep: return "Display off";
            case Notify: return "New messages";
            case Keyboard: return "Keyboard";
            case Hints: return "Key hints";
            case Theme: return "Theme";
            default: return "Text size";
        }
    }

    /// <summary>The setting of a name, or -1 when the board has none of that name.</summary>
    public int Find(string name)
    {
        for (int setting = 0; setting < Count; setting++)
            if (NameOf(setting) == name) return setting;
        return -1;
    }

    /// <summary>The word of a choice of a setting, or null when there are fewer.</summary>
    public string ChoiceOf(int setting, int choice)
    {
        switch (setting)
        {
            case Notify when HasBuzzer: return choice == 0 ? "sound" : choice == 1 ? "silent" : choice == 2 ? "off" : null;
            case Brightness: return choice == 0 ? "low" : choice == 1 ? "medium" : choice == 2 ? "high" : null;
            case Sleep: return SleepOf(choice);
            case Keyboard: return choice == 0 ? "words" : choice == 1 ? "letters" : null;
            case Theme: return choice == 0 ? "dark" : choice == 1 ? "light" : null;
            case TextSize: return choice == 0 ? "normal" : choice == 1 ? "large" : null;
            default: return choice == 0 ? "on" : choice == 1 ? "off" : null;
        }
    }

    /// <summary>The words of a setting's choices.</summary>
    public string[] ChoicesOf(int setting)
    {
        int count = 0;
        while (ChoiceOf(setting, count) != null) count++;
        string[] words = Column.Strings(count);
        for (int choice = 0; choice < count; choice++) words[choice] = ChoiceOf(setting, choice);
        return words;
    }

    /// <summary>The choice that is in force.</summary>
    public int Chosen(int setting) { return _chosen[setting] & ~Sounds; }

    /// <summary>Whether the first choice of a setting is in force: "on", "words" or "dark".</summary>
    public bool Is(int setting) { return Chosen(setting) == 0; }

    /// <summary>Puts a choice in force and keeps it. Throws <see cref="FlashException"/> when it cannot be kept; it is in force then all
    /// the same.</summary>
    public void Choose(int setting, int choice)
    {
        Put(setting, choice);
        Save();
    }

    /// <summary>Puts the choice of a word in force and keeps it; false when the setting has no such choice.</summary>
    public bool Choose(int setting, string word)
    {
        int choice = FindChoice(setting, word);
        if (choice < 0) return false;
        Choose(setting, choice);
        return true;
    }

    /// <summary>Reads what was kept.</summary>
    public void Load()
    {
        var bytes = new byte[Limits.SettingsFileBytes];
        int count = _flash.Size(FileName) < 0 ? 0 : _flash.Read(FileName, 0, bytes, 0, Limits.SettingsFileBytes);
        int start = 0;
        int equals = -1;
        for (int i = 0; i < count; i++)
        {
            if (bytes[i] == '=' && equals < 0) equals = i;
            if (bytes[i] != '\n') continue;
            if (equals > start && equals + 1 < i) Take(bytes, start, equals, i);
            start = i + 1;
            equals = -1;
        }
    }

    private void Take(byte[] bytes, int start, int equals, int end)
    {
        int setting = Find(Encoding.UTF8.GetString(bytes, start, equals - start));
        if (setting < 0) return;
        int choice = FindChoice(setting, Encoding.UTF8.GetString(bytes, equals + 1, end - equals - 1));
        if (choice >= 0) Put(setting, choice);
    }

    private void Put(int setting, int choice) { _chosen[setting] = (byte)(_chosen[setting] & Sounds | choice); }

    private void Save()
    {
        var text = new TextBuffer(Limits.SettingsFileBytes);
        for (int i = 0; i < Count; i++) text.Add(NameOf(i)).Add('=').Add(ChoiceOf(i, Chosen(i))).Add('\n');
        _flash.Replace(FileName, text.Bytes, 0, text.Count);
    }

    private int FindChoice(int setting, string word)
    {
        if (setting == Notify && word == "on") return 0; // as it is called without a buzzer, and was before there was one
        for (int choice = 0; ChoiceOf(setting, choice) != null; choice++)
            if (ChoiceOf(setting, choice) == word) return choice;
        return -1;
    }

    private static string SleepOf(int choice)
    {
        switch (choice)
        {
            case 0: return "15s";
            case 1: return "30s";
            case 2: return "1min";
            case 3: return "5min";
            case 4: return "never";
            default: return null;
        }
    }
}

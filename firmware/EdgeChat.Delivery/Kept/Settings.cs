using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What the person has set on the board: a table of choices, kept as lines "name=choice" in the file <c>settings</c>.</summary>
/// <remarks>A line that is not understood leaves its setting as it was, so a damaged file costs only what is damaged.</remarks>
public sealed class Settings
{
    /// <summary>Setting: how bright the display is.</summary>
    public const int Brightness = 0;

    /// <summary>Setting: how long after the last key the display goes off.</summary>
    public const int Sleep = 1;

    /// <summary>Setting: whether arrivals wake the display and show their line.</summary>
    public const int Notify = 2;

    /// <summary>Setting: how text is written.</summary>
    public const int Keyboard = 3;

    /// <summary>Setting: whether the line at the bottom says what the keys do.</summary>
    public const int Hints = 4;

    /// <summary>Number of settings.</summary>
    public const int Count = 5;

    /// <summary>The brightness that a display has before anything is set: the SSD1306 application note's value for the charge pump.</summary>
    public const byte DefaultContrast = 0xCF;

    private const string FileName = "settings";
    private const int MostBytes = 256;
    private const int Never = 0;

    private static readonly string[] Names = { "brightness", "sleep", "notify", "keyboard", "hints" };

    private static readonly string[] Titles = { "Brightness", "Display off", "New messages", "Keyboard", "Key hints" };

    private static readonly string[][] Choices =
    {
        new[] { "low", "medium", "high" },
        new[] { "15s", "30s", "1min", "5min", "never" },
        new[] { "on", "off" },
        new[] { "words", "letters" },
        new[] { "on", "off" },
    };

    private static readonly byte[] Defaults = { 2, 1, 0, 0, 0 };

    private static readonly byte[] Contrasts = { 0x01, 0x50, DefaultContrast };

    private static readonly int[] SleepSeconds = { 15, 30, 60, 300, Never };

    private readonly IFlash _flash;
    private readonly byte[] _chosen = new byte[Count];

    /// <summary>Makes settings as they are on a new board.</summary>
    public Settings(IFlash flash)
    {
        _flash = flash;
        System.Array.Copy(Defaults, _chosen, Count);
    }

    /// <summary>Changes with every choice.</summary>
    public int Revision { get; private set; }

    /// <summary>What the display driver takes for the brightness, 0 to 255.</summary>
    public byte Contrast { get { return Contrasts[_chosen[Brightness]]; } }

    /// <summary>Milliseconds without a key until the display goes off, or <see cref="Deadline.Never"/>.</summary>
    public long SleepAfterMs
    {
        get
        {
            int seconds = SleepSeconds[_chosen[Sleep]];
            return seconds == Never ? Deadline.Never : seconds * 1000L;
        }
    }

    /// <summary>The name of a setting on the console and in the file.</summary>
    public static string NameOf(int setting) { return Names[setting]; }

    /// <summary>The name of a setting on the screen.</summary>
    public static string TitleOf(int setting) { return Titles[setting]; }

    /// <summary>The setting of a name, or -1.</summary>
    public static int Find(string name) { return IndexOf(Names, name); }

    /// <summary>The words of a setting's choices.</summary>
    public static string[] ChoicesOf(int setting) { return Choices[setting]; }

    /// <summary>The choice that is in force.</summary>
    public int Chosen(int setting) { return _chosen[setting]; }

    /// <summary>Whether the first choice of a setting is in force: "on", or "words".</summary>
    public bool Is(int setting) { return _chosen[setting] == 0; }

    /// <summary>Puts a choice in force and keeps it. Throws <see cref="FlashException"/> when it cannot be kept; it is in force then all the same.</summary>
    public void Choose(int setting, int choice)
    {
        _chosen[setting] = (byte)choice;
        Revision++;
        Save();
    }

    /// <summary>Puts the choice of a word in force and keeps it; false when the setting has no such choice.</summary>
    public bool Choose(int setting, string word)
    {
        int choice = IndexOf(Choices[setting], word);
        if (choice < 0) return false;
        Choose(setting, choice);
        return true;
    }

    /// <summary>Reads what was kept.</summary>
    public void Load()
    {
        var bytes = new byte[MostBytes];
        int count = _flash.Size(FileName) < 0 ? 0 : _flash.Read(FileName, 0, bytes, 0, MostBytes);
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
        int choice = IndexOf(Choices[setting], Encoding.UTF8.GetString(bytes, equals + 1, end - equals - 1));
        if (choice >= 0) _chosen[setting] = (byte)choice;
    }

    private void Save()
    {
        var text = new TextBuffer(MostBytes);
        for (int i = 0; i < Count; i++) text.Add(Names[i]).Add('=').Add(Choices[i][_chosen[i]]).Add('\n');
        _flash.Replace(FileName, text.Bytes, 0, text.Count);
    }

    private static int IndexOf(string[] words, string word)
    {
        for (int i = 0; i < words.Length; i++)
            if (words[i] == word) return i;
        return -1;
    }
}

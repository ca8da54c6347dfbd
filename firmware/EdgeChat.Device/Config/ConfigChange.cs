using System.Text;
using EdgeChat.Drivers;

namespace EdgeChat.Device;

/// <summary>The configuration that was changed last, over the air or on the board, as it lies on flash: its number, and how far it
/// is.</summary>
/// <remarks>
/// <para>A change is a new content of edgechat.json or ca.pem, kept in a file of its own until it has proved itself. The record decides:
/// </para>
/// <code>
/// record    at the next start
/// due       this start tries it: trying
/// trying    the power went while it was tried: fell back
/// applied   the content takes the place of the old one, unless it has already
/// refused,  nothing
///  fell back
/// </code>
/// </remarks>
public sealed class ConfigChange
{
    /// <summary>To be tried at the next start.</summary>
    public const char Due = 'd';

    /// <summary>Being tried.</summary>
    public const char Trying = 't';

    /// <summary>In use.</summary>
    public const char Applied = 'a';

    /// <summary>Could not be used.</summary>
    public const char Refused = 'r';

    /// <summary>Did not work.</summary>
    public const char FellBack = 'f';

    /// <summary>About edgechat.json, from the operator.</summary>
    public const char Settings = 'e';

    /// <summary>About ca.pem, from the operator.</summary>
    public const char Ca = 'c';

    /// <summary>About edgechat.json, from who has the board in hand.</summary>
    public const char Own = 'o';

    private const string RecordFile = "change";
    private const string NextFile = "next";
    private const string NotTried = "the power went before it was tried";
    private const string Interrupted = "the board was restarted while it was tried";
    private const int MostBytes = 1024;
    private const int MostWords = 200; // an answer has to fit a body
    private const char Letters = '\x7F';
    private const int Head = 3; // state, which file, whether it was told

    private const int AboutShift = 8;
    private const int ToldFlag = 1 << 16;

    private readonly FileFlash _files;
    private int _head = Settings << AboutShift | ToldFlag; // state, which file, whether it was told

    private ConfigChange(FileFlash files)
    {
        _files = files;
    }

    /// <summary>The number of the operator's last configuration, or 0 when there was none.</summary>
    public int Number { get; private set; }

    /// <summary><see cref="Due"/> to <see cref="FellBack"/>, or NUL when nothing was changed yet.</summary>
    public char State { get { return (char)(byte)_head; } }

    /// <summary>Whether who has asked for it knows what became of it.</summary>
    public bool IsTold { get { return (_head & ToldFlag) != 0; } }

    /// <summary>Why it is not in use, or empty.</summary>
    public string Words { get; private set; } = "";

    /// <summary><see cref="Settings"/>, <see cref="Ca"/> or <see cref="Own"/>.</summary>
    public char About { get { return (char)(byte)(_head >> AboutShift); } }

    /// <summary>Reads the record, completes what a power cut has interrupted, and begins to try what is due.</summary>
    public static ConfigChange Open(FileFlash files)
    {
        var change = new ConfigChange(files);
        change.Read();
        bool hasNext = files.Size(NextFile) >= 0;
        if (change.State == '\0') return change;
        if (change.State == Applied && hasNext) change.Install();
        else if (change.State == Trying) change.FallBack(Interrupted);
        else if (change.State == Due && !hasNext) change.FallBack(NotTried);
        else if (change.State == Due) change.Write(Trying, change.About, "", false);
        else if (hasNext) files.Delete(NextFile);
        return change;
    }

    /// <summary>The content that is being tried.</summary>
    public byte[] Next()
    {
        var bytes = new byte[_files.Size(NextFile)];
        _files.Read(NextFile, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>Keeps a configuration to be tried at the next start.</summary>
    /// <remarks>The record comes before the content: a content beside the record of an earlier one that was applied would count as
    /// that.</remarks>
    /// <param name="number">The operator's number, or for an own one that of the operator's last.</param>
    /// <param name="about"><see cref="Settings"/>, <see cref="Ca"/> or <see cref="Own"/>.</param>
    /// <param name="content">The whole file as it is to be.</param>
    /// <param name="fallback">What edgechat.json is to be from now on, should it not work, or null when it stays.</param>
    public void Begin(int number, char about, byte[] content, byte[] fallback = null)
    {
        if (fallback != null) _files.Replace(DeviceConfig.File, fallback, 0, fallback.Length);
        _files.Delete(NextFile);
        Number = number;
        Write(Due, about, "", false);
        _files.Replace(NextFile, content, 0, content.Length);
    }

    /// <summary>Keeps that the operator's configuration was refused.</summary>
    public void Refuse(int number, string why)
    {
        Number = number;
        Write(Refused, Settings, why, false);
    }

    /// <summary>It works: from now on it is the configuration.</summary>
    public void Apply()
    {
        Write(Applied, About, "", false);
        Install();
    }

    /// <summary>It does not work: the one before it stays.</summary>
    public void FallBack(string why)
    {
        Write(FellBack, About, why, false);
        _files.Delete(NextFile);
    }

    /// <summary>Who has asked for it knows.</summary>
    public void Tell() { Write(State, About, Words, true); }

    private void Install()
    {
        byte[] content = Next();
        _files.Replace(About == Ca ? FleetCa.File : DeviceConfig.File, content, 0, content.Length);
        _files.Delete(NextFile);
    }

    private void Write(char state, char about, string words, bool isTold)
    {
        Keep(state, about, isTold);
        Words = words.Length > MostWords ? words.Substring(0, MostWords) : words;
        string head = "" + state + about + (isTold ? 'y' : 'n');
        byte[] record = Encoding.UTF8.GetBytes(head + Number + "\n" + Words);
        _files.Replace(RecordFile, record, 0, record.Length);
    }

    private void Keep(char state, char about, bool isTold) { _head = state | about << AboutShift | (isTold ? ToldFlag : 0); }

    private void Read()
    {
        int size = _files.Size(RecordFile);
        if (size <= Head || size > MostBytes) return;
        var bytes = new byte[size];
        _files.Read(RecordFile, 0, bytes, 0, size);
        string text = Encoding.UTF8.GetString(bytes, 0, size);
        int end = text.IndexOf('\n');
        if (end <= Head || !int.TryParse(text.Substring(Head, end - Head), out int number)) return;
        if (text[0] > Letters || text[1] > Letters) return;
        Keep(text[0], text[1], text[2] == 'y');
        Number = number;
        Words = text.Substring(end + 1);
    }
}

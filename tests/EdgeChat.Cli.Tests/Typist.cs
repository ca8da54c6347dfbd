using System.Text;

namespace EdgeChat.Cli.Tests;

/// <summary>Types keys into a line editor and looks at the paper.</summary>
internal sealed class Typist
{
    public const string Up = "\u001b[A";
    public const string Down = "\u001b[B";
    public const string Right = "\u001b[C";
    public const string Left = "\u001b[D";
    public const string Home = "\u001b[H";
    public const string End = "\u001b[F";
    public const string Delete = "\u001b[3~";
    public const string PasteStart = "\u001b[200~";
    public const string PasteEnd = "\u001b[201~";

    private readonly Paper _paper = new Paper();
    private readonly TerminalWriter _out;

    public Typist()
    {
        _out = new TerminalWriter(_paper);
        Editor = new LineEditor(_out, "> ");
        Editor.Begin();
    }

    public LineEditor Editor { get; }

    /// <summary>How many lines were completed.</summary>
    public int Lines { get; private set; }

    /// <summary>The line that was completed last.</summary>
    public string LastLine { get; private set; }

    /// <summary>What the editor wanted after the last byte.</summary>
    public EditResult LastResult { get; private set; }

    public string Line { get { return Encoding.UTF8.GetString(Editor.Line.Bytes, 0, Editor.Line.Count); } }

    public Paper Paper
    {
        get
        {
            _out.Flush();
            return _paper.Look();
        }
    }

    public Typist Type(string keys) { return Type(Encoding.UTF8.GetBytes(keys)); }

    public Typist Type(byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            LastResult = Editor.Take(bytes[i]);
            if (LastResult != EditResult.Line) continue;
            Lines++;
            LastLine = Line;
            Editor.Begin();
        }

        return this;
    }
}

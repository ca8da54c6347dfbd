namespace EdgeChat.Cli;

/// <summary>What the line editor wants done after a byte.</summary>
public enum EditResult
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The line is complete.</summary>
    Line,

    /// <summary>Somebody wants the word at the cursor completed.</summary>
    Complete,

    /// <summary>Somebody wants the screen cleared.</summary>
    ClearScreen,

    /// <summary>Somebody gave the line up.</summary>
    Interrupt,
}

/// <summary>The line that is typed: keys in, an edited line out, with echo, history and UTF-8 whose characters may come in
/// pieces.</summary>
public sealed class LineEditor
{
    private const byte Bell = 7;

    private readonly TerminalWriter _out;
    private readonly KeyDecoder _keys = new KeyDecoder();
    private readonly LineHistory _history = new LineHistory();
    private readonly LineView _view;
    private readonly byte[] _pending = new byte[4]; // a character that has not come completely
    private int _pendingCount;
    private int _pendingNeed;
    private int _place; // in the history: 0 is the draft, which was pushed there for the time being

    /// <summary>Makes an editor with an empty line behind a prompt, in ASCII, that stands there already or comes with
    /// <see cref="Begin"/>.</summary>
    public LineEditor(TerminalWriter output, string prompt)
    {
        _out = output;
        _view = new LineView(output, Line, prompt);
    }

    /// <summary>The line.</summary>
    public LineBuffer Line { get; } = new LineBuffer();

    /// <summary>Whether what is typed is shown, with a prompt; else the line is for a program.</summary>
    public bool HasEcho { get { return _view.IsEnabled; } set { _view.IsEnabled = value; } }

    /// <summary>Whether the other side has shown that it is a terminal.</summary>
    public bool HasTerminal { get { return _keys.HasSeenTerminal; } }

    /// <summary>Whether finished lines are kept for the arrow keys.</summary>
    public bool HasHistory = true;

    /// <summary>Takes one byte. After <see cref="EditResult.Line"/> the line stands in <see cref="Line"/> until
    /// <see cref="Begin"/>.</summary>
    public EditResult Take(byte value)
    {
        EditKey key = _keys.Take(value);
        if (key == EditKey.Text)
        {
            TakeText(value);
            return EditResult.None;
        }

        EndPending();
        switch (key)
        {
            case EditKey.None:
                return EditResult.None;
            case EditKey.Enter:
                EndLine();
                return EditResult.Line;
            case EditKey.Tab:
                if (!_keys.IsPasting && HasEcho) return EditResult.Complete;
                InsertByte((byte)'\t');
                return EditResult.None;
            case EditKey.Break:
                InsertByte((byte)'\n');
                return EditResult.None;
            case EditKey.ClearScreen:
                return EditResult.ClearScreen;
            case EditKey.Interrupt:
                ForgetDraft();
                Line.Clear();
                _view.Leave();
                return EditResult.Interrupt;
            default:
                Edit(key);
                return EditResult.None;
        }
    }

    /// <summary>Begins an empty line and shows the prompt.</summary>
    public void Begin()
    {
        Line.Clear();
        _view.Show();
    }

    /// <summary>Takes prompt and line off the screen, so that something else can be written.</summary>
    public void Hide() { _view.Hide(); }

    /// <summary>Shows prompt and line in a new row.</summary>
    public void Show() { _view.Show(); }

    /// <summary>Puts a text at the cursor, as if it were typed.</summary>
    public void Insert(byte[] bytes, int index, int count)
    {
        if (!Line.Insert(bytes, index, count)) Ring();
        _view.Draw();
    }

    /// <summary>Puts a tab at the cursor: there was nothing to complete.</summary>
    public void InsertTab() { InsertByte((byte)'\t'); }

    /// <summary>Rings the terminal's bell.</summary>
    public void Ring()
    {
        if (HasEcho) _out.Raw(Bell);
    }

    private void Edit(EditKey key)
    {
        if (Line.Refused > 0 && key != EditKey.KillStart)
        {
            Ring(); // a line that is too long can only be given up
            return;
        }

        if (key == EditKey.Up) Recall(_place + 1);
        else if (key == EditKey.Down) Recall(_place - 1);
        else if (Line.Refused > 0) Line.Clear();
        else Line.Edit(key);
        _view.Draw();
    }

    private void Recall(int place)
    {
        bool isFirst = _place == 0;
        if (place < 0 || (isFirst && (_history.Count == 0 || place == 0)))
        {
            Ring();
            return;
        }

        // the draft takes the newest place while the arrow keys look at the others
        if (isFirst && !_history.Push(Line.Bytes, Line.Count))
        {
            Ring();
            return;
        }

        if (place >= _history.Count)
        {
            if (isFirst) _history.RemoveNewest();
            Ring();
            return;
        }

        _history.CopyTo(place, Line);
        _place = place;
        if (place == 0) _history.RemoveNewest();
    }

    private void ForgetDraft()
    {
        if (_place > 0) _history.RemoveNewest();
        _place = 0;
    }

    private void EndLine()
    {
        ForgetDraft();
        if (HasHistory && Line.Refused == 0) _history.Add(Line.Bytes, Line.Count);
        _view.Leave();
    }

    private void TakeText(byte value)
    {
        if (_pendingNeed > 0)
        {
            if ((value & 0xC0) == 0x80)
            {
                _pending[_pendingCount++] = value;
                if (_pendingCount == _pendingNeed) EndPending();
                return;
            }

            EndPending();
        }

        _pending[0] = value;
        _pendingCount = 1;
        _pendingNeed = value < 0xC2 || value > 0xF4 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
        if (_pendingNeed == 1) EndPending();
    }

    // what is no UTF-8 goes in as it is: the line as a whole is refused then
    private void EndPending()
    {
        int count = _pendingCount;
        _pendingCount = 0;
        _pendingNeed = 0;
        if (count > 0) InsertPending(count);
    }

    private void InsertByte(byte value)
    {
        _pending[0] = value;
        InsertPending(1);
    }

    private void InsertPending(int count)
    {
        bool isAtEnd = Line.Cursor == Line.Count;
        if (!Line.Insert(_pending, 0, count)) Ring();
        else if (isAtEnd) _view.DrawAppended(count);
        else _view.Draw();
    }
}

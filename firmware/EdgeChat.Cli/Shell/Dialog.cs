using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>What somebody types on the console and what is done with it, line by line; made at the first byte.</summary>
internal sealed class Dialog
{
    private readonly ShellContext _c;
    private readonly LineEditor _editor;
    private bool _hasAsked;

    public Dialog(ShellContext context)
    {
        _c = context;
        _editor = new LineEditor(context.Out, context.Prompt);
        context.Line = new CommandLine();
        context.Editor = _editor;
        UseMode();
    }

    /// <summary>Takes bytes that were typed.</summary>
    public void Take(byte[] buffer, int index, int count)
    {
        bool hadTerminal = _editor.HasTerminal;
        for (int end = index + count; index < end; index++)
        {
            switch (_editor.Take(buffer[index]))
            {
                case EditResult.Line:
                    EndLine();
                    break;
                case EditResult.Complete:
                    Complete();
                    break;
                case EditResult.ClearScreen:
                    if (!_c.IsJson) _c.Out.ClearScreen();
                    _editor.Show();
                    break;
                case EditResult.Interrupt:
                    if (_c.Job != null) _c.Job.Interrupt();
                    _c.Asked = null;
                    _editor.Begin();
                    break;
            }
        }

        if (!hadTerminal && _editor.HasTerminal) ChooseColor();
    }

    private void EndLine()
    {
        while (_c.Job != null) _c.Job.GoOn();
        ChooseColor();
        _c.Command = null;
        LineBuffer line = _editor.Line;
        if (line.Refused > 0)
        {
            int bytes = line.Count + line.Refused;
            string most = Limits.LineBytes.ToString();
            _c.Fail("line-too-long", "a line of " + bytes.ToString() + " bytes is too long, at most " + most + ": nothing of it was done");
        }
        else if (StrictUtf8.Check(line.Bytes, line.Count) != BodyError.None)
        {
            _c.Fail("not-utf8", "the line is not UTF-8, nothing of it was done: set the terminal to UTF-8");
        }
        else if (_c.Asked != null)
        {
            TakeAnswer(line);
        }
        else
        {
            _c.Line.Load(line.Bytes, line.Count);
            Execute();
        }

        _c.Command = null;
        _c.Line.Load(null, 0);
        _editor.Begin();
    }

    private void TakeAnswer(LineBuffer line)
    {
        string asked = _c.Asked;
        _c.Asked = null;
        _c.Line.Load(line.Bytes, line.Count);
        if (_c.Line.RestAsText() != _c.AnswerWanted)
        {
            _c.Out.WriteLine("stopped, nothing was done");
            return;
        }

        byte[] whole = Encoding.UTF8.GetBytes(asked + " " + _c.AnswerWanted);
        _c.Line.Load(whole, whole.Length);
        Execute();
    }

    private void Execute()
    {
        string name = _c.Line.NextWord();
        if (name == null) AskTerminal();
        if (name == null || CommandLine.Begins(name, "#")) return;
        Run(name);
        ChooseColor();
        UseMode();
        _c.EndResult();
    }

    private void UseMode()
    {
        _c.Out.HasCarriageReturn = !_c.IsJson;
        _editor.HasEcho = !_c.IsJson;
        _editor.HasHistory = !_c.IsJson;
    }

    private void Run(string name)
    {
        Command command = CommandList.Find(name);
        _c.HasResult = false;
        if (command == null)
        {
            _c.Fail("unknown-command", CommandList.Unknown(name) + "All commands: help");
            return;
        }

        _c.Command = command;
        if (_c.Me.DeviceId == null && command.NeedsDevice)
        {
            string cure = "put edgechat.json on its drive I: and restart it";
            _c.Fail("not-provisioned", name + ": this board has no device id yet: " + cure);
            return;
        }

        command.C = _c;
        command.Run();
    }

    private void ChooseColor()
    {
        ColorChoice choice = _c.Settings.Color;
        _c.Out.HasColor = !_c.IsJson && (choice == ColorChoice.On || (choice == ColorChoice.Auto && _editor.HasTerminal));
    }

    // an empty line is what people type first, to see whether somebody is there
    private void AskTerminal()
    {
        if (_hasAsked || _c.IsJson || _editor.HasTerminal || _c.Settings.Color != ColorChoice.Auto) return;
        _hasAsked = true;
        _c.Out.AskWho();
    }

    private void Complete()
    {
        var completer = new Completer(_c);
        if (!completer.Look(_editor.Line))
        {
            _editor.InsertTab();
            return;
        }

        string common = completer.Common(out bool isOnlyOne);
        if (common == null)
        {
            _editor.Ring();
            return;
        }

        byte[] rest = Encoding.UTF8.GetBytes(common.Substring(completer.Start.Length) + (isOnlyOne ? " " : ""));
        if (rest.Length > 0)
        {
            _editor.Insert(rest, 0, rest.Length);
            return;
        }

        _editor.Hide();
        int at = 0;
        for (string word = completer.Next(ref at); word != null; word = completer.Next(ref at))
        {
            _c.Out.Write(word);
            _c.Out.Write("  ");
        }

        _c.Out.EndLine();
        _editor.Show();
    }
}

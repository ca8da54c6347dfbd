using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Three boards and their group, whose people write, edit, take back, delete, block, leave and come again, while boards lose
/// power, flash, network and time, and the broker what it kept. All of it follows from a seed.</summary>
internal sealed class HarshWorld
{
    public const string Team = "team";

    private const int Hour = 3_600_000;
    private const int Year = 365 * 24 * 3600;
    private static readonly string[] Names = ["alice", "bob", "carol"];

    private readonly VirtualBroker _broker;
    private readonly Dice _dice;
    private readonly CoreBoard[] _boards;
    private readonly HarshTruth _truth;
    private readonly StringBuilder _log = new();
    private readonly bool _changesGroup; // what a group's message must come to is simple only where nobody comes or goes
    private readonly bool _empties;
    private readonly List<CoreBoard> _emptied = [];
    private readonly HashSet<string> _gone = []; // from the team, once at least
    private int _texts;

    public HarshWorld(int seed)
    {
        _broker = new VirtualBroker(seed);
        _dice = new Dice(seed * 7 + 3);
        _boards = [.. Names.Select(_broker.Board)];
        _truth = new HarshTruth(_boards);
        _changesGroup = seed % 2 == 0;
        _empties = seed % 3 == 0;
    }

    /// <summary>All that was done, a line each, for who looks at a failure.</summary>
    public string Log => _log.ToString();

    public void Play()
    {
        foreach (CoreBoard board in _boards)
        {
            board.Dice = _broker.Dice;
            board.Me.Contacts = [.. Names.Where(n => n != board.Id)];
            board.Online();
        }

        _broker.Pass(10_000);
        CoreBoard admin = _boards[0];
        admin.Try(m =>
        {
            int group = m.CreateGroup(Team, "The Team", admin.NowMs);
            foreach (string member in Names.Skip(1)) m.AddMember(group, member, admin.NowMs);
        });
        _broker.Pass(10_000);
        _broker.Watcher = _truth;
        _broker.Faults.MixesTopics = true;
        if (_dice.Next(3) > 0)
            (_broker.Faults.Lost, _broker.Faults.Unconfirmed, _broker.Faults.Twice, _broker.Faults.Slow) =
                (_dice.Next(25), _dice.Next(25), _dice.Next(30), _dice.Next(40));
        for (int left = 20 + _dice.Next(50); left > 0; left--)
        {
            Do();
            _broker.Settle();
            foreach (CoreBoard board in _boards)
            {
                _truth.Check(board);
                _truth.CheckRestart(board);
            }
        }

        Heal();
        _truth.CheckEnd();
        _broker.Pass(9L * 24 * Hour);
        int before = _broker.Log.Count;
        _broker.Pass(6 * Hour);
        if (_broker.Log.Count > before) Assert.Fail($"after 9 idle days: {_broker.Log.TopicAt(before)} {_broker.Log.TextAt(before)}");
    }

    private void Do()
    {
        CoreBoard board = Any(_boards);
        CoreBoard other = Any([.. _boards.Where(b => b != board)]);
        string with = _dice.Next(3) == 0 ? Team : other.Id;
        switch (_dice.Next(48))
        {
            case < 7: Write(board, with); break;
            case < 10: Edit(board); break;
            case < 14: TakeBack(board); break;
            case 14: DeleteMessage(board); break;
            case 15: Forward(board, with); break;
            case 16: DeleteConversation(board, with); break;
            case < 19: React(board); break;
            case < 22: Open(board, with); break;
            case 22: Note(board, "blocks or not " + other.Id, b => b.SetBlocked(other.Id, _dice.Next(3) == 0)); break;
            case 23: ChangeGroup(board, other); break;
            case < 28: Pass(_dice.Next(5) == 0 ? 200_000 : 5000); break;
            case < 41: Fail(board, _dice.Next(13)); break;
            case 41 when _empties: Empty(board); break;
            default: Repair(board); break;
        }
    }

    private void Fail(CoreBoard board, int kind)
    {
        _log.AppendLine($"{board.Id} fails {kind}");
        switch (kind)
        {
            case 0: board.Disconnect(); break;
            case 1: board.LeaveNetwork(null); break;
            case 2: _broker.Forget(board); break;
            case 3:
            case 4: board.Flash.CutAfter(_dice.Next(6), _dice.Next(80)); break;
            case 5: board.SwitchOff(); break;
            case 6: board.SetClock(_dice.Next(2) == 0 ? _dice.Next(9 * Year) : _dice.Next(10_000) - 5000); break;
            case 7: board.SetClock(0); break;
            case 8: (board.LoseDeliveries, board.LosePubacks) = (_dice.Next(3), _dice.Next(3)); break;
            case 9:
            case 10:
                board.Flash.RefuseAt = board.Flash.Operations + 1 + _dice.Next(6);
                board.Flash.RefusedBytesKept = _dice.Next(3) * 7;
                break;
            case 11 when _dice.Next(4) == 0: _broker.Restart(); break;
            case 12 when _dice.Next(4) == 0: _broker.RollBack(); break;
        }
    }

    private void Repair(CoreBoard board)
    {
        _log.AppendLine($"{board.Id} is on");
        board.SwitchOn();
        board.JoinNetwork();
    }

    private void Pass(int atMost)
    {
        int ms = _dice.Next(atMost);
        _log.AppendLine($"{ms} ms pass");
        _broker.Pass(ms);
    }

    private void Write(CoreBoard board, string to) => Send(board, to, Text(), (m, conversation, bytes) =>
        m.SendText(conversation, bytes, bytes.Length, _dice.Next(3) == 0 ? m.Newest(conversation) : -1, board.NowMs));

    private void Forward(CoreBoard board, string to)
    {
        if (!TryPick(board, false, out string with, out int message, out Said? said) || with == to) return;
        string text = new ChatReader(board.Messenger).TextOf(message);
        if (board.Messenger.KindOf(message) != MessageKind.Text || said == null || text != said.Wordings[^1]) return;
        if (_truth.All.Any(s => s.From == board.Id && s.To == to && s.Wordings.Contains(text))) return;
        Send(board, to, text, (m, conversation, _) => m.Forward(message, conversation, board.NowMs));
    }

    private void Send(CoreBoard board, string to, string text, Func<Messenger, int, byte[], SendError> send)
    {
        if (!board.IsOn) return;
        var said = new Said(board.Id, to, to == Team);
        said.Wordings.Add(text);
        int group = board.Messenger.Find(Team, true);
        if (to != Team) said.For.Add(to);
        else if (group >= 0)
            for (int place = 0; place < board.Messenger.MemberCountOf(group); place++)
                if (board.Messenger.MemberOf(group, place) != board.Id) said.For.Add(board.Messenger.MemberOf(group, place));
        SendError error = SendError.FlashFailed;
        bool isDone = board.Try(m =>
        {
            int conversation = to == Team ? m.Find(to, true) : m.OpenDirect(to);
            error = conversation < 0 ? SendError.NotMember : send(m, conversation, Encoding.UTF8.GetBytes(text));
        });
        // after a power cut in the middle of it only the flash can tell
        if (!isDone && IsKept(board, to, text)) error = SendError.None;
        if (said.IsGroup) said.Without.UnionWith(_gone);
        if (error == SendError.None) _truth.Add(said);
        _log.AppendLine($"{board.Id} writes {said}: {error}");
    }

    private void Edit(CoreBoard board)
    {
        if (!TryPick(board, true, out string with, out int message, out Said? said) || said == null) return;
        string wording = "e" + Text();
        byte[] bytes = Encoding.UTF8.GetBytes(wording);
        SendError error = SendError.None;
        if (!board.Try(m => error = m.Edit(message, bytes, bytes.Length, board.NowMs)))
            error = IsKept(board, with, wording) ? SendError.None : SendError.FlashFailed;
        _log.AppendLine($"{board.Id} edits {said}: {error}");
        if (error == SendError.None) said.Wordings.Add(wording);
    }

    private void TakeBack(CoreBoard board)
    {
        if (!TryPick(board, true, out string with, out int message, out Said? said) || said == null) return;
        SendError error = SendError.None;
        if (!board.Try(m => error = m.TakeBack(message, board.NowMs)))
            error = IsKept(board, with, said.Wordings[^1]) ? SendError.FlashFailed : SendError.None;
        _log.AppendLine($"{board.Id} takes back {said}: {error}");
        if (error == SendError.None) said.IsTakenBack = true;
    }

    private void DeleteMessage(CoreBoard board)
    {
        if (!TryPick(board, false, out string _, out int message, out Said? said)) return;
        Note(board, $"deletes {said}", m => m.DeleteMessage(message, board.NowMs));
        if (said == null) return;
        said.DeletedBy.Add(board.Id);
        if (said.From == board.Id) said.MayBeWithdrawn = true;
    }

    private void DeleteConversation(CoreBoard board, string with)
    {
        if (!board.IsOn || board.Messenger.Find(with, with == Team) < 0) return;
        if (with == Team && board.Messenger.IsInvited(board.Messenger.Find(Team, true))) return;
        Note(board, "deletes the conversation with " + with, m => m.Delete(m.Find(with, with == Team)));
        foreach (Said said in _truth.All)
        {
            bool isThere = said.IsGroup ? with == Team : said.From == board.Id ? said.To == with : said.From == with && said.To == board.Id;
            if (!isThere) continue;
            said.DeletedBy.Add(board.Id);
            if (said.From == board.Id) said.MayBeWithdrawn = true;
        }
    }

    private void React(CoreBoard board)
    {
        if (!TryPick(board, false, out string _, out int message, out Said? said)) return;
        Note(board, $"reacts to {said}", m => m.SendReaction(message, _dice.Next(3) == 0 ? "" : "👍", board.NowMs));
    }

    private void Open(CoreBoard board, string with)
    {
        Note(board, "opens " + with, m =>
        {
            _truth.Show(board, with);
            int conversation = m.Find(with, with == Team);
            if (conversation >= 0) m.MarkShown(conversation, board.NowMs);
            return SendError.None;
        });
    }

    private void ChangeGroup(CoreBoard board, CoreBoard other)
    {
        if (!_changesGroup || !board.IsOn) return;
        int kind = _dice.Next(4);
        int group = board.Messenger.Find(Team, true);
        if (group < 0) return;
        bool isInvited = board.Messenger.IsInvited(group);
        bool isAnswer = isInvited && kind > 0;
        Note(board, $"changes the team {kind}, {other.Id}", m => isInvited ? m.Answer(group, isAnswer, board.NowMs)
            : kind == 0 ? m.RemoveMember(group, board.Id, board.NowMs)
            : kind == 1 ? m.RemoveMember(group, other.Id, board.NowMs)
            : m.AddMember(group, other.Id, board.NowMs));
        if (isAnswer || kind > 1) return;
        Lose(isInvited || kind == 0 ? board : other);
    }

    private void Empty(CoreBoard board)
    {
        _log.AppendLine($"{board.Id} is emptied");
        _truth.Empty(board);
        _emptied.Add(board);
        // the admin is the only one who could tell them of their group, once the broker has lost it
        if (_emptied.Contains(_boards[0])) _emptied.ForEach(Lose);
        board.SwitchOff();
        board.Flash = new MemoryFlash();
        board.Me.Incarnation = 1;
        board.SwitchOn();
    }

    // what is said in the team need not come to it any more
    private void Lose(CoreBoard board)
    {
        _gone.Add(board.Id);
        foreach (Said said in _truth.All.Where(s => s.IsGroup)) said.Without.Add(board.Id);
    }

    // faults end; a day later all has come, is shown, and half a day later everybody knows
    private void Heal()
    {
        _log.AppendLine("all is well");
        _broker.Faults.Heal();
        foreach (CoreBoard board in _boards)
        {
            (board.Flash.CutAt, board.Flash.RefuseAt, board.LoseDeliveries, board.LosePubacks) = (0, 0, 0, 0);
            Repair(board);
            board.SetClock(0);
            foreach (string name in Names) board.Try(m => m.SetBlocked(name, false));
        }

        _broker.Pass(12 * Hour);
        // a receipt that its author's power cut took away says nothing more: the next one says it all
        foreach (CoreBoard board in _boards)
        {
            int group = board.Messenger.Find(Team, true);
            if (group >= 0 && board.Messenger.IsInvited(group)) board.Try(m => m.Answer(group, true, board.NowMs));
            foreach (string name in Names.Append(Team).Where(n => n != board.Id)) Write(board, name);
        }

        _broker.Pass(12 * Hour);
        foreach (CoreBoard board in _boards)
            foreach (string name in Names.Append(Team).Where(n => n != board.Id)) Open(board, name);
        _broker.Pass(12 * Hour);
    }

    private bool TryPick(CoreBoard board, bool isOwn, out string with, out int message, out Said? said)
    {
        (with, message, said) = ("", -1, null);
        if (!board.IsOn) return false;
        Messenger m = board.Messenger;
        var all = new List<(string With, int Message)>();
        for (int place = 0; place < m.ConversationCount; place++)
            for (int i = m.Newest(m.ConversationAt(place)); i >= 0; i = m.Older(i))
                if (!isOwn || m.IsMine(i)) all.Add((m.IdOf(m.ConversationAt(place)), i));
        if (all.Count == 0) return false;
        (with, message) = Any(all);
        said = _truth.Find(board, with, message);
        return true;
    }

    private void Note(CoreBoard board, string what, Func<Messenger, SendError> act)
    {
        SendError error = SendError.None;
        bool isDone = board.Try(m => error = act(m));
        _log.AppendLine($"{board.Id} {what}: {(isDone ? error.ToString() : "no power")}");
    }

    private static bool IsKept(CoreBoard board, string with, string text) =>
        HarshTruth.FindIn(HarshTruth.Restarted(board), with, text, board.Id) >= 0;

    private string Text()
    {
        string text = "m" + _texts++;
        return _dice.Next(12) == 0 ? text.PadRight(Body.MaxContentBytes, 'x') : text;
    }

    private T Any<T>(IReadOnlyList<T> list) => list[_dice.Next(list.Count)];
}

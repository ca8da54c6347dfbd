using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A text that a board has taken, and what became of it.</summary>
internal sealed record Said(string From, string To, bool IsGroup)
{
    /// <summary>How it read, the last edit at the end.</summary>
    public List<string> Wordings { get; } = [];

    /// <summary>Whom it was for, as its sender had the group then.</summary>
    public HashSet<string> For { get; } = [];

    /// <summary>Who has deleted it, or the conversation.</summary>
    public HashSet<string> DeletedBy { get; } = [];

    /// <summary>Who cannot be asked for it any more: out of the group since, or emptied.</summary>
    public HashSet<string> Without { get; } = [];

    /// <summary>The best tick that was seen, of each recipient and of all.</summary>
    public Dictionary<string, Tick> Ticks { get; } = [];

    public bool IsTakenBack { get; set; }

    /// <summary>Whether its sender may have withdrawn it, or an edit of it, with its clock.</summary>
    public bool MayBeWithdrawn { get; set; }

    public override string ToString() => $"'{Wordings[^1][..Math.Min(12, Wordings[^1].Length)]}' of {From} to {To}";
}

/// <summary>Knows what was said in a harsh world, and holds against it what boards show, claim, and would show after a restart.</summary>
internal sealed class HarshTruth(IReadOnlyList<CoreBoard> boards) : IWorldWatcher
{
    private readonly List<Said> _all = [];
    private readonly HashSet<(string Reader, Said What)> _had = [];
    private readonly HashSet<(string Reader, string With, string Text)> _shown = [];
    private bool _hasLives; // then a number may name a message of each

    public IReadOnlyList<Said> All => _all;

    public void AfterTurn(BoardHost board) => Check((CoreBoard)board);

    public void Add(Said said) => _all.Add(said);

    /// <summary>What a person on a board now sees of a conversation.</summary>
    public void Show(CoreBoard board, string with)
    {
        foreach (Said said in _all)
            foreach (string text in said.Wordings)
                if (FindIn(board.Messenger, with, text, said.From) >= 0) _shown.Add((board.Id, with, text));
    }

    /// <summary>A board is about to lose its flash: it had what it had.</summary>
    public void Empty(CoreBoard board)
    {
        _hasLives = true;
        Messenger kept = Restarted(board);
        foreach (Said said in _all)
        {
            if (Has(kept, board.Id, said)) _had.Add((board.Id, said));
            said.Without.Add(board.Id);
        }

        _all.RemoveAll(s => s.From == board.Id);
    }

    /// <summary>The text that stands on a board's screen, or null for one that this world has not said.</summary>
    public Said? Find(CoreBoard board, string with, int message)
    {
        string text = new ChatReader(board.Messenger).TextOf(message);
        string sender = board.Messenger.SenderOf(message);
        return _all.FirstOrDefault(s => s.From == sender && s.Wordings.Contains(text) &&
            (s.IsGroup ? with == s.To : sender == board.Id ? s.To == with : with == sender && s.To == board.Id));
    }

    /// <summary>What a board has taken is there, its ticks never go back, and are no more than what is so.</summary>
    public void Check(CoreBoard board)
    {
        if (!board.IsOn) return;
        Messenger messenger = board.Messenger;
        foreach (Said said in _all.Where(s => s.From == board.Id && !s.IsTakenBack && !s.DeletedBy.Contains(board.Id)))
        {
            int message = FindIn(messenger, said.To, said.Wordings[^1], said.From);
            if (message < 0) Assert.Fail($"{said} was accepted and is gone: {board.Shows(said.To)}");
            Note(said, "all", messenger.TickOf(message));
            for (int place = 0; place < messenger.RecipientsOf(message); place++)
                CheckTick(said, messenger.RecipientOf(message, place), messenger.RecipientTickOf(message, place));
        }
    }

    /// <summary>A restart changes nothing that a person sees, where no hole is young.</summary>
    public void CheckRestart(CoreBoard board)
    {
        if (!board.IsOn) return;
        Messenger restarted = Restarted(board);
        foreach (string with in boards.Select(b => b.Id).Append(HarshWorld.Team).Where(w => w != board.Id))
        {
            if (HasHole(restarted, with) || HasHole(board.Messenger, with) || !HasSameMembers(restarted, board.Messenger)) continue;
            string now = Picture(board.Messenger, with);
            string then = Picture(restarted, with);
            if (now != then) Assert.Fail($"after a restart {board.Id} shows of {with}:{then}\ninstead of:{now}");
        }
    }

    /// <summary>All has come to a good end: what was said is there as it was said last, and what was taken back is not.</summary>
    public void CheckEnd()
    {
        foreach (Said said in _all)
        {
            foreach (string id in said.For.Where(id => !said.Without.Contains(id)))
            {
                CoreBoard reader = boards.Single(b => b.Id == id);
                string with = said.IsGroup ? said.To : said.From;
                string? shown = said.Wordings.LastOrDefault(w => FindIn(reader.Messenger, with, w, said.From) >= 0);
                if (said.IsTakenBack && shown != null) Assert.Fail($"{id} shows {said}, which was taken back");
                if (said.IsTakenBack || said.DeletedBy.Contains(id) || said.Without.Contains(said.From) || said.MayBeWithdrawn) continue;
                if (shown != said.Wordings[^1]) Assert.Fail($"{id} does not show {said}: {reader.Shows(with)}");
                if (said.DeletedBy.Contains(said.From)) continue;
                CoreBoard sender = boards.Single(b => b.Id == said.From);
                int message = FindIn(sender.Messenger, said.To, said.Wordings[^1], said.From);
                // receipts about an earlier life of the sender raise nothing
                if (sender.Messenger.TickOf(message) == Tick.Two && _hasLives) continue;
                for (int place = 0; place < sender.Messenger.RecipientsOf(message); place++)
                {
                    Tick tick = sender.Messenger.RecipientTickOf(message, place);
                    if (sender.Messenger.RecipientOf(message, place) != id || tick == Tick.Shown) continue;
                    Assert.Fail($"{said} has the tick {tick} of {id} at the end");
                }
            }
        }
    }

    /// <summary>The messenger as it would be after a restart now.</summary>
    public static Messenger Restarted(CoreBoard board)
    {
        var messenger = new Messenger(board.Me, board.Flash.Copy());
        while (!messenger.Load(1000)) { }
        return messenger;
    }

    /// <summary>The message of a sender with a text, or -1.</summary>
    public static int FindIn(Messenger messenger, string with, string text, string sender)
    {
        var reader = new ChatReader(messenger);
        int conversation = messenger.Find(with, with == HarshWorld.Team);
        for (int i = conversation < 0 ? -1 : messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
            if (messenger.SenderOf(i) == sender && reader.TextOf(i) == text) return i;
        return -1;
    }

    private static bool Has(Messenger messenger, string reader, Said said) =>
        said.Wordings.Any(w => FindIn(messenger, said.IsGroup ? said.To : said.From, w, said.From) >= 0) && said.From != reader;

    private void CheckTick(Said said, string recipient, Tick tick)
    {
        Note(said, recipient, tick);
        if (tick is not (Tick.Two or Tick.Shown) || said.DeletedBy.Contains(recipient)) return;
        if (!_had.Contains((recipient, said)))
        {
            if (!Has(Restarted(boards.Single(b => b.Id == recipient)), recipient, said))
                Assert.Fail($"{said}: {tick} for {recipient}, whose flash does not have it");
            _had.Add((recipient, said));
        }

        string with = said.IsGroup ? said.To : said.From;
        if (tick == Tick.Shown && !said.Wordings.Any(w => _shown.Contains((recipient, with, w))))
            Assert.Fail($"{said}: shown for {recipient}, who was not shown it");
    }

    // a restart may forget a PUBACK, and what a wrong clock has given up waits again
    private static void Note(Said said, string recipient, Tick tick)
    {
        Tick before = said.Ticks.GetValueOrDefault(recipient);
        if (before < tick || (before == Tick.One && tick == Tick.Clock) || before == Tick.Failed) said.Ticks[recipient] = tick;
        else if (before != tick) Assert.Fail($"{said}: the tick of {recipient} went from {before} back to {tick}");
    }

    // a roster that the flash has refused is written a little later
    private static bool HasSameMembers(Messenger one, Messenger other)
    {
        int a = one.Find(HarshWorld.Team, true);
        int b = other.Find(HarshWorld.Team, true);
        if (a < 0 || b < 0 || one.MemberCountOf(a) != other.MemberCountOf(b)) return a < 0 && b < 0;
        for (int place = 0; place < one.MemberCountOf(a); place++)
            if (other.FindMember(b, one.MemberOf(a, place)) < 0) return false;
        return true;
    }

    private static bool HasHole(Messenger messenger, string with)
    {
        int conversation = messenger.Find(with, with == HarshWorld.Team);
        for (int i = conversation < 0 ? -1 : messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
            if (messenger.KindOf(i) == MessageKind.Missing) return true;
        return false;
    }

    private string Picture(Messenger messenger, string with)
    {
        var picture = new StringBuilder();
        var reader = new ChatReader(messenger);
        int conversation = messenger.Find(with, with == HarshWorld.Team);
        if (conversation < 0) return "";
        for (int i = messenger.Newest(conversation); i >= 0; i = messenger.Older(i))
        {
            picture.Insert(0, $"\n{messenger.SenderOf(i)}/{messenger.NumberOf(i)} {messenger.KindOf(i)} {reader.TextOf(i)} " +
                $"{Told(messenger.TickOf(i))} " +
                $"{Told(messenger.EditTickOf(i))} {messenger.IsForwarded(i)} {messenger.IsEdited(i)} {messenger.IsStarred(i)} " +
                $"{messenger.TimeOf(i)} {(_hasLives ? "" : messenger.ReplyQuoteOf(i) + " " + messenger.ReactionsOf(i))}");
        }

        // a conversation may be opened before anything is said
        return picture.Length == 0 ? "" : picture + $"\n{messenger.UnreadOf(conversation)} unread";
    }

    private static string Told(Tick tick) => tick <= Tick.One ? "-" : tick.ToString();
}

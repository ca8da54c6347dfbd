using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Tool.Chat;

/// <summary>What came of a command.</summary>
/// <param name="Error">What the messenger said when it did not take it.</param>
/// <param name="Why">Why nothing was done, in words; null when it was done.</param>
/// <param name="Says">What there is to tell about what was done, a line each.</param>
/// <param name="Place">The conversation in which something was sent, or -1.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Meant">The line that was probably meant.</param>
public sealed record ChatResult(
    SendError Error = SendError.None, string? Why = null, string[]? Says = null, int Place = -1, int Number = 0, string? Meant = null);

/// <summary>The commands about a message of a conversation: words, arguments and what they do are those of a board's console, where the
/// conversation stands before the message.</summary>
/// <remarks>The message may be left out, which means the newest: of this peer for what can be done with one's own alone.</remarks>
public sealed class MessageCommands(People people)
{
    /// <summary>The words, each with the slash.</summary>
    public static readonly string[] Words = ["/reply", "/forward", "/react", "/edit", "/cancel", "/info"];

    /// <summary>What each does.</summary>
    public const string Help = "/reply [N] TEXT  answer a message      /forward [N] ID  send it on      /react [N] EMOJI  react      "
        + "/edit [N] TEXT  give an own text another wording (Tab fetches it)      /cancel [N]  take an own message back from all      "
        + "/info [N]  who has it; N stands in brackets, the newest without";

    /// <summary>Whether a line begins with one of the words, or another name of one.</summary>
    public static bool Has(string line) => Words.Contains(WordOf(line));

    /// <summary>Does what a line says; in the peer's loop.</summary>
    public ChatResult Do(Engine engine, int conversation, string line, long nowMs)
    {
        Messenger messenger = engine.Messenger;
        string word = WordOf(line);
        bool isMine = word is "/edit" or "/cancel" or "/info";
        (string name, string rest) = Split(line);
        int message = MessageText.Find(messenger, conversation, name, isMine);
        string id = messenger.IdOf(conversation);
        if (message < 0) return new(Why: NotFound(word, name, rest, id, isMine));
        string named = MessageText.NameOf(messenger, conversation, message);
        ChatResult result = word switch
        {
            "/reply" or "/react" when messenger.KindOf(message) == MessageKind.TakenBack => new(Why: $"{named} is taken back"),
            "/reply" => Reply(messenger, conversation, message, rest, nowMs),
            "/forward" => Forward(messenger, message, name, rest, nowMs),
            "/react" => new(messenger.SendReaction(message, rest, nowMs)),
            "/edit" => Edit(messenger, conversation, message, named, rest, nowMs),
            "/cancel" => Cancel(messenger, conversation, message, named, nowMs),
            _ => new(Says: [.. Info(messenger, conversation, message)]),
        };
        if (result is { Error: not SendError.None, Why: null }) return result with { Why = SendErrors.WordsFor(result.Error) };
        if (result.Why != null) return result;
        int place = result is { Place: < 0, Says: null } ? conversation : result.Place;
        return place < 0 || result.Number > 0 ? result with { Place = place }
            : result with { Place = place, Number = messenger.LastNumberOf(place) };
    }

    /// <summary>The line with the text that it is to change, once the message is named; null when there is nothing to fetch.</summary>
    public static string? Fetch(Messenger messenger, int conversation, string line)
    {
        if (WordOf(line) != "/edit" || conversation < 0) return null;
        (string name, string rest) = Split(line);
        int message = rest.Length > 0 ? -1 : MessageText.Find(messenger, conversation, name, true);
        return message < 0 ? null
            : $"/edit {MessageText.NameOf(messenger, conversation, message)} {MessageText.Of(messenger, message)}";
    }

    // of /cancel people know another word
    private static string WordOf(string line) => line.Split(' ', 2)[0] is "/unsend" ? "/cancel" : line.Split(' ', 2)[0];

    // the name of the message, and what stands behind it; a text keeps its spaces
    private static (string Name, string Behind) Split(string line)
    {
        string[] words = line.Split(' ', 2);
        string rest = words.Length < 2 ? "" : words[1].TrimStart();
        string first = rest.Split(' ', 2)[0];
        bool isId = words[0] == "/forward" && rest.TrimEnd().Length == first.Length;
        return MessageText.IsName(first) && !isId ? (first, rest[first.Length..].TrimStart()) : (MessageText.Newest, rest);
    }

    private static string NotFound(string word, string name, string rest, string id, bool isMine)
    {
        string whose = isMine ? "of yours " : "";
        if (name == MessageText.Newest) return $"there is no message {whose}with {id} yet";
        string text = word is "/edit" or "/reply" && rest.Length > 0 ? $"; a text that begins with a number: {word} . {name} …" : "";
        return $"no message {name} {whose}with {id}: expected what stands in brackets before it{text}";
    }

    private static ChatResult Reply(Messenger messenger, int conversation, int message, string text, long nowMs)
    {
        if (text.Length == 0) return new(Why: "the text is missing: /reply [N] TEXT");
        if (!People.IsAnybodyIn(messenger, conversation)) return new(Why: People.NobodyIn(messenger.IdOf(conversation)));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new(messenger.SendText(conversation, bytes, bytes.Length, message, nowMs));
    }

    private ChatResult Forward(Messenger messenger, int message, string name, string to, long nowMs)
    {
        to = to.Trim();
        if (!Topics.IsDeviceId(to.TrimStart('@', '#'))) return new(Why: "to whom? /forward [N] ID; Tab shows who there is");
        if (people.Meant(messenger, to) is { } meant)
            return new(Why: $"no {to} is known: did you mean {meant}? Enter: yes. @{to}: no", Meant: $"/forward {name} {meant}");
        int conversation = Conversations.Of(messenger, to);
        if (conversation < 0)
            return new(Why: $"{to}: " + (to[0] == '#' ? "you are in no group of that id" : SendErrors.WordsFor(messenger.LastError)));
        if (!People.IsAnybodyIn(messenger, conversation)) return new(Why: People.NobodyIn(to));
        SendError error = messenger.Forward(message, conversation, nowMs);
        if (error == SendError.NotHere) return new(Why: "only a text, a value or a place can be forwarded");
        return new(error, Says: error == SendError.None ? [$"forwarded to {to}"] : null, Place: conversation);
    }

    private static ChatResult Edit(Messenger messenger, int conversation, int message, string name, string text, long nowMs)
    {
        if (text.Length == 0) return new(Why: $"the text is missing: /edit {name} TEXT; Tab fetches it as it is");
        if (!messenger.CanEdit(message, nowMs)) return new(Why: WhyNoEdit(messenger, message, name));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int before = messenger.LastNumberOf(conversation);
        SendError error = messenger.Edit(message, bytes, bytes.Length, nowMs);
        // one that has not gone out yet takes the new text itself
        bool isItself = error == SendError.None && messenger.LastNumberOf(conversation) == before;
        return new(error, Number: isItself ? messenger.NumberOf(message) : 0);
    }

    private static string WhyNoEdit(Messenger messenger, int message, string name)
    {
        if (!messenger.IsMine(message)) return $"{name} is a message of {messenger.SenderOf(message)}: only your own can be edited";
        if (messenger.KindOf(message) == MessageKind.TakenBack) return $"{name} is taken back already";
        if (messenger.IsForwarded(message)) return $"{name} is somebody else's text, which you have forwarded: only your own can be edited";
        return messenger.KindOf(message) != MessageKind.Text ? $"{name} is no text: only a text can be edited"
            : $"{name} of {MessageText.TimeOf(messenger, message)} is too old: a text can be edited for {Limits.EditSeconds / 60} minutes";
    }

    private static ChatResult Cancel(Messenger messenger, int conversation, int message, string name, long nowMs)
    {
        if (!messenger.IsMine(message))
            return new(Why: $"{name} is a message of {messenger.SenderOf(message)}: only your own can be taken back");
        if (messenger.KindOf(message) == MessageKind.TakenBack) return new(Why: $"{name} is taken back already");
        SendError error = messenger.TakeBack(message, nowMs);
        bool isGone = error == SendError.None && !messenger.Has(conversation, message);
        return new(error, Says: isGone ? [$"{name} is taken back; it was not sent yet"] : null);
    }

    private static IEnumerable<string> Info(Messenger messenger, int conversation, int message)
    {
        string from = messenger.IsMine(message) ? "" : $" from {messenger.SenderOf(message)}";
        yield return $"[{MessageText.NameOf(messenger, conversation, message)}] {MessageText.TimeOf(messenger, message)}{from}: "
            + MessageText.BeginningOf(messenger, message);
        if (!messenger.IsMine(message)) yield break;
        yield return "  " + (messenger.FailureOf(message) ?? StateWords.For(messenger.TickOf(message)));
        if (messenger.IsEdited(message)) yield return "  edit: " + StateWords.For(messenger.EditTickOf(message));
        for (int i = 0; i < messenger.RecipientsOf(message); i++)
            yield return $"  {messenger.RecipientOf(message, i),-16}  {StateWords.For(messenger.RecipientTickOf(message, i))}";
    }
}

using EdgeChat.Delivery;

namespace EdgeChat.Tool.Chat;

/// <summary>What Tab makes of a line: a command is completed, or whom it is for; the text that is to be edited is fetched.</summary>
public sealed class ChatCompletion(People people, IReadOnlyList<string> words)
{
    /// <summary>The line as it goes on, or what there is to choose from; both null when there is nothing to complete.</summary>
    public (string? Line, string? Hint) Of(Messenger messenger, int conversation, string typed)
    {
        if (MessageCommands.Fetch(messenger, conversation, typed) is { } line) return (line, null);
        string verb = typed.Split(' ')[0];
        bool isAnswer = verb is "/accept" or "/decline";
        bool isId = typed.Length > verb.Length && (isAnswer || verb is "/to" or "/forward");
        string before = isId ? typed[..(typed.LastIndexOf(' ') + 1)] : "";
        if (!isId && typed.Length > 0 && (typed[0] != '/' || typed.Contains(' ', StringComparison.Ordinal))) return (null, null);
        string begun = typed[before.Length..];
        // a sign says which of the two is meant
        string sign = isId && begun.Length > 0 && begun[0] is '#' or '@' ? begun[..1] : "";
        IEnumerable<string> known = !isId ? words : isAnswer ? People.Groups(messenger, true)
            : sign == "#" ? People.Groups(messenger, false) : sign == "@" ? people.Devices(messenger) : people.All(messenger);
        string[] fitting = [.. known.Select(id => sign + id).Where(word => word.StartsWith(begun, StringComparison.Ordinal))];
        if (fitting.Length == 0)
        {
            string nobody = isAnswer ? "nobody invites you to a group whose id begins with"
                : sign == "#" ? "you are in no group whose id begins with" : "nobody is known whose id begins with";
            return (null, isId ? $"{nobody} {begun[sign.Length..]}" : $"no command begins with {begun}");
        }

        int common = fitting[0].Length;
        while (!fitting.All(word => word.StartsWith(fitting[0][..common], StringComparison.Ordinal))) common--;
        string tail = fitting.Length == 1 && (fitting[0] is "/to" or "/accept" or "/decline" || MessageCommands.Has(fitting[0])) ? " " : "";
        if (common > begun.Length || tail.Length > 0) return (before + fitting[0][..common] + tail, null);
        return (null, fitting.Length > 1 ? string.Join("  ", fitting) : null);
    }
}

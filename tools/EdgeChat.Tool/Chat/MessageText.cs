using System.Globalization;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>A message in the words of a person's line: how it is named, when it was written, and what it says.</summary>
public static class MessageText
{
    /// <summary>The word for the newest one that can be meant.</summary>
    public const string Newest = ".";

    private const int BeginningColumns = 40;
    private const string Mine = "me";

    /// <summary>Its name as commands take it, as on a board's console: its number alone, or <c>sender/number</c>; empty without a
    /// number.</summary>
    public static string NameOf(Messenger messenger, int conversation, int message)
    {
        int number = messenger.NumberOf(message);
        if (number == 0 || IsNote(messenger, message)) return "";
        if (messenger.IsMine(message)) return $"{Mine}/{number}";
        return messenger.IsGroup(conversation) ? $"{messenger.SenderOf(message)}/{number}" : number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a word names a message, be it there or not.</summary>
    public static bool IsName(string word) => word == Newest || NumberIn(word) > 0;

    /// <summary>The message that a word names, or -1. When it <paramref name="isMine"/>, a number alone and the dot mean one of this
    /// peer.</summary>
    public static int Find(Messenger messenger, int conversation, string word, bool isMine)
    {
        int slash = word.IndexOf('/');
        string? sender = slash < 0 ? null : word[..slash];
        int number = NumberIn(word);
        for (int m = messenger.Newest(conversation); m >= 0; m = messenger.Older(m))
        {
            if (NameOf(messenger, conversation, m).Length == 0) continue;
            bool isSender = sender == null ? messenger.IsMine(m) == isMine
                : sender == Mine ? messenger.IsMine(m) : sender == messenger.SenderOf(m);
            if (!isSender || (word != Newest && messenger.NumberOf(m) != number)) continue;
            bool isOne = word == Newest || sender != null || isMine || !messenger.IsGroup(conversation) || IsOnlyOne(messenger, m);
            return isOne ? m : -1;
        }

        return -1;
    }

    /// <summary>The hour and minute when it was written, or as many spaces.</summary>
    public static string TimeOf(Messenger messenger, int message) => messenger.TimeOf(message) is var t and > 0
        ? DateTimeOffset.FromUnixTimeSeconds(t).ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture) : "     ";

    /// <summary>What it says.</summary>
    public static string Of(Messenger messenger, int message)
    {
        byte[] text = new byte[Body.MaxContentBytes * 2];
        int length = messenger.ReadText(message, text);
        return length < 0 ? "(damaged)" : Encoding.UTF8.GetString(text, 0, length);
    }

    /// <summary>How what it says begins.</summary>
    public static string BeginningOf(Messenger messenger, int message)
    {
        string text = Of(messenger, message);
        string beginning = TextColumns.Begin(text, BeginningColumns);
        return beginning.Length == text.Length ? text : beginning + "…";
    }

    /// <summary>Whether it is about messages, or about the group, and from nobody.</summary>
    public static bool IsNote(Messenger messenger, int message) =>
        messenger.KindOf(message) is MessageKind.Missing or MessageKind.Lost or MessageKind.Event;

    // in a group a number alone will do when only one member's message has it
    private static bool IsOnlyOne(Messenger messenger, int message)
    {
        for (int m = messenger.Older(message); m >= 0; m = messenger.Older(m))
            if (messenger.NumberOf(m) == messenger.NumberOf(message) && !messenger.IsMine(m)) return false;
        return true;
    }

    // 0 when the word is no name of a message
    private static int NumberIn(string word)
    {
        int slash = word.IndexOf('/');
        if (slash >= 0 && !Topics.IsDeviceId(word[..slash])) return 0;
        return int.TryParse(word.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}

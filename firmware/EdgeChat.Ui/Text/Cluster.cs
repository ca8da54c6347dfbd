using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>What a person sees as one character: a letter and its marks, a flag, a chain of emoji (Unicode Standard Annex 29, as far as
/// it tells where text may be divided).</summary>
public static class Cluster
{
    /// <summary>The first letter of flags as <see cref="Utf8.Decode"/> gives it, but for its length; of what has room, nothing before it
    /// can have more that belongs to it.</summary>
    internal const int FirstFlag = 0x1F1E6 << 3;

    private const int SoftHyphen = 0xAD;
    private const int Joiner = 0x200D;
    private const int JoinerBytes = 3;
    private const int FlagLetterBytes = 4;

    /// <summary>Where the character before <paramref name="index"/> begins.</summary>
    public static int Previous(byte[] text, int index)
    {
        int at = index;
        while (at > 0)
        {
            at = Utf8.Previous(text, at);
            int code = Utf8.Decode(text, at, index) >> 3;
            if (IsJoined(code)) continue;
            if (IsFlagLetter(code))
            {
                int first = at;
                while (IsAt(text, first - FlagLetterBytes, index, true)) first -= FlagLetterBytes;
                return (at - first) % (2 * FlagLetterBytes) == 0 ? at : at - FlagLetterBytes;
            }

            int before = at - JoinerBytes;
            if (!IsAt(text, before, index, false) || After(text, before, index, Utf8.Decode(text, before, index)) == at) return at;
            at = before;
        }

        return at;
    }

    /// <summary>Where a text goes on after a character that takes no room, or that is one of a flag: what a joiner joins to an emoji
    /// belongs to it, and so does the second letter of a flag.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="start">Where the character begins.</param>
    /// <param name="end">Where the text ends.</param>
    /// <param name="decoded">The character, as <see cref="Utf8.Decode"/> gives it.</param>
    internal static int After(byte[] text, int start, int end, int decoded)
    {
        int next = start + (decoded & 7);
        int code = decoded >> 3;
        bool isFlag = IsFlagLetter(code);
        if (next >= end || (!isFlag && code != Joiner)) return next;
        int following = Utf8.Decode(text, next, end);
        bool isOne = isFlag ? IsFlagLetter(following >> 3) : IsPictograph(following >> 3) && FollowsEmoji(text, start);
        return isOne ? next + (following & 7) : next;
    }

    /// <summary>Whether a character is drawn with the one before it, without room of its own.</summary>
    internal static bool IsJoined(int code) { return code == SoftHyphen || IsSkinTone(code) || CharWidth.IsMark(code); }

    /// <summary>Whether a character is one of the two letters of a flag.</summary>
    internal static bool IsFlagLetter(int code) { return code >= FirstFlag >> 3 && code <= 0x1F1FF; }

    private static bool IsSkinTone(int code) { return code >= 0x1F3FB && code <= 0x1F3FF; }

    private static bool IsPictograph(int code) { return (code >= 0x2190 && code < 0x2C00) || (code >= 0x1F000 && code < 0x20000); }

    // with a variation selector or a skin tone between them at most, so that a text of nothing but joiners is not walked over and over
    private static bool FollowsEmoji(byte[] text, int at)
    {
        for (int i = 0; i < 2 && at > 0; i++)
        {
            int end = at;
            at = Utf8.Previous(text, at);
            int code = Utf8.Decode(text, at, end) >> 3;
            if (!IsJoined(code)) return IsPictograph(code);
        }

        return false;
    }

    private static bool IsAt(byte[] text, int at, int end, bool isFlagLetter)
    {
        if (at < 0) return false;
        int code = Utf8.Decode(text, at, end) >> 3;
        return isFlagLetter ? IsFlagLetter(code) : code == Joiner;
    }
}

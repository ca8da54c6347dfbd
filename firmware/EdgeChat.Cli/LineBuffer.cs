using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The bytes of the line that is typed, and the cursor in it, which never stands inside a character.</summary>
public sealed class LineBuffer
{
    private const int Step = 240; // a fifth of the longest line

    /// <summary>The line as UTF-8; only the first <see cref="Count"/> bytes count. As long as the longest line has been, or longer.</summary>
    public byte[] Bytes { get; private set; } = new byte[Step];

    /// <summary>Bytes of the line.</summary>
    public int Count { get; private set; }

    /// <summary>The byte before which the next character goes.</summary>
    public int Cursor { get; private set; }

    /// <summary>Bytes that found no room; the line counts as a whole or not at all.</summary>
    public int Refused { get; private set; }

    /// <summary>Empties the line.</summary>
    public void Clear()
    {
        Count = 0;
        Cursor = 0;
        Refused = 0;
    }

    /// <summary>Puts bytes at the cursor and moves behind them; false when there is no room, or was none before.</summary>
    public bool Insert(byte[] bytes, int index, int count)
    {
        if (Refused > 0 || Count + count > Limits.LineBytes)
        {
            Refused += count;
            return false;
        }

        while (Count + count > Bytes.Length) Bytes = Column.Longer(Bytes, Step);
        if (Cursor < Count) Array.Copy(Bytes, Cursor, Bytes, Cursor + count, Count - Cursor);
        Array.Copy(bytes, index, Bytes, Cursor, count);
        Cursor += count;
        Count += count;
        return true;
    }

    /// <summary>Says that <see cref="Bytes"/> now holds another line of <paramref name="count"/> bytes; the cursor goes to its end.</summary>
    public void Loaded(int count)
    {
        Count = count;
        Cursor = count;
        Refused = 0;
    }

    /// <summary>Moves one character to the left, with the marks that belong to it.</summary>
    public void Left() { Cursor = Before(Cursor); }

    /// <summary>Moves one character to the right, with the marks that belong to it.</summary>
    public void Right() { Cursor = After(Cursor); }

    /// <summary>Moves to the start of the word.</summary>
    public void WordLeft() { Cursor = WordStart(); }

    /// <summary>Moves behind the end of the word.</summary>
    public void WordRight()
    {
        while (Cursor < Count && Bytes[Cursor] == ' ') Cursor++;
        while (Cursor < Count && Bytes[Cursor] != ' ') Cursor++;
    }

    /// <summary>Moves to the start.</summary>
    public void Home() { Cursor = 0; }

    /// <summary>Moves to the end.</summary>
    public void End() { Cursor = Count; }

    /// <summary>Erases the character before the cursor.</summary>
    public void Backspace() { Remove(Before(Cursor), Cursor); }

    /// <summary>Erases the character at the cursor.</summary>
    public void Delete() { Remove(Cursor, After(Cursor)); }

    /// <summary>Erases the word before the cursor.</summary>
    public void KillWord() { Remove(WordStart(), Cursor); }

    /// <summary>Erases everything before the cursor.</summary>
    public void KillStart() { Remove(0, Cursor); }

    /// <summary>Erases everything behind the cursor.</summary>
    public void KillEnd() { Remove(Cursor, Count); }

    private void Remove(int from, int to)
    {
        if (from == to) return;
        if (to < Count) Array.Copy(Bytes, to, Bytes, from, Count - to);
        Count -= to - from;
        Cursor = from;
    }

    private int WordStart()
    {
        int at = Cursor;
        while (at > 0 && Bytes[at - 1] == ' ') at--;
        while (at > 0 && Bytes[at - 1] != ' ') at--;
        return at;
    }

    private int Before(int at)
    {
        while (at > 0)
        {
            at = Utf8.Previous(Bytes, at);
            if (CharWidth.Of(Utf8.Decode(Bytes, at, Count) >> 3) > 0) break;
        }

        return at;
    }

    private int After(int at)
    {
        if (at == Count) return at;
        at += Utf8.Decode(Bytes, at, Count) & 7;
        while (at < Count)
        {
            int decoded = Utf8.Decode(Bytes, at, Count);
            if (CharWidth.Of(decoded >> 3) > 0) break;
            at += decoded & 7;
        }

        return at;
    }
}

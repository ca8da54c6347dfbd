using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using EdgeChat.Ui;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What others have written, on its way into a board's memory and onto its display.</summary>
internal static class ScreenTargets
{
    private const int Deliveries = 100;
    private const int Width = 108; // of a bubble at 128 columns
    private static readonly byte[][] Letters = BodyTargets.Words("é", "e\u0301", "😀", "👨\u200d👩\u200d👧", "🇩🇪", "שלום", "(", ")",
        "\u200f", "\u202e", "\u2067", "\u0301", "中", "\n", " ", "\u00ad", "ffi", "\u001b[2J");

    private static readonly Painter Painter = new(new Frame(128, 64));

    public static IEnumerable<FuzzTarget> All() =>
    [
        new("text", Show,
            BodyTargets.Words("Meet at 18:45, the usual place", "שלום, see you at 7 (maybe)", "中文字也可以", "👍🏽 ok",
                "]]]]]]]]{{{{{{;{{{{{{{{ם]]]] 1648{{{{{------{{---{{;{{{{{{ם]]]] 1648{{{{"), Letters, 100, 20_000),
        new("inbox", Deliver(), BodyTargets.Words(
            "{\"n\":1,\"e\":1,\"sender\":\"bob\",\"content\":\"hello\",\"timestamp\":\"2026-11-28T07:00:00Z\"}",
            "{\"y\":\"r\",\"sender\":\"bob\",\"e\":1,\"h\":1,\"s\":1}",
            "{\"y\":\"l\",\"sender\":\"bob\",\"e\":1,\"f\":1,\"t\":9}"),
            BodyTargets.Keys, 90, 200_000),
    ];

    // what is no UTF-8 does not come so far
    private static void Show(byte[] bytes)
    {
        if (bytes.Length > Body.MaxContentBytes || !IsText(bytes)) return;
        int lines = 0;
        Painter.BeginLines(bytes, 0, bytes.Length);
        for (int start = 0; start < bytes.Length; lines++)
        {
            int end = TextLayout.LineEnd(Painter.Text, bytes, start, bytes.Length, Width);
            if (end <= start && bytes[start] != '\n') throw new InvalidDataException("a line of nothing");
            if (Painter.Text.LineWidth > Width) throw new InvalidDataException("a line that is too wide");
            Painter.DrawLine(Painter.Text, bytes, start, end, 0, lines % 8 * 8, Width);
            start = TextLayout.NextLine(bytes, end, bytes.Length);
        }
    }

    private static bool IsText(byte[] bytes)
    {
        using var _ = new Unmetered();
        return Array.IndexOf(bytes, (byte)0) < 0 && Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)).AsSpan().SequenceEqual(bytes);
    }

    // a board that has had what came before, and begins anew before its log is full
    private static Action<byte[]> Deliver()
    {
        VirtualBroker broker = null!;
        CoreBoard alice = null!;
        int count = 0;
        return bytes =>
        {
            if (count++ % Deliveries == 0)
            {
                using var beginning = new Unmetered();
                broker = new VirtualBroker();
                alice = broker.Board("alice").PowerOn();
                broker.Settle();
            }

            alice.Messenger.OnReceived("ec1/i/alice/bob", bytes, false, broker.NowMs);
            using var _ = new Unmetered();
            broker.Pass(1);
        };
    }
}

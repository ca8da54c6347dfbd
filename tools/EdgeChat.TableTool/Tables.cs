namespace EdgeChat.TableTool;

/// <summary>The source files that this tool makes.</summary>
public static class Tables
{
    /// <summary>Reads the texts of a folder and gives each file's path below <c>firmware</c> with what is to be in it.</summary>
    public static IReadOnlyList<(string File, string Source)> Make(string folder)
    {
        Symbols symbols = Symbols.Read(Path.Combine(folder, Symbols.File));
        Letters letters = Letters.Read(Path.Combine(folder, Letters.File), symbols);
        string words = File.ReadAllText(Path.Combine(folder, WordTables.File));
        string[] followers = File.ReadAllLines(Path.Combine(folder, WordTables.FollowersFile));
        return
        [
            ("EdgeChat.Core/Text/CharWidth.Marks.cs", MarkTables.Source()),
            ("EdgeChat.Ui/Fonts/Glyphs.Accents.cs", AccentTables.Source(letters)),
            ("EdgeChat.Ui/Fonts/Glyphs.cs", GlyphTables.Source(letters, symbols)),
            ("EdgeChat.Ui/Fonts/Icon.cs", IconTables.Source(symbols)),
            ("EdgeChat.Ui/Entry/Words.cs", WordTables.Source(words, followers)),
        ];
    }
}

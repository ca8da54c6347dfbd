namespace EdgeChat.TableTool;

/// <summary>The source files that this tool makes.</summary>
public static class Tables
{
    /// <summary>Reads the texts of a folder and gives each file's path below <c>EdgeChat.Ui</c> with what is to be in it.</summary>
    public static IReadOnlyList<(string File, string Source)> Make(string folder)
    {
        Symbols symbols = Symbols.Read(Path.Combine(folder, Symbols.File));
        Letters letters = Letters.Read(Path.Combine(folder, Letters.File), symbols);
        string[] words = File.ReadAllText(Path.Combine(folder, WordTables.File))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            ("Fonts/Glyphs.cs", GlyphTables.Source(letters, symbols)),
            ("Fonts/Icon.cs", IconTables.Source(symbols)),
            ("Entry/Words.cs", WordTables.Source(words)),
        ];
    }
}

using System.Runtime.CompilerServices;
using EdgeChat.TableTool;

namespace EdgeChat.Tests.Screens;

/// <summary>The tables that a tool has written into the firmware: glyphs, icons, words.</summary>
[TestClass]
public class TableTests
{
    private const string Tool = "tools/EdgeChat.TableTool";
    private const string Firmware = "firmware";

    [TestMethod]
    public void The_tables_of_the_screens_are_what_the_tool_makes_of_its_texts()
    {
        foreach (var (file, source) in Tables.Make(Path.Combine(Root(), Tool)))
        {
            string path = Path.Combine(Root(), Firmware, file);
            Assert.AreEqual(source, File.ReadAllText(path), $"{file} is another: dotnet run --project {Tool} -- {Tool} {Firmware}");
        }
    }

    /// <summary>nanoCLR has strings as UTF-8 that ends at the first NUL.</summary>
    [TestMethod]
    public void The_tables_are_ASCII_that_can_be_seen()
    {
        foreach (var (file, source) in Tables.Make(Path.Combine(Root(), Tool)))
        {
            int strange = source.AsSpan().IndexOfAnyExceptInRange(' ', '~');
            while (strange >= 0 && source[strange] == '\n')
            {
                int next = source.AsSpan(strange + 1).IndexOfAnyExceptInRange(' ', '~');
                strange = next < 0 ? -1 : strange + 1 + next;
            }

            Assert.IsTrue(strange < 0, $"{file} has a character that is not ASCII at {strange}");
        }
    }

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}

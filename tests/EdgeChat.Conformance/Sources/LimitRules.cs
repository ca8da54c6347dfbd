using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeChat.Conformance;

/// <summary>How much the messenger keeps stands in one file, <c>Limits.cs</c>, with what happens when it is reached.</summary>
/// <remarks>A size is a constant whose name says so, and the number in <c>new byte[n]</c> and the like. What a protocol, a record or data
/// in flash fixes is no choice of the messenger, so it stays where that is read and written.</remarks>
public static partial class LimitRules
{
    private const int SmallestSize = 32;

    private static readonly HashSet<string> Formats =
    [
        // docs/protocol.md
        "Body.MaxBytes", "Body.MaxContentBytes", "Body.MaxHoles", "Body.MaxIncarnation", "BodyReader.MaxTime", "Topics.MaxBytes",
        "Topics.MaxIdLength", "MessageId.MaxDigits",
        "A128CbcHs256.KeyBytes", "A128CbcHs256.BlockBytes", "A128CbcHs256.TagBytes", "A128CbcHs256.LengthBytes", "Envelope.MaxHeaderBytes",
        "KeyTree.RootBytes", "KeyTree.KeyBytes", "KeyTree.CodeBytes", "KeyTree.TypedBytes", "SealChain.MostLives", "SealChain.MostSkips",
        "TypedKey.Letters", "TypedKey.WholeLetters",
        // records on flash and in packed tables
        "FlashLog.MaxAddress", "LogRecord.HeaderBytes", "EventLog.MostNumberBytes", "QuickReplies.MostUses", "LineHistory.HeaderBytes",
        "OwnSettings.HeaderBytes", "StreamTable.MaxLives", "SealChain.Bytes", "SealSlot.Bytes", "SealTable.FreshBytes",
        // UTF-8
        "ScreensDrawing.OkSignBytes",
        // the words and their letters, as the tool has written them
        "Words.MostBytes", "Words.RowBytes", "TextEntry.MostCandidates",
    ];

    /// <summary>Checks a source file.</summary>
    public static IEnumerable<Finding> Check(string path, string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(ReferenceAssemblies.Language)).GetRoot();
        foreach (VariableDeclaratorSyntax constant in root.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(IsSize))
        {
            string name = Type(constant) + "." + constant.Identifier.Text;
            if (!Formats.Contains(name)) yield return Found(constant, "the size " + name);
        }

        foreach (ArrayRankSpecifierSyntax made in root.DescendantNodes().OfType<ArrayRankSpecifierSyntax>())
            if (made.Sizes is [LiteralExpressionSyntax { Token.Value: >= SmallestSize }]) yield return Found(made, "an array of " + made);

        Finding Found(SyntaxNode node, string what) => new(path, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, Type(node),
            "has " + what + " for itself",
                "Put it into Limits.cs and say there what happens when it is reached, or among the formats of LimitRules.");
    }

    private static bool IsSize(VariableDeclaratorSyntax variable)
    {
        SyntaxTokenList modifiers = variable.Parent?.Parent switch
        {
            FieldDeclarationSyntax field => field.Modifiers,
            LocalDeclarationStatementSyntax local => local.Modifiers,
            _ => default,
        };
        return modifiers.Any(SyntaxKind.ConstKeyword) && Name().IsMatch(variable.Identifier.Text)
            && variable.Initializer?.Value is { } value && !value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any();
    }

    private static string Type(SyntaxNode node) => node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? "";

    [GeneratedRegex("^(Most|Max)([A-Z]|$)|(Bytes|Slots|Lines|Capacity|Entries|Letters)$")]
    private static partial Regex Name();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeChat.Conformance;

/// <summary>What a failing unit test says has neither comma nor line break: the test adapter splits the launcher's line at commas, and a
/// result that it cannot read does not count as failed.</summary>
/// <remarks>nanoFramework.TestFramework, <c>Executor.ParseTestResults</c>. Values that differ, and the source text that stands for a
/// message that was not given, may hold commas all the same: such a result is shown in the adapter's log only.</remarks>
public static class MessageRules
{
    private const string Cure = "Say it without: with `and`, a colon, or in other words.";

    // the arguments before the message
    private static readonly Dictionary<string, int> Arguments = new()
    {
        ["Empty"] = 1,
        ["IsFalse"] = 1,
        ["IsNotNull"] = 1,
        ["IsNull"] = 1,
        ["IsTrue"] = 1,
        ["NotEmpty"] = 1,
        ["SkipTest"] = 0,
    };

    /// <summary>Checks a source file of a test project.</summary>
    public static IEnumerable<Finding> Check(string path, string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(ReferenceAssemblies.Language)).GetRoot();
        IEnumerable<ExpressionSyntax> said = root.DescendantNodes().OfType<InvocationExpressionSyntax>().SelectMany(Message)
            .Concat(root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().SelectMany(Thrown));
        return said.SelectMany(Texts).Where(t => t.ValueText.AsSpan().IndexOfAny(",\r\n") >= 0).Distinct().Select(t => new Finding(
            path, t.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "",
            "says " + t + " when a test fails, with a comma or a line break", Cure));
    }

    private static IEnumerable<ExpressionSyntax> Message(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax called && called.Expression.ToString() is "Assert" or "CollectionAssert"
            ? call.ArgumentList.Arguments.Skip(Arguments.GetValueOrDefault(called.Name.Identifier.Text, 2)).Select(a => a.Expression)
            : [];

    private static IEnumerable<ExpressionSyntax> Thrown(BaseObjectCreationExpressionSyntax made) =>
        made is ObjectCreationExpressionSyntax { Type: var type } && type.ToString().EndsWith("Exception", StringComparison.Ordinal)
            ? made.ArgumentList?.Arguments.Select(a => a.Expression) ?? []
            : [];

    // The texts in an expression, and in those that its local variables were made with.
    private static IEnumerable<SyntaxToken> Texts(ExpressionSyntax said)
    {
        var names = said.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.Text).ToHashSet();
        BaseMethodDeclarationSyntax? method = said.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>();
        IEnumerable<ExpressionSyntax> made = (method?.DescendantNodes() ?? []).OfType<VariableDeclarationSyntax>()
            .Where(d => d.Type.ToString() is "string" or "var").SelectMany(d => d.Variables)
            .Where(v => names.Contains(v.Identifier.Text) && v.Initializer is { } with && !with.Span.Contains(said.Span))
            .Select(v => v.Initializer!.Value);
        return said.DescendantTokens().Where(t => t.IsKind(SyntaxKind.StringLiteralToken)
            || t.IsKind(SyntaxKind.InterpolatedStringTextToken))
            .Concat(made.SelectMany(Texts));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeChat.Conformance;

/// <summary>What the firmware's folders use of each other, as the compiler binds the names in their sources.</summary>
public sealed class LayerRules
{
    private readonly Dictionary<string, int> _floors = [];
    private readonly Dictionary<string, (int Files, int Lines)> _rooms = [];
    private readonly SortedSet<(string From, string To, string File, int Line, string Type)> _uses = [];

    /// <summary>Reads sources; their paths begin with <c>firmware/</c> or <c>hardware/</c>.</summary>
    public LayerRules(IEnumerable<(string Path, string Text)> sources)
    {
        for (int floor = 0; floor < Floors.FromBelow.Length; floor++)
            foreach (string room in Floors.FromBelow[floor]) _floors.Add(room, floor);
        var options = new CSharpParseOptions(ReferenceAssemblies.Language);
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(s.Text, options, s.Path)).ToArray();
        ReferenceAssemblies board = ReferenceAssemblies.Instance;
        var compilation = CSharpCompilation.Create("all", trees, board.For(board.Images.Keys),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        foreach (SyntaxTree tree in trees)
        {
            string room = Room(tree.FilePath);
            (int files, int lines) = _rooms.GetValueOrDefault(room);
            _rooms[room] = (files + 1, lines + tree.GetText().Lines.Count);
            Read(tree, room, compilation.GetSemanticModel(tree));
        }
    }

    /// <summary>Arrows upwards or to the side, strangers that know each other, folders that have no floor, floors without a
    /// folder.</summary>
    public IEnumerable<Finding> Findings()
    {
        foreach (string room in _rooms.Keys.Where(r => !_floors.ContainsKey(r)))
            yield return new Finding(room, 0, "", "has no floor", "Add the folder to Layers/Floors.cs, below everything that may use it.");
        foreach ((string from, string to, string file, int line, string type) in _uses)
        {
            if (!_floors.TryGetValue(from, out int low) || !_floors.TryGetValue(to, out int high)) continue;
            if (Floors.Strangers.Any(s => (IsIn(from, s.One) && IsIn(to, s.Other)) || (IsIn(from, s.Other) && IsIn(to, s.One))))
                yield return new Finding(file, line, "", $"{from} uses {type} of {to}, which it must not know",
                    "Let who composes both hand it over.");
            else if (high >= low)
                yield return new Finding(file, line, "", $"{from} uses {type} of {to}, which is {(high > low ? "above" : "beside")} it",
                    "Move the type down, or hand over what is needed.");
        }
    }

    /// <summary>The floors that hold nothing: a list that nobody keeps says nothing.</summary>
    public IEnumerable<string> Empty() => _floors.Keys.Where(room => !_rooms.ContainsKey(room));

    /// <summary>The floors from the bottom up: lines and files of each folder, and what it uses, with the number of pairs of file and
    /// type.</summary>
    public IEnumerable<string> Print() => _floors.Keys.Where(_rooms.ContainsKey).Select(room =>
        $"{_floors[room],3} {room,-26} {_rooms[room].Lines,6} lines {_rooms[room].Files,3} files  "
        + string.Join("  ", _uses.Where(u => u.From == room)
            .GroupBy(u => u.To).OrderBy(g => _floors.GetValueOrDefault(g.Key))
            .Select(g => g.Key["EdgeChat.".Length..] + ":" + g.Select(u => (u.File, u.Type)).Distinct().Count())));

    private void Read(SyntaxTree tree, string room, SemanticModel model)
    {
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null) continue;
            SymbolInfo bound = model.GetSymbolInfo(name);
            foreach (ISymbol symbol in bound.Symbol is { } one ? [one] : bound.CandidateSymbols)
            {
                INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
                while (type?.ContainingType is { } outer) type = outer;
                if (type?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is not { } file || Room(file) == room) continue;
                int line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                _uses.Add((room, Room(file), tree.FilePath, line, type.Name));
            }
        }
    }

    private static string Room(string path) => string.Join('/', path.Split('/')[1..^1]);

    private static bool IsIn(string room, string folder) => room == folder || room.StartsWith(folder + "/", StringComparison.Ordinal);
}

using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.NanoBuild;

/// <summary>Counts what the metadata processor (4541b46, 2026-07) writes: all types, methods and fields that are no constants, and of the
/// references those that any of them needs.</summary>
internal sealed class NanoImageReader(ModuleDefinition module)
{
    private readonly HashSet<string> _strings = ["", module.Assembly.Name.Name];
    private readonly References _references = new();
    private readonly SortedDictionary<string, (int Code, int Strings)> _parts = [];
    private int _code;

    public NanoImage Image()
    {
        TypeDefinition[] types = [.. module.GetTypes().Where(t => t.FullName != "<Module>")];
        FieldDefinition[] fields = [.. types.SelectMany(t => t.Fields).Where(f => !f.HasConstant)];
        foreach (TypeDefinition type in types)
        {
            _references.Add(type);
            _strings.Add(type.Name);
            _strings.Add(type.Namespace);
            string folder = type.Methods.Select(Folder).FirstOrDefault(f => f is not null) ?? Folder(type.DeclaringType) ?? "";
            foreach (MethodDefinition method in type.Methods) Method(method, Folder(method) ?? folder);
            foreach (CustomAttribute attribute in Attributes(type)) Texts(attribute.ConstructorArguments);
        }

        foreach (FieldDefinition field in fields) _strings.Add(field.Name);
        foreach (string name in _references.Names) _strings.Add(name);
        var tables = new NanoTables(
            _references.Assemblies, _references.Types, _references.Fields, _references.Methods, types.Length, fields.Length,
            types.Sum(t => t.Methods.Count), fields.Count(f => f.IsStatic), fields.Sum(BoxedBlocks));
        return new NanoImage(module.Assembly.Name.Name, _code, _strings.Sum(Bytes), tables, _parts);
    }

    /// <summary>The bytes that a method's code has there.</summary>
    public static int CodeOf(MethodDefinition method)
    {
        if (!method.HasBody) return 0;
        int handlers = method.Body.ExceptionHandlers.Count;
        return method.Body.Instructions.Sum(i => i.OpCode.Size + OperandBytes(i)) + (handlers > 0 ? 12 * handlers + 1 : 0);
    }

    private void Method(MethodDefinition method, string folder)
    {
        _references.Add(method);
        _strings.Add(method.Name);
        foreach (CustomAttribute attribute in Attributes(method)) Texts(attribute.ConstructorArguments);
        if (!method.HasBody) return;
        int code = CodeOf(method);
        int literals = method.Body.Instructions.Select(i => i.Operand).OfType<string>().Where(_strings.Add).Sum(Bytes);
        (int Code, int Strings) part = _parts.GetValueOrDefault(folder);
        _parts[folder] = (part.Code + code, part.Strings + literals);
        _code += code;
    }

    // As its CodeWriter writes them: tokens, strings and long branches in two bytes, a switch in one and two more a target.
    private static int OperandBytes(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar or OperandType.ShortInlineArg or OperandType.ShortInlineI => 1,
        OperandType.InlineSwitch => 1 + 2 * ((Instruction[])instruction.Operand).Length,
        OperandType.InlineI or OperandType.ShortInlineR or OperandType.InlineTok => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 2,
    };

    private void Texts(IEnumerable<CustomAttributeArgument> arguments)
    {
        foreach (CustomAttributeArgument argument in arguments)
        {
            if (argument.Value is string text) _strings.Add(text);
            else if (argument.Value is CustomAttributeArgument inner) Texts([inner]);
            else if (argument.Value is CustomAttributeArgument[] several) Texts(several);
        }
    }

    private static IEnumerable<CustomAttribute> Attributes(ICustomAttributeProvider member) =>
        member.CustomAttributes.Where(References.IsWritten);

    // A struct in a static field is an object from the start, array data in the assembly among them; enums and times are numbers to the
    // runtime.
    private static int BoxedBlocks(FieldDefinition field)
    {
        TypeReference type = field.FieldType;
        if (!field.IsStatic || !type.IsValueType || type.IsPrimitive || type.FullName is "System.DateTime" or "System.TimeSpan") return 0;
        return type.Resolve() is { IsEnum: false } boxed ? 1 + boxed.Fields.Count(f => !f.IsStatic) : 0;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text) + 1;

    private static string? Folder(TypeDefinition? type) => type?.Methods.Select(Folder).FirstOrDefault(f => f is not null);

    private static string? Folder(MethodDefinition method) =>
        Path.GetDirectoryName(method.DebugInformation.SequencePoints.FirstOrDefault(p => !p.IsHidden)?.Document.Url)?.Replace('\\', '/');
}

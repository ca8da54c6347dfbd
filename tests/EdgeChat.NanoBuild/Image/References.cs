using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.NanoBuild;

/// <summary>The references to other assemblies that what is kept of this one needs, each once.</summary>
internal sealed class References
{
    // Attributes that say nothing to the board; those of the assembly go anyway.
    private static readonly HashSet<string> Dropped =
    [
        "System.ParamArrayAttribute",
        "System.ObsoleteAttribute",
        "System.FlagsAttribute",
        "System.AttributeUsageAttribute",
        "System.Diagnostics.ConditionalAttribute",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerDisplayAttribute",
        "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.Reflection.DefaultMemberAttribute",
        "System.Runtime.CompilerServices.ExtensionAttribute",
        "System.Runtime.CompilerServices.IndexerNameAttribute",
        "System.Runtime.CompilerServices.MethodImplAttribute",
    ];

    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<string, TypeReference> _types = [];
    private readonly Dictionary<string, MemberReference> _fields = [];
    private readonly Dictionary<string, MemberReference> _methods = [];

    public int Assemblies => _assemblies.Count;

    public int Types => _types.Count;

    public int Fields => _fields.Count;

    public int Methods => _methods.Count;

    public IEnumerable<string> Names => _assemblies.Concat(_types.Values.SelectMany(t => new[] { t.Name, t.Namespace }))
        .Concat(_fields.Values.Concat(_methods.Values).Select(m => m.Name));

    public static bool IsWritten(CustomAttribute attribute) => !Dropped.Contains(attribute.AttributeType.FullName)
        && !attribute.AttributeType.FullName.StartsWith("System.Diagnostics.CodeAnalysis", StringComparison.Ordinal);

    public void Add(TypeDefinition type)
    {
        Named(type.BaseType);
        foreach (InterfaceImplementation implemented in type.Interfaces) Named(implemented.InterfaceType);
        Attributes(type);
        foreach (FieldDefinition field in type.Fields.Where(f => !f.HasConstant))
        {
            Signature(field.FieldType);
            Attributes(field);
        }
    }

    public void Add(MethodDefinition method)
    {
        Attributes(method);
        Signature(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters) Signature(parameter.ParameterType);
        if (!method.HasBody) return;
        foreach (VariableDefinition local in method.Body.Variables) Signature(local.VariableType);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers) Named(handler.CatchType);
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.Operand is TypeReference type) Named(type);
            else if (instruction.Operand is MemberReference member) Member(member);
        }
    }

    private void Attributes(ICustomAttributeProvider member)
    {
        foreach (CustomAttribute attribute in member.CustomAttributes.Where(IsWritten)) Member(attribute.Constructor);
    }

    private void Member(MemberReference member)
    {
        if (member is IMemberDefinition || !IsForeign(member.DeclaringType)) return;
        if (!(member is FieldReference ? _fields : _methods).TryAdd(member.FullName, member)) return;
        Named(member.DeclaringType);
        if (member is FieldReference field) Signature(field.FieldType);
        if (member is not MethodReference method) return;
        Signature(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters) Signature(parameter.ParameterType);
    }

    // A signature has a code of its own for the numbers, text and object: these are named only where an instruction names them.
    private void Signature(TypeReference type)
    {
        TypeReference element = type.GetElementType();
        if (!element.IsPrimitive && element.FullName is not ("System.Void" or "System.String" or "System.Object")) Named(element);
    }

    private void Named(TypeReference? type)
    {
        TypeReference? element = type?.GetElementType();
        if (element is null or TypeDefinition or GenericParameter || !_types.TryAdd(element.FullName, element)) return;
        if (element.DeclaringType is not null) Named(element.DeclaringType);
        else if (element.Scope is AssemblyNameReference assembly) _assemblies.Add(assembly.Name);
    }

    private static bool IsForeign(TypeReference type) => type.GetElementType() is not (TypeDefinition or GenericParameter);
}

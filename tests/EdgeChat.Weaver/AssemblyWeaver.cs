using EdgeChat.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace EdgeChat.Weaver;

/// <summary>Puts a call of the meter at the start of each basic block, before each allocation, and after each call into the base library
/// that makes a text or an array.</summary>
/// <remarks>A block that an exception leaves early is counted whole.</remarks>
public sealed class AssemblyWeaver(ModuleDefinition module)
{
    // of an exception or a collection of the base library: a guess that does not matter where allocations are counted
    private const int FieldsOfForeign = 4;

    private readonly MethodReference _block = module.ImportReference(typeof(Meter).GetMethod(nameof(Meter.Block)));
    private readonly MethodReference _object = module.ImportReference(typeof(Meter).GetMethod(nameof(Meter.Object)));
    private readonly MethodReference _array = module.ImportReference(typeof(Meter).GetMethod(nameof(Meter.Array)));
    private readonly MethodReference _made = module.ImportReference(typeof(Meter).GetMethod(nameof(Meter.Made)));

    /// <summary>Weaves all methods of the module.</summary>
    public void Weave()
    {
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToArray())
            Weave(method.Body);
    }

    private void Weave(MethodBody body)
    {
        body.SimplifyMacros();
        HashSet<Instruction> leaders = Leaders(body);
        List<(Instruction First, int Length)> blocks = [];
        foreach (Instruction each in body.Instructions)
        {
            if (leaders.Contains(each)) blocks.Add((each, 0));
            blocks[^1] = (blocks[^1].First, blocks[^1].Length + 1);
        }

        ILProcessor il = body.GetILProcessor();
        foreach (Instruction each in body.Instructions.ToArray()) CountAllocation(il, each);
        foreach ((Instruction first, int length) in blocks)
            Before(il, first, il.Create(OpCodes.Ldc_I4, length), il.Create(OpCodes.Call, _block));
        body.OptimizeMacros();
    }

    private void CountAllocation(ILProcessor il, Instruction each)
    {
        if (each.OpCode == OpCodes.Newobj && IsStructure(((MethodReference)each.Operand).DeclaringType)) return; // on the stack
        if (each.OpCode == OpCodes.Newobj && each.Operand is MethodReference { DeclaringType: { } made } && !IsText(made))
            Before(il, each, il.Create(OpCodes.Ldc_I4, Fields(made)), il.Create(OpCodes.Call, _object));
        else if (each.OpCode == OpCodes.Box)
            Before(il, each, il.Create(OpCodes.Ldc_I4_1), il.Create(OpCodes.Call, _object));
        else if (each.OpCode == OpCodes.Newarr)
            Before(il, each, il.Create(OpCodes.Ldc_I4, ElementBytes((TypeReference)each.Operand)), il.Create(OpCodes.Call, _array));
        else if (each.OpCode == OpCodes.Newobj || (each.Operand is MethodReference called && MakesTextOrArray(called)))
        {
            il.InsertAfter(each, il.Create(OpCodes.Call, _made));
            il.InsertAfter(each, il.Create(OpCodes.Dup));
        }
    }

    private static bool IsStructure(TypeReference type) => type.IsValueType || type.Resolve() is { IsValueType: true };

    private static bool IsText(TypeReference type) => type.FullName == "System.String";

    // what gives back a text that is there already makes none
    private static bool MakesTextOrArray(MethodReference called) =>
        called.DeclaringType.Namespace is "System" or "System.Text" && !called.Name.StartsWith("get_", StringComparison.Ordinal)
        && (IsText(called.ReturnType) || called.ReturnType.IsArray);

    private static int Fields(TypeReference made)
    {
        int fields = 0;
        for (TypeReference? type = made; type is not null && type.FullName != "System.Object";)
        {
            TypeDefinition? definition = type.Resolve();
            if (definition is null || definition.Module.Name.StartsWith("System.", StringComparison.Ordinal))
                return fields + FieldsOfForeign;
            fields += definition.Fields.Count(f => !f.IsStatic);
            type = definition.BaseType;
        }

        return fields;
    }

    private static int ElementBytes(TypeReference element) => element.MetadataType switch
    {
        MetadataType.Boolean or MetadataType.Byte or MetadataType.SByte => 1,
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
        _ => 0,
    };

    // The instruction object stays the first of what is put in, so that branches and handlers that name it lead there.
    private static void Before(ILProcessor il, Instruction each, params Instruction[] added)
    {
        Instruction moved = il.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (each.OpCode, each.Operand);
        il.InsertAfter(each, moved);
        for (int i = added.Length - 1; i > 0; i--) il.InsertAfter(each, added[i]);
        (each.OpCode, each.Operand) = (added[0].OpCode, added[0].Operand);
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction each in body.Instructions)
        {
            if (each.Operand is Instruction target) leaders.Add(target);
            if (each.Operand is Instruction[] targets) leaders.UnionWith(targets);
            if (each.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw
                && each.Next is { } next)
                leaders.Add(next);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart is not null) leaders.Add(handler.FilterStart);
        }

        return leaders;
    }
}

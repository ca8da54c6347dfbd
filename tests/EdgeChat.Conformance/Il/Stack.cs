using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>What lies on the evaluation stack, read from a method's instructions in their order.</summary>
public static class Stack
{
    /// <summary>How many values lie on the stack before each instruction.</summary>
    public static Dictionary<Instruction, int> Depths(MethodDefinition method)
    {
        var known = new Dictionary<Instruction, int>();
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            known[handler.HandlerStart] = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter ? 1 : 0;
            if (handler.FilterStart is not null) known[handler.FilterStart] = 1;
        }

        int depth = 0;
        foreach (Instruction at in method.Body.Instructions)
        {
            // a branch forward has said what lies there; what follows a jump and nobody jumps to lies on an empty stack
            depth = known.GetValueOrDefault(at, depth);
            known[at] = depth;
            depth = depth - Popped(at, method, depth) + Pushed(at);
            foreach (Instruction target in Targets(at)) known.TryAdd(target, depth);
            if (at.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw) depth = 0;
        }

        return known;
    }

    /// <summary>The instruction that made an argument of a call, counted from the last one; null when it isn't just before in one
    /// line.</summary>
    public static Instruction? Producer(Instruction call, int fromLast)
    {
        int above = fromLast;
        for (Instruction? at = call.Previous; at is not null; at = at.Previous)
        {
            if (at.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Call)) return null;
            int pushed = Pushed(at);
            if (above < pushed) return at;
            above = above - pushed + Popped(at, null, 0);
        }

        return null;
    }

    /// <summary>The number that an instruction puts there; null when it is no constant.</summary>
    public static int? Number(Instruction? at) => at?.OpCode.Code switch
    {
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => at.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4_S => (sbyte)at.Operand,
        Code.Ldc_I4 => (int)at.Operand,
        _ => null,
    };

    /// <summary>How many elements the array has that was made and filled just before; the greatest number when that isn't to be
    /// seen.</summary>
    public static int LengthOf(Instruction? array)
    {
        while (array is not null && array.OpCode == OpCodes.Dup) array = Producer(array, 0);
        return array?.OpCode == OpCodes.Newarr && Number(array.Previous) is { } length ? length : int.MaxValue;
    }

    private static IEnumerable<Instruction> Targets(Instruction at) =>
        at.Operand is Instruction one ? [one] : at.Operand as Instruction[] ?? [];

    private static int Pushed(Instruction at) => at.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => at.Operand is MethodReference called && called.ReturnType.FullName != "System.Void" ? 1 : 0,
        _ => 1,
    };

    private static int Popped(Instruction at, MethodDefinition? method, int all) => at.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        StackBehaviour.PopAll => all,
        StackBehaviour.Varpop when at.OpCode == OpCodes.Ret => method?.ReturnType.FullName == "System.Void" ? 0 : 1,
        StackBehaviour.Varpop when at.Operand is MethodReference called =>
            called.Parameters.Count + (called.HasThis && at.OpCode != OpCodes.Newobj ? 1 : 0),
        _ => 2,
    };
}

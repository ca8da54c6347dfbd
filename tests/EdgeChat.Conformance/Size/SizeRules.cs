using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>What an assembly may be: the metadata processor refuses more, or writes an image that does not run.</summary>
/// <remarks>Byte code and strings are addressed by 16 bits, a row of a table by 12; a type's members, a method's locals and the targets of
/// a switch are counted in one byte; a branch is a signed 16-bit distance (nanoFramework docs, architecture/pe-file.md).</remarks>
public static class SizeRules
{
    /// <summary>The most of 65,535 bytes that an assembly may have: the rest is for the next change.</summary>
    public const int Budget = 62_000;

    /// <summary>The most rows of one table.</summary>
    public const int Rows = 4_000;

    private const int OneByte = 255;

    /// <summary>Checks a project; <paramref name="how"/> says how it was compiled, <paramref name="beside"/> are those of ours that it
    /// refers to.</summary>
    public static IReadOnlyList<Finding> Check(string project, string how, Compiled compiled, params IEnumerable<Compiled> beside)
    {
        var report = new Report();
        compiled.Read(module =>
        {
            foreach (TypeDefinition type in module.GetTypes()) Check(type, report);
            return 0;
        }, beside);
        return [.. Check(project, how, NanoImage.Read(compiled, beside)), .. report.Findings];
    }

    private static IEnumerable<Finding> Check(string project, string how, NanoImage image)
    {
        if (image.Code > Budget) yield return Much(image.Code, "byte code", p => p.Code);
        if (image.Strings > Budget) yield return Much(image.Strings, "strings", p => p.Strings);
        foreach ((string name, int rows) in image.Tables.All)
            if (rows > Rows) yield return Found(string.Create(CultureInfo.InvariantCulture, $"has {rows:N0} {name}, at most {Rows:N0}"));

        Finding Found(string what) =>
            new(project, 0, how, what,
            "Move what belongs together into another assembly: the metadata processor refuses more than 65,535 bytes.");

        Finding Much(int bytes, string of, Func<(int Code, int Strings), int> part) => Found(
            string.Create(CultureInfo.InvariantCulture, $"has {bytes:N0} bytes of {of}, at most {Budget:N0}; biggest folders: ")
                + string.Join(", ", image.Parts
                .OrderByDescending(p => part(p.Value)).Take(3)
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {part(p.Value):N0}"))));
    }

    private static void Check(TypeDefinition type, Report report)
    {
        FieldDefinition[] fields = [.. type.Fields.Where(f => !f.HasConstant)];
        Most(fields.Count(f => f.IsStatic), "static fields");
        Most(fields.Count(f => !f.IsStatic), "fields");
        Most(type.Methods.Count(m => m.IsVirtual), "virtual methods");
        Most(type.Methods.Count(m => m.IsStatic), "static methods");
        Most(type.Methods.Count(m => !m.IsVirtual && !m.IsStatic), "methods of its own");
        foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody)) Check(method, report);

        void Most(int count, string what)
        {
            if (count > OneByte) report.Add(type, "", "has " + count + " " + what + ", at most " + OneByte, "Make two classes of it.");
        }
    }

    private static void Check(MethodDefinition method, Report report)
    {
        if (method.Body.Variables.Count > OneByte)
            report.Add(method, null, "has " + method.Body.Variables.Count + " locals, at most " + OneByte, "Make two methods of it.");
        if (NanoImage.CodeOf(method) > short.MaxValue)
            report.Add(method, null, "has more byte code than a branch can jump over", "Make two methods of it.");
        foreach (Instruction at in method.Body.Instructions)
            if (at.Operand is Instruction[] targets && targets.Length > OneByte)
                report.Add(method, at, "has a switch with " + targets.Length + " targets, at most " + OneByte,
                    "Use a table, or two switches.");
    }
}

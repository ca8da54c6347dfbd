using Mono.Cecil;

namespace EdgeChat.Conformance;

/// <summary>The listing of the base class library says what its package holds, member by member: the other listings were made the same
/// way.</summary>
[TestClass]
public class CoreLibraryTests
{
    [TestMethod]
    public void The_listing_has_each_visible_member_of_the_real_assembly_and_no_other()
    {
        ReferenceAssemblies made = ReferenceAssemblies.Instance;
        string[] real = Members(made.Images[ReferenceAssemblies.CoreLibrary]);
        string[] listed = Members(made.Make(made.Listing.Single(a => a.Assembly == ReferenceAssemblies.CoreLibrary)));
        Assert.IsGreaterThan(1_000, real.Length);
        Assert.AreEqual(string.Empty, string.Join('\n', real.Except(listed)), "missing in the listing");
        Assert.AreEqual(string.Empty, string.Join('\n', listed.Except(real)), "listed, but not there");
    }

    private static string[] Members(byte[] image)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(image));
        return [.. module.GetTypes().Where(IsVisible).SelectMany(Members)];
    }

    private static IEnumerable<string> Members(TypeDefinition type)
    {
        string kind = type.IsInterface ? "interface " : type.IsEnum ? "enum " : type.IsValueType ? "struct " : type.IsAbstract
            && type.IsSealed ? "static class "
            : type.IsAbstract ? "abstract class " : type.IsSealed ? "sealed class " : "class ";
        yield return kind + type.FullName + (type.BaseType is null ? "" : " : " + type.BaseType.FullName);
        foreach (InterfaceImplementation implemented in type.Interfaces)
            yield return type.FullName + " implements " + implemented.InterfaceType.FullName;
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return Access(field.IsPublic, field.IsStatic) + field.FullName + (field.IsInitOnly ? " readonly" : "")
                + (field.HasConstant ? " = " + field.Constant : "");
        foreach (MethodDefinition method in type.Methods.Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly))
            yield return Access(method.IsPublic, method.IsStatic)
                + (method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "") + method.FullName;
    }

    private static string Access(bool isPublic, bool isStatic) => (isPublic ? "public " : "protected ") + (isStatic ? "static " : "");

    private static bool IsVisible(TypeDefinition type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily) && IsVisible(type.DeclaringType));
}

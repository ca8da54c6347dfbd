namespace EdgeChat.Conformance;

[TestClass]
public class ReferenceAssemblyTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Every_listed_assembly_compiles_with_nothing_of_NET()
    {
        ReferenceAssemblies made = ReferenceAssemblies.Instance;
        Assert.HasCount(21, made.Images);
        TestContext.WriteLine("{0} assemblies, {1} types, {2} members", made.Listing.Count,
            made.Listing.Sum(a => a.Types.Length), made.Listing.Sum(a => a.Types.Sum(t => t.MemberCount)));
    }
}

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeChat.Conformance;

/// <summary>Each firmware folder has two project files; they say the same, and the real one names the one consistent package set.</summary>
[TestClass]
public partial class ProjectFileTests
{
    private const string NanoFrameworkType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";
    private const string TestLauncher = "nanoFramework.UnitTestLauncher";

    public static IEnumerable<object[]> Projects => FirmwareProject.All.Select(p => new object[] { p.Name });

    private static IReadOnlyList<ApiAssembly> Listing => ReferenceAssemblies.Instance.Listing;

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task Both_project_files_take_the_same_sources(string name)
    {
        FirmwareProject project = Named(name);
        Task<string[]> board = MsBuild.Items(project.Path, "Compile");
        Task<string[]> pc = MsBuild.Items(Path.ChangeExtension(project.Path, ".csproj"), "Compile");
        Assert.IsEmpty((await board).Except(await pc), "only in the .nfproj: " + string.Join(' ', (await board).Except(await pc)));
        Assert.IsEmpty((await pc).Except(await board), "only in the .csproj: " + string.Join(' ', (await pc).Except(await board)));
        CollectionAssert.AreEquivalent(await board, project.Sources.ToArray(),
            "the conformance build reads the .nfproj otherwise than MSBuild");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Packages_are_those_of_the_set(string name)
    {
        var set = Listing.ToDictionary(a => a.Package, a => a.PackageVersion);
        foreach ((string id, string version) in Named(name).Packages)
        {
            Assert.IsTrue(set.ContainsKey(id), id + " is not in the package set");
            Assert.AreEqual(set[id], version, id);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Every_package_is_referenced_where_NuGet_puts_it(string name)
    {
        FirmwareProject project = Named(name);
        var expected = Listing.Where(a => project.Packages.ContainsKey(a.Package))
            .Select(a => (a.Assembly, $@"..\..\packages\{a.Package}.{a.PackageVersion}\lib\{a.Assembly}.dll")).ToList();
        if (project.IsTest)
        {
            ApiAssembly framework = Listing.Single(a => a.Assembly == "nanoFramework.TestFramework");
            expected.Add((TestLauncher, $@"..\..\packages\{framework.Package}.{framework.PackageVersion}\lib\{TestLauncher}.exe"));
        }

        CollectionAssert.AreEquivalent(expected, project.References.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Packages_are_what_the_code_needs_and_what_these_need(string name)
    {
        FirmwareProject project = Named(name);
        var needed = new HashSet<string>(project.IsTest ? ["nanoFramework.TestFramework"] : []);
        var open = new Queue<string>(needed.Concat(Needed(project)));
        while (open.TryDequeue(out string? next))
            if (Listing.FirstOrDefault(a => a.Assembly == next) is { } assembly)
            {
                needed.Add(next);
                foreach (string reference in assembly.References.Where(r => !needed.Contains(r))) open.Enqueue(reference);
            }

        CollectionAssert.IsSubsetOf(needed.Order().ToArray(), project.References.Select(r => r.Assembly).ToArray(),
            "needed: " + string.Join(' ', needed.Order()));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void The_real_project_is_of_the_kind_that_the_extension_opens(string name)
    {
        FirmwareProject project = Named(name);
        Assert.AreEqual(NanoFrameworkType + ";{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}", project["ProjectTypeGuids"]);
        Assert.AreEqual("v1.0", project["TargetFrameworkVersion"]);
        Assert.AreEqual("10", project["LangVersion"]);
        Assert.AreEqual(project.IsTest ? "NFUnitTest" : name, project["AssemblyName"]);
        if (project.IsTest) Assert.IsTrue(File.Exists(Repository.At("tests/nano.runsettings")));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task Without_the_components_it_builds_to_one_line(string name)
    {
        string output = await MsBuild.Run("msbuild", Repository.At(Named(name).Path), "-t:Build", "-nologo", "-v:m");
        Assert.MatchesRegex(@"^\s*" + Regex.Escape(name) + @"\.nfproj: skipped, [^\n]*\n$", output);
    }

    [TestMethod]
    public void Every_project_file_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.At("EdgeChat.sln"));
        string[] missing = new[] { "firmware", "hardware", "tools", "tests" }
            .SelectMany(folder => Directory.GetFiles(Repository.At(folder), "*.*proj", SearchOption.AllDirectories))
            .Select(Repository.Relative).Where(path => !solution.Contains(path.Replace('/', '\\') + "\"", StringComparison.Ordinal))
            .ToArray();
        Assert.IsEmpty(missing, string.Join(' ', missing));
        foreach (FirmwareProject project in FirmwareProject.All)
            Assert.Contains("\"" + project.Path.Replace('/', '\\') + "\", \"{" + project["ProjectGuid"]!.ToUpperInvariant() + "}\"",
                solution);
    }

    [TestMethod]
    public void Firmware_and_tools_carry_one_version()
    {
        string? version = (string?)XDocument.Load(Repository.At("Directory.Build.props")).Descendants("Version").Single();
        Assert.AreEqual(version + ".0", Only(VersionAttribute(), "firmware/AssemblyInfo.cs"));
        Assert.AreEqual(version, Only(ShownVersion(), "firmware/EdgeChat.Core/Ports/DeviceStatus.cs"));
    }

    private static string Only(Regex regex, string file) => regex.Match(File.ReadAllText(Repository.At(file))).Groups[1].Value;

    private static FirmwareProject Named(string name) => FirmwareProject.All.Single(p => p.Name == name);

    // The assemblies that a project's code names, with those of the projects below it: NuGet installs these for each project.
    private static IEnumerable<string> Needed(FirmwareProject project)
    {
        Compiled compiled = FirmwareCompiler.Compile(project);
        Findings.ExpectNone(compiled.Findings);
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(new MemoryStream(compiled.Image));
        return module.AssemblyReferences.Select(r => r.Name).Concat(project.Projects.SelectMany(Needed)).ToArray();
    }

    [GeneratedRegex("AssemblyVersion\\(\"([^\"]*)\"\\)")]
    private static partial Regex VersionAttribute();

    [GeneratedRegex("string Version = \"([^\"]*)\"")]
    private static partial Regex ShownVersion();
}

using System.Xml.Linq;

namespace EdgeChat.Conformance;

/// <summary>The real project files, evaluated as nanoFramework's project system does where it is installed.</summary>
/// <remarks>Its files come with the Visual Studio extension; those that stand for them here set what the projects have to deal
/// with.</remarks>
[TestClass]
public class ProjectSystemTests
{
    private static readonly Lazy<string> System = new(MakeSystem);

    public static IEnumerable<object[]> Projects => FirmwareProject.All.Select(p => new object[] { p.Name });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task Outputs_land_where_they_are_looked_for(string name)
    {
        FirmwareProject project = Named(name);
        foreach (string configuration in new[] { "Debug", "Release" })
        {
            Dictionary<string, string> set = await Evaluate(project, configuration);
            // what deploys or flashes it finds it under artifacts/; the test adapter looks for the project above the assembly
            string folder = project.IsTest ? "bin/" : $"../../artifacts/nanoframework/bin/{name}/";
            Assert.AreEqual(folder + configuration + "/", set["OutputPath"].Replace('\\', '/'),
                "set it after the import of NFProjectSystem.props, in no test");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task What_restores_packages_config_writes_no_lock_file_of_ours(string name)
    {
        FirmwareProject project = Named(name);
        Assert.AreNotEqual("true", (await Evaluate(project, "Debug"))["RestorePackagesWithLockFile"],
            "a restore overwrites packages.lock.json");
        Dictionary<string, string> pc = await MsBuild.Properties(
            Path.ChangeExtension(project.Path, ".csproj"), ["RestorePackagesWithLockFile", "NuGetLockFilePath"]);
        Assert.AreEqual("true", pc["RestorePackagesWithLockFile"]);
        Assert.AreEqual("packages.net.lock.json", pc["NuGetLockFilePath"], "the project for the PC has its lock under another name");
        Assert.IsTrue(File.Exists(Repository.At(project.Folder + "/packages.net.lock.json")));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void A_test_project_lists_every_file(string name)
    {
        FirmwareProject project = Named(name);
        IEnumerable<string> wildcards = project.Includes("Compile").Where(i => i.Contains('*'));
        if (!project.IsTest)
        {
            Assert.AreEqual(@"**\*.cs", string.Join(' ', wildcards));
            return;
        }

        Assert.IsEmpty(wildcards, "the test adapter takes a wildcard for a file's name and finds no test");
        Assert.AreEqual(@"$(MSBuildProjectDirectory)\..\nano.runsettings", project["RunSettingsFilePath"]);
        Assert.Contains(@"..\nano.runsettings", project.Includes("None"));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Both_project_files_refer_to_the_same_projects(string name)
    {
        FirmwareProject project = Named(name);
        string[] board = [.. project.Projects.Select(p => p.Name).Order(StringComparer.Ordinal)];
        string[] pc = [.. XDocument.Load(Repository.At(Path.ChangeExtension(project.Path, ".csproj"))).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!))
            .Where(p => FirmwareProject.All.Any(f => f.Name == p)).Order(StringComparer.Ordinal)];
        Assert.AreEqual(string.Join(' ', board), string.Join(' ', pc));
    }

    private static Task<Dictionary<string, string>> Evaluate(FirmwareProject project, string configuration) => MsBuild.Properties(
        project.Path, ["OutputPath", "RestorePackagesWithLockFile"], "-p:Configuration=" + configuration,
        "-p:NanoFrameworkProjectSystemPath=" + System.Value);

    private static string MakeSystem()
    {
        string folder = Path.Combine(Repository.Root, "artifacts", "conformance", "project-system") + Path.DirectorySeparatorChar;
        Directory.CreateDirectory(folder);
        const string Empty = "<Project />";
        Keep("NFProjectSystem.Default.props", Empty);
        Keep("NFProjectSystem.props", @"<Project><PropertyGroup><OutputPath>bin\$(Configuration)\</OutputPath></PropertyGroup></Project>");
        Keep("NFProjectSystem.CSharp.targets", "<Project><Target Name=\"Build\" /></Project>");
        return folder;

        void Keep(string file, string text)
        {
            string own = Path.Combine(folder, file + "." + Environment.ProcessId);
            File.WriteAllText(own, text);
            File.Move(own, Path.Combine(folder, file), overwrite: true);
        }
    }

    private static FirmwareProject Named(string name) => FirmwareProject.All.Single(p => p.Name == name);
}

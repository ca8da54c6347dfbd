using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo;

namespace EdgeChat.Tool.Bundles;

/// <summary>The command line of <c>edgechat bundle</c>.</summary>
public static class BundleCommand
{
    private const string Description = """
        Makes and checks a bundle: one file with all that a board is flashed with.

        It holds boot loader, partition table, nanoCLR, the firmware's assemblies as the deployment region, and the board file, each with
        its SHA-256; a signature says who has made it.
        """;

    private const string MakeDescription = """
        Makes a bundle out of a folder of .pe files and a runtime package of nanoFramework's archive.

        Refuses assemblies whose references are missing, whose CRC is wrong, whose native code the runtime lacks, or that do not fit.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host) => new("bundle", Description)
    {
        CreateMake(host), CreateInspect(host), CreateVerify(host), WebCommand.Create(host), CreateKey(host),
    };

    private static Command CreateMake(ToolHost host)
    {
        var pe = new Option<string>("--pe")
        {
            Description = "Folder of the .pe files: the program and all that it needs",
            HelpName = "DIR",
            Required = true,
        };
        var runtime = new Option<string>("--runtime")
        {
            Description = "Runtime package TARGET-VERSION.zip, or a folder of that name with what is in it",
            HelpName = "ZIP",
            Required = true,
        };
        var board = new Option<string>("--board")
        {
            Description = $"The board: a board file, or one of {string.Join(", ", BoardModel.Names)}",
            HelpName = "NAME",
            Required = true,
        };
        var flash = new Option<int>("--flash")
        {
            Description = "The board's flash in MiB: 2, 4, 8, 16 or 32",
            HelpName = "MIB",
            DefaultValueFactory = _ => 4,
        };
        var natives = new Option<string?>("--natives")
        {
            Description = "What `nanoff --nanodevice --devicedetails` printed for this runtime, instead of reading nanoCLR.bin",
            HelpName = "FILE",
        };
        var key = KeyOption("--key", "Private key to sign with (`edgechat bundle key` makes one); without it there is no signature");
        var output = new Option<string>("--out") { Description = "The bundle", HelpName = "FILE", Required = true };
        var json = JsonOption.Create("What is in it, as `inspect --json` says it");
        var command = new Command("make", MakeDescription) { pe, runtime, board, flash, natives, key, output, json };
        command.SetAction(parsed =>
        {
            int megabytes = parsed.GetValue(flash);
            if (megabytes is not (2 or 4 or 8 or 16 or 32))
                throw new ToolException(ExitCode.Usage, $"--flash {megabytes}: give 2, 4, 8, 16 or 32");
            using var signing = parsed.GetValue(key) is { } file ? SigningKey.Load(file, isPrivate: true) : null;
            var list = parsed.GetValue(natives) is { } path ? Deployment.ReadNatives(Encoding.UTF8.GetString(ReadFile(path))) : null;
            var content = BundleMaker.Check(
                ReadBoard(parsed.GetValue(board)!), RuntimePackage.Load(parsed.GetValue(runtime)!, megabytes),
                Deployment.Load(parsed.GetValue(pe)!), megabytes, list);
            var target = parsed.GetValue(output)!;
            BundleMaker.Write(target, content, signing);
            BundleReport.Print(BundleFile.Load(target), host.Out, parsed.GetValue(json));
        });
        return command;
    }

    private static Command CreateInspect(ToolHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A bundle, or a .pe file" };
        var json = JsonOption.Create();
        var command = new Command("inspect", "Tells what is in a bundle or in a .pe file") { file, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var printsJson = parsed.GetValue(json);
            if (IsAssembly(path)) BundleReport.Assembly(PeFile.Load(path), host.Out, printsJson);
            else BundleReport.Print(BundleFile.Load(path), host.Out, printsJson);
        });
        return command;
    }

    private static Command CreateVerify(ToolHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Bundles, or .pe files", Arity = ArgumentArity.OneOrMore };
        var trust = KeyOption("--trust", "Public key that must have signed the bundles");
        var json = JsonOption.Create("One JSON object a file");
        var command = new Command("verify", "Checks bundles or .pe files, and ends with 0 only when each is whole") { files, trust, json };
        command.SetAction(parsed =>
        {
            using var trusted = parsed.GetValue(trust) is { } key ? SigningKey.Load(key, isPrivate: false) : null;
            int code = ExitCode.Success;
            foreach (var path in parsed.GetValue(files)!)
            {
                string? fault = null, said = null;
                try
                {
                    said = Verified(path, trusted);
                }
                catch (BundleException e)
                {
                    fault = e.Message;
                    code = ExitCode.Bundle;
                }

                if (parsed.GetValue(json))
                    host.Out.WriteLine(ToolJson.Object(("file", path), ("whole", fault is null), ("text", said), ("error", fault)));
                else if (said is not null) host.Out.WriteLine($"{path}: {said}");
                foreach (string line in fault?.Split('\n') ?? []) host.Error.WriteLine("edgechat: " + line);
            }

            return code;
        });
        return command;
    }

    private static string Verified(string path, ECDsa? trusted)
    {
        if (IsAssembly(path)) return $"{PeFile.Load(path)} is whole";
        var bundle = BundleFile.Load(path, trusted);
        return $"{bundle.Manifest.Firmware} for {bundle.Manifest.Board} is whole, " + BundleReport.Signature(bundle, trusted is not null)
            + string.Concat(bundle.Remarks.Select(r => "; " + r));
    }

    private static Command CreateKey(ToolHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The private key; the public one is FILE.pub" };
        var json = JsonOption.Create();
        var command = new Command("key", "Makes a key pair to sign bundles with") { file, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            string id = SigningKey.Make(path);
            host.Tell(parsed.GetValue(json), $"key {id}: {path} stays with you, {path}.pub goes to whoever flashes",
                ("key", id), ("private", path), ("public", path + ".pub"));
        });
        return command;
    }

    private static Option<string?> KeyOption(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static bool IsAssembly(string path) => path.EndsWith(".pe", StringComparison.OrdinalIgnoreCase);

    private static byte[] ReadBoard(string name)
    {
        if (!name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetBytes(BoardModel.Load(name).Json);
        byte[] file = ReadFile(name);
        try
        {
            if (JsonNode.Parse(file) is JsonObject board && BoardKeys.FaultOf(board, BoardKeys.Board) is { } fault)
                throw new ToolException(ExitCode.Bundle, $"{name}: {fault}");
        }
        catch (JsonException)
        {
            // whoever makes the bundle says what is wrong
        }

        return file;
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return SmallFile.Bytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }
}

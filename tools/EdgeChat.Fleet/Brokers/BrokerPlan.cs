using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>A node of a broker.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port, which speaks TLS.</param>
public sealed record BrokerNode(string Host, int Port);

/// <summary>What a broker's folder is for; kept in it as <c>broker.json</c>, without secrets.</summary>
public sealed record BrokerPlan
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "broker.json";

    /// <summary>Which broker.</summary>
    public required BrokerKind Kind { get; init; }

    /// <summary>Where it listens, with TLS, as boards reach it; more than one for a cluster.</summary>
    public required IReadOnlyList<BrokerNode> Nodes { get; init; }

    /// <summary>How clients prove who they are.</summary>
    public BrokerAuthentication Authentication { get; init; }

    /// <summary>The fleet's file, as a full path.</summary>
    public required string Fleet { get; init; }

    /// <summary>The name or address of the first.</summary>
    [JsonIgnore]
    public string Host => Nodes[0].Host;

    /// <summary>The port of the first.</summary>
    [JsonIgnore]
    public int Port => Nodes[0].Port;

    /// <summary>Whether clients come with certificates.</summary>
    [JsonIgnore]
    public bool HasCertificates => Authentication == BrokerAuthentication.Certificate;

    /// <summary>Whether it is a cluster.</summary>
    [JsonIgnore]
    public bool IsCluster => Nodes.Count > 1;

    /// <summary>Reads the plan of a folder.</summary>
    public static BrokerPlan Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            BrokerPlan plan = JsonSerializer.Deserialize<BrokerPlan>(File.ReadAllText(path), ToolJson.File)
                ?? throw new JsonException("it is null");
            if (plan.Nodes.Count == 0 || plan.Nodes.Any(n => n.Host is not { Length: > 0 } || n.Port is < 1 or > ushort.MaxValue))
                throw new JsonException("it must name the host and the port of each node");
            return plan;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FleetException($"{folder} is no broker's folder: `edgechat broker init {folder}` makes one", e);
        }
        catch (JsonException e)
        {
            throw new FleetException($"{path} is not what `edgechat broker init` has written ({(e.Path is null ? e.Message.TrimEnd('.')
                : $"at {e.Path}")}): bring it back from a copy, or make the folder again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: cannot be read ({FileFault.Of(e)})", e);
        }
    }

    /// <summary>The name of a file that each node has of its own.</summary>
    /// <param name="program">What the name begins with.</param>
    /// <param name="node">The node, from 1 on.</param>
    /// <param name="kind">What it ends with, without the dot.</param>
    public string FileOf(string program, int node, string kind) => IsCluster ? $"{program}-{node}.{kind}" : $"{program}.{kind}";

    /// <summary>The text of the file.</summary>
    public string Text() => JsonSerializer.Serialize(this, ToolJson.File) + "\n";
}

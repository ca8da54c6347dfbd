using System.Security.Cryptography;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>The keys of the demo's boards: each pair has one, made of a secret that lies in the folder of either. A folder that is made
/// anew has another secret, so its board never uses a key that it has used before.</summary>
public sealed class DemoKeys
{
    private const string SecretFile = "seal.secret";

    private readonly Dictionary<string, byte[]> _secrets = [];

    /// <summary>Takes a board's secret from its folder, or puts one there. Throws <see cref="ToolException"/> when that cannot
    /// be.</summary>
    public void Add(string id, string folder)
    {
        string path = Path.Combine(folder, SecretFile);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length != KeyTree.RootBytes)
                File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(KeyTree.RootBytes));
            _secrets[id] = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                ExitCode.Machine, $"{path}: cannot be used ({e.Message.TrimEnd('.')}); make the folder writable", e);
        }
    }

    /// <summary>The key of two boards; null when one is not of the demo.</summary>
    public byte[]? Of(string one, string other)
    {
        if (string.CompareOrdinal(one, other) > 0) (one, other) = (other, one);
        return one != other && _secrets.TryGetValue(one, out byte[]? first) && _secrets.TryGetValue(other, out byte[]? second)
            ? KeyTree.PairOfFleet([.. first, .. second], one, other)
            : null;
    }

    /// <summary>Gives a board its keys with others; those that it has already change nothing there.</summary>
    public void Give(string id, string folder, IReadOnlyList<string> others)
    {
        string path = Path.Combine(folder, PairKeys.File);
        try
        {
            File.WriteAllBytes(path, PairKeys.Write([.. others.Select(o => (o, Of(id, o)!))]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                ExitCode.Machine, $"{path}: cannot be written ({e.Message.TrimEnd('.')}); make the folder writable", e);
        }
    }

    /// <summary>What is inside a sealed body; null when the demo has no key for it, or it is not sound. The broker cannot do
    /// this.</summary>
    public byte[]? Open(string topic, byte[] body)
    {
        var name = new TopicName();
        if (!Topics.TryParse(topic, name) || name.Kind != TopicKind.Inbox || Of(name.From, name.To) is not { } root) return null;
        int header = Envelope.HeaderLength(body);
        var chain = new byte[SealChain.Bytes];
        SealChain.Install(chain, 0, KeyTree.OfDirection(root, name.From, name.To));
        if (header == 0 || !SealChain.TryEnter(chain, 0, Envelope.Life(body)) || !SealChain.TrySkip(chain, 0, Envelope.Number(body)))
            return null;
        byte[] seed = SealChain.Take(chain, 0);
        return A128CbcHs256.Decrypt(
            KeyTree.KeyOf(seed), KeyTree.VectorOf(seed), Envelope.Associated(topic, body, header), body, header, body.Length - header);
    }
}

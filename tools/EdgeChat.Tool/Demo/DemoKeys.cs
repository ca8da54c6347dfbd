using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>The keys of the demo's boards: each pair has one, made of a secret that lies in the folder of either. A folder that is made
/// anew has another secret, so its board never uses a key that it has used before. Those of sealed groups, which
/// boards make, are read off the packets. Safe from any thread once each board has its keys.</summary>
public sealed class DemoKeys
{
    private const string SecretFile = "seal.secret";

    private readonly Dictionary<string, byte[]> _secrets = [];
    private readonly ConcurrentDictionary<(string Group, int Epoch), byte[]> _groups = new();

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

    /// <summary>Takes the key of a group from the word of it, which one board has sealed for another (protocol, section 15).</summary>
    public void Learn(Body word)
    {
        if (word.Group is { } group && GroupKeyText.TryRead(word.Content, new Roster(), out byte[]? key) && key is not null)
            _groups[(group, word.From)] = key;
    }

    /// <summary>What is inside a sealed body; null when the demo has no key for it, or it is not sound. The broker cannot do
    /// this.</summary>
    public byte[]? Open(string topic, byte[] body)
    {
        var name = new TopicName();
        if (!Topics.TryParse(topic, name) || Envelope.HeaderLength(body) == 0) return null;
        if (Envelope.IsOfGroup(body))
        {
            return _groups
                .Where(g => g.Key.Epoch == Envelope.Epoch(body) && (name.Kind == TopicKind.Inbox || g.Key.Group == name.To))
                .Select(g => Open(KeyTree.OfMember(g.Value, g.Key.Group, name.From), topic, body))
                .FirstOrDefault(text => text is not null);
        }

        return name.Kind == TopicKind.Inbox && Of(name.From, name.To) is { } root
            ? Open(KeyTree.OfDirection(root, name.From, name.To), topic, body)
            : null;
    }

    private static byte[]? Open(byte[] ladder, string topic, byte[] body)
    {
        var chain = new byte[SealChain.Bytes];
        SealChain.Install(chain, 0, ladder);
        return SealChain.TryEnter(chain, 0, Envelope.Life(body)) && SealChain.TrySkip(chain, 0, Envelope.Number(body))
            ? Envelope.Disclose(topic, body, Envelope.HeaderLength(body), SealChain.Take(chain, 0))
            : null;
    }
}

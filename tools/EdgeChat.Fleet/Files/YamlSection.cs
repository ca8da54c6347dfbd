using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace EdgeChat.Fleet;

/// <summary>A mapping of the fleet file, read key by key. What is wrong is noted with its line, and reading goes on, so that all faults are
/// told at once.</summary>
internal sealed class YamlSection
{
    private readonly YamlMappingNode _node;
    private readonly List<string> _faults;
    private readonly string _path;
    private readonly HashSet<string> _known = [];

    public YamlSection(YamlMappingNode node, string path, List<string> faults)
    {
        _node = node;
        _path = path;
        _faults = faults;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => _known.Add(key) | Find(key) is not null;

    /// <summary>A text; null when it is not there or is none, which is noted.</summary>
    public string? Text(string key, int most = 255, bool isRequired = false)
    {
        YamlNode? node = Take(key, isRequired);
        if (node is null) return null;
        if (node is YamlScalarNode { Value: { Length: > 0 } text } && text.Length <= most) return text;
        Wrong(key, node, $"must be a text of 1 to {most} characters");
        return null;
    }

    /// <summary>A whole number, or <paramref name="fallback"/>.</summary>
    public int Number(string key, int least, int most, int fallback)
    {
        YamlNode? node = Take(key, false);
        if (node is null) return fallback;
        if (node is YamlScalarNode scalar
            && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least
                && value <= most)
            return value;
        Wrong(key, node, $"must be a whole number from {least} to {most}");
        return fallback;
    }

    /// <summary>True or false, or <paramref name="fallback"/>.</summary>
    public bool Flag(string key, bool fallback)
    {
        YamlNode? node = Take(key, false);
        if (node is null) return fallback;
        if (node is YamlScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        Wrong(key, node, "must be true or false");
        return fallback;
    }

    /// <summary>A list of texts; empty when it is not there.</summary>
    public IReadOnlyList<string> Texts(string key, int most)
    {
        YamlNode? node = Take(key, false);
        if (node is null) return [];
        if (node is not YamlSequenceNode list || list.Children.Any(c => c is not YamlScalarNode { Value.Length: > 0 }))
        {
            Wrong(key, node, "must be a list of texts, such as [alice, bob]");
            return [];
        }

        if (list.Children.Count > most) Wrong(key, node, $"has {list.Children.Count} entries and may have {most}");
        string[] texts = [.. list.Children.Cast<YamlScalarNode>().Select(c => c.Value!)];
        if (texts.Distinct().Count() < texts.Length) Wrong(key, node, "names one twice");
        return texts;
    }

    /// <summary>One of some words, or null.</summary>
    public string? Word(string key, params string[] words)
    {
        string? word = Text(key);
        if (word is null || words.Contains(word)) return word;
        string hint = Nearest.Of(word, words) is { } near ? $", did you mean {near}?" : "";
        Wrong(key, Find(key)!, $"must be one of {string.Join(", ", words)}{hint}");
        return null;
    }

    /// <summary>A mapping inside this one, or null.</summary>
    public YamlSection? Section(string key, bool isRequired = false)
    {
        YamlNode? node = Take(key, isRequired);
        if (node is null) return null;
        if (node is YamlMappingNode inner) return new YamlSection(inner, $"{_path}{key}.", _faults);
        Wrong(key, node, "must be a mapping, a line with `key: value` for each");
        return null;
    }

    /// <summary>The mappings inside the mapping of a key, by their names.</summary>
    public IEnumerable<(string Name, YamlSection Section)> Sections(string key, bool isRequired = false)
    {
        YamlNode? node = Take(key, isRequired);
        if (node is null) yield break;
        if (node is not YamlMappingNode all)
        {
            Wrong(key, node, "must be a mapping with a name before each entry");
            yield break;
        }

        foreach (var (name, value) in all.Children)
        {
            string text = (name as YamlScalarNode)?.Value ?? "";
            if (value is YamlMappingNode inner) yield return (text, new YamlSection(inner, $"{_path}{key}.{text}.", _faults));
            else if (value is YamlScalarNode { Value: null or "" }) yield return (text,
                new YamlSection([], $"{_path}{key}.{text}.", _faults));
            else Wrong($"{key}.{text}", value, "must be a mapping");
        }
    }

    /// <summary>Notes each key that nothing has asked for, with the one that was meant.</summary>
    public void RefuseOthers()
    {
        foreach (YamlNode node in _node.Children.Keys)
        {
            string key = (node as YamlScalarNode)?.Value ?? node.ToString();
            if (_known.Contains(key)) continue;
            string hint = key is "password" or "passphrase" or "secret"
                ? "; a secret never stands in this file: put it into a file of its own"
                : Nearest.Of(key, _known) is { } near ? $", did you mean \"{near}\"?" : $"; known are {string.Join(", ", _known.Order())}";
            _faults.Add($"line {node.Start.Line}: \"{_path}{key}\" is no key{hint}");
        }
    }

    /// <summary>Notes what is wrong with a key's value.</summary>
    public void Wrong(string key, string what)
    {
        if (Find(key) is { } node) Wrong(key, node, what);
        else _faults.Add($"line {_node.Start.Line}: \"{_path}{key}\" {what}");
    }

    private void Wrong(string key, YamlNode node, string what)
    {
        string value = node is YamlScalarNode scalar ? $" is \"{scalar.Value}\"; it" : "";
        _faults.Add($"line {node.Start.Line}: \"{_path}{key}\"{value} {what}");
    }

    private YamlNode? Take(string key, bool isRequired)
    {
        _known.Add(key);
        YamlNode? node = Find(key);
        if (node is null && isRequired) _faults.Add($"line {Math.Max(1, _node.Start.Line)}: \"{_path}{key}\" is missing");
        return node is YamlScalarNode { Value: null or "" } && !isRequired ? null : node;
    }

    private YamlNode? Find(string key) => _node.Children.FirstOrDefault(c => (c.Key as YamlScalarNode)?.Value == key).Value;
}

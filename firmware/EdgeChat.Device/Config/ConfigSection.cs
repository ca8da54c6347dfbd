using System;
using System.Collections;
using EdgeChat.Core;

namespace EdgeChat.Device;

/// <summary>One object of a configuration file, read key by key with its checks.</summary>
public sealed class ConfigSection
{
    /// <summary>Fallback of <see cref="Number"/> for a key that must be there.</summary>
    public const int Required = int.MinValue;

    private readonly string _file;
    private readonly string _path;
    private readonly Hashtable _values;

    /// <summary>Wraps what was read; <paramref name="path"/> is what comes before a key in messages.</summary>
    public ConfigSection(string file, string path, Hashtable values)
    {
        _file = file;
        _path = path;
        _values = values;
    }

    /// <summary>An object inside this one, or null when it is not there.</summary>
    public ConfigSection Section(string key)
    {
        object value = _values[key]; // it stays, with what is not read of it
        if (value == null) return null;
        if (value is Hashtable inner) return new ConfigSection(_file, _path + key + ".", inner);
        throw Wrong(key, value, "must be an object in braces");
    }

    /// <summary>A text of 1 to <paramref name="most"/> characters, or null when it is not there.</summary>
    public string Text(string key, int most)
    {
        object value = Take(key);
        if (value == null) return null;
        string text = value as string;
        if (text == null) throw Wrong(key, value, "must be a text in quotes");
        if (text.Length == 0 || text.Length > most) throw Wrong(key, value, "must have 1 to " + most + " characters");
        return text;
    }

    /// <summary>A text that must be there; <paramref name="example"/> is shown to who forgot it.</summary>
    public string Text(string key, int most, string example)
    {
        string text = Text(key, most);
        if (text == null) throw Missing(key, "\"" + example + "\"");
        return text;
    }

    /// <summary>As <see cref="Text(string, int)"/>, for what no screen and no log may show.</summary>
    public string Secret(string key, int most)
    {
        object value = Take(key);
        if (value == null) return null;
        if (value is string text && text.Length > 0 && text.Length <= most) return text;
        throw new ConfigException(Name(key) + " cannot be used; it must be a text in quotes of 1 to " + most + " characters.");
    }

    /// <summary>A whole number between two others, or <paramref name="fallback"/> when it is not there.</summary>
    public int Number(string key, int least, int most, int fallback)
    {
        object value = Take(key);
        if (value == null)
        {
            if (fallback != Required) return fallback;
            throw Missing(key, least.ToString());
        }

        if (value is int number && number >= least && number <= most) return number;
        throw Wrong(key, value, "must be a whole number from " + least + " to " + most);
    }

    /// <summary>True or false, or <paramref name="fallback"/> when it is not there.</summary>
    public bool Flag(string key, bool fallback)
    {
        object value = Take(key);
        if (value == null) return fallback;
        if (value is bool flag) return flag;
        throw Wrong(key, value, "must be true or false");
    }

    /// <summary>A list of texts; null when it is not there or empty.</summary>
    public string[] Texts(string key, int most)
    {
        object value = Take(key);
        if (value == null) return null;
        var list = value as ArrayList;
        if (list == null) throw Wrong(key, value, "must be a list of texts in square brackets");
        if (list.Count == 0) return null;
        if (list.Count > most) throw Wrong(key, value, "has " + list.Count + " entries and may have " + most);
        string[] texts = Column.Strings(list.Count);
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = list[i] as string;
            if (texts[i] == null) throw Wrong(key, list[i], "must be a list of texts in square brackets");
        }

        return texts;
    }

    /// <summary>Names and passwords of one or two networks in turn, or null when it is not there; what no screen and no log may
    /// show.</summary>
    public string[] Networks(string key)
    {
        object value = Take(key);
        if (value == null) return null;
        var list = value as ArrayList;
        bool isSound = list != null && (list.Count == 2 || list.Count == 4);
        for (int i = 0; isSound && i < list.Count; i++) isSound = list[i] is string text && (text.Length > 0 || i % 2 == 1);
        if (!isSound)
            throw new ConfigException(Name(key) + " cannot be used; it must be a list of one or two names, each with its password.");
        string[] networks = Column.Strings(list.Count);
        for (int i = 0; i < networks.Length; i++) networks[i] = (string)list[i];
        return networks;
    }

    /// <summary>Leaves out a key that is not for the board.</summary>
    public void Skip(string key) { _values.Remove(key); }

    /// <summary>A key that nobody has asked for, with its file, or null: a slip, or it is for another firmware.</summary>
    public string Unread()
    {
        string key = Unread(_values, _path);
        return key == null ? null : _file + ": \"" + key + "\"";
    }

    private static string Unread(Hashtable values, string path)
    {
        IEnumerator keys = values.Keys.GetEnumerator();
        while (keys.MoveNext())
        {
            object key = keys.Current;
            string found = path + key;
            if (values[key] is Hashtable inner) found = Unread(inner, found + ".");
            if (found != null) return found;
        }

        return null;
    }

    /// <summary>What to throw for a value that is not as expected.</summary>
    public ConfigException Wrong(string key, object value, string expectation)
    {
        return new ConfigException(Name(key) + " is " + Describe(value) + "; it " + expectation + ".");
    }

    private object Take(string key)
    {
        object value = _values[key];
        _values.Remove(key);
        return value;
    }

    private ConfigException Missing(string key, string example)
    {
        return new ConfigException(Name(key) + " is missing; add it, such as \"" + key + "\": " + example + ".");
    }

    private string Name(string key) { return _file + ": \"" + _path + key + "\""; }

    private static string Describe(object value)
    {
        if (value == null) return "null";
        if (value is string text) return "\"" + text + "\"";
        if (value is Hashtable) return "an object";
        if (value is ArrayList) return "a list";
        if (value is bool flag) return flag ? "true" : "false";
        if (value is DateTime) return "a text that looks like a date";
        return value.ToString();
    }
}

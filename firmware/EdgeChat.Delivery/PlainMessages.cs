using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Remembers what came without number during the last minute: the same again is a duplicate. The oldest gives way.</summary>
internal sealed class PlainMessages
{
    private const int Places = 16;
    private readonly int[] _hashes = new int[Places];
    private readonly long[] _untilMs = new long[Places];
    private int _next;

    /// <summary>Whether the same body came from the same sender within <see cref="Limits.SameBodyMs"/>.</summary>
    public bool IsRepeated(string conversation, string sender, Body body, byte[] content, long nowMs)
    {
        int hash = Hash(conversation, sender, body, content);
        for (int i = 0; i < Places; i++)
            if (_hashes[i] == hash && _untilMs[i] > nowMs) return true;
        return false;
    }

    /// <summary>Remembers a body that was taken.</summary>
    public void Remember(string conversation, string sender, Body body, byte[] content, long nowMs)
    {
        _hashes[_next] = Hash(conversation, sender, body, content);
        _untilMs[_next] = nowMs + Limits.SameBodyMs;
        _next = (_next + 1) % Places;
    }

    private static int Hash(string conversation, string sender, Body body, byte[] content)
    {
        int hash = Add(unchecked((int)2166136261), conversation);
        hash = Add(hash, sender);
        hash = Add(hash, body.Type);
        if (body.ReplyTo != null) hash = Add(hash, body.ReplyTo);
        hash = Add(hash, content) ^ (int)body.Time;
        return hash;
    }

    private static int Add(int hash, string text) { return Add(hash, System.Text.Encoding.UTF8.GetBytes(text)); }

    // FNV-1a, 32 bits, with a NUL behind each part
    private static int Add(int hash, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) hash = (hash ^ bytes[i]) * 16777619;
        return hash * 16777619;
    }
}

namespace EdgeChat.Core;

/// <summary>Remembers what came without number during the last minute: the same again is a duplicate. The oldest gives way.</summary>
/// <remarks>Made with the first of them: most boards never get one.</remarks>
public sealed class PlainMessages
{
    private readonly int[] _seen = new int[Limits.PlainBodies * 2]; // of a body: its hash, and until when it counts in tenths of a second
    private int _next;

    /// <summary>Whether the same body came from the same sender within <see cref="Limits.SameBodyMs"/>.</summary>
    public bool IsRepeated(int hash, int nowTenths)
    {
        for (int i = 0; i < _seen.Length; i += 2)
            if (_seen[i] == hash && _seen[i + 1] > nowTenths) return true;
        return false;
    }

    /// <summary>Remembers a body that was taken.</summary>
    public void Remember(int hash, int nowTenths)
    {
        _seen[_next] = hash;
        _seen[_next + 1] = nowTenths + Limits.SameBodyMs / 100;
        _next = (_next + 2) % _seen.Length;
    }

    /// <summary>The hash of a body: FNV-1a, 32 bits, with a NUL behind each part.</summary>
    public static int Hash(string conversation, string sender, Body body, byte[] content)
    {
        int hash = Add(unchecked((int)2166136261), conversation);
        hash = Add(hash, sender);
        hash = Add(hash, body.Type);
        if (body.ReplyTo != null) hash = Add(hash, body.ReplyTo);
        return Add(hash, content) ^ (int)body.Time;
    }

    private static int Add(int hash, string text) { return Add(hash, System.Text.Encoding.UTF8.GetBytes(text)); }

    private static int Add(int hash, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) hash = (hash ^ bytes[i]) * 16777619;
        return hash * 16777619;
    }
}

using System.Text;

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

    /// <summary>The hash of a body.</summary>
    public static int Hash(string conversation, string sender, Body body, byte[] content)
    {
        int hash = Add(Fnv1a.Basis, conversation);
        hash = Add(hash, sender);
        hash = Add(hash, body.Type);
        if (body.ReplyTo != null) hash = Add(hash, body.ReplyTo);
        return Fnv1a.Add(hash, content, 0, content.Length) ^ (int)body.Time;
    }

    private static int Add(int hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Fnv1a.Add(hash, bytes, 0, bytes.Length);
    }
}

using System.Collections;
using System.Text;

namespace EdgeChat.TestKit;

/// <summary>All that reached a broker, in order: topic, body and who published it.</summary>
public sealed class PublishLog
{
    private readonly ArrayList _topics = new ArrayList();
    private readonly ArrayList _bodies = new ArrayList();
    private readonly ArrayList _boards = new ArrayList();

    /// <summary>How many publishes there were.</summary>
    public int Count { get { return _topics.Count; } }

    /// <summary>The body published last, or an empty text.</summary>
    public string LastBody { get { return Count == 0 ? "" : TextAt(Count - 1); } }

    /// <summary>The topic of a publish.</summary>
    public string TopicAt(int i) { return (string)_topics[i]; }

    /// <summary>The body of a publish.</summary>
    public byte[] BodyAt(int i) { return (byte[])_bodies[i]; }

    /// <summary>The body of a publish as text.</summary>
    public string TextAt(int i)
    {
        byte[] body = BodyAt(i);
        return body.Length == 0 ? "" : new string(Encoding.UTF8.GetChars(body));
    }

    /// <summary>The board that published, or null for a will or a plain client.</summary>
    public BoardHost BoardAt(int i) { return (BoardHost)_boards[i]; }

    /// <summary>How many publishes had a topic and a part in the body; an empty part is in all.</summary>
    public int CountOf(string topic, string part)
    {
        int count = 0;
        for (int i = 0; i < Count; i++)
        {
            if (TopicAt(i) != topic) continue;
            // nanoCLR does not find an empty text
            if (part.Length == 0 || TextAt(i).IndexOf(part) >= 0) count++;
        }

        return count;
    }

    /// <summary>The body published of the last publish to a topic whose body begins so, or an empty text.</summary>
    public string LastOf(string topic, string beginning)
    {
        for (int i = Count - 1; i >= 0; i--)
            if (TopicAt(i) == topic && TextAt(i).StartsWith(beginning)) return TextAt(i);
        return "";
    }

    internal void Add(string topic, byte[] body, BoardHost board)
    {
        _topics.Add(topic);
        _bodies.Add(body);
        _boards.Add(board);
    }
}

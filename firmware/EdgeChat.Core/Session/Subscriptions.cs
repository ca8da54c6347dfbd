using System;

namespace EdgeChat.Core;

/// <summary>Which topic filters are wanted and which the broker has granted; says what to subscribe to and to unsubscribe from.</summary>
internal sealed class Subscriptions
{
    private static readonly string[] None = new string[0];
    private readonly string _own;
    private readonly string _inbox;
    private string[] _wanted = None;
    private string[] _granted = None;
    private string[] _stale;

    /// <summary>Makes the subscriptions of a device, which always reads its own presence.</summary>
    public Subscriptions(string device)
    {
        _own = Topics.Presence(device);
        _inbox = Topics.Inbox(device, "");
    }

    /// <summary>The broker has no session: nothing is granted any more.</summary>
    public void Forget()
    {
        _granted = None;
        _stale = null;
    }

    /// <summary>Sets what is wanted: these filters and the own presence.</summary>
    public void Want(string[] filters)
    {
        string[] wanted = new string[filters.Length + 1];
        Array.Copy(filters, wanted, filters.Length);
        wanted[filters.Length] = _own;
        _wanted = wanted;
    }

    /// <summary>What is wanted and not granted, or null when that is nothing.</summary>
    public string[] Missing()
    {
        return Without(_wanted, _granted);
    }

    /// <summary>What the broker still sends and nobody wants, or null; it counts as gone from now on.</summary>
    public string[] TakeSurplus()
    {
        string[] surplus = Without(_granted, _wanted);
        if (surplus != null) _granted = Without(_granted, surplus) ?? None;
        string[] stale = _stale == null ? null : Without(_stale, _wanted);
        _stale = null;
        return surplus == null ? stale : stale == null ? surplus : Join(surplus, stale);
    }

    /// <summary>Takes a SUBACK for what was asked; gives the first filter that it refuses, or null.</summary>
    public string Take(string[] asked, byte[] codes)
    {
        string refused = null;
        string[] granted = new string[asked.Length];
        int count = 0;
        for (int i = 0; i < asked.Length; i++)
        {
            if (codes == null || (i < codes.Length && codes[i] <= 2)) granted[count++] = asked[i]; // 0x80: failure, section 3.9.3
            else if (refused == null) refused = asked[i];
        }

        _granted = Join(_granted, Cut(granted, count));
        return refused;
    }

    /// <summary>Whether a message came on a topic that no wanted filter has, from a subscription of an earlier life; <see cref="TakeSurplus"/> ends it.</summary>
    public bool IsStranger(string topic)
    {
        if (_stale != null || topic == null || topic.StartsWith(_inbox) || Contains(_wanted, topic, 0)) return false;
        string parent = topic.Substring(0, topic.LastIndexOf('/') + 1);
        if (parent.Length == 0 || Contains(_wanted, parent + "+", 0)) return false;
        _stale = new string[] { topic, parent + "+" };
        return true;
    }

    // what of the first is not in the second, or null when nothing is left
    private static string[] Without(string[] all, string[] taken)
    {
        if (taken.Length == 0) return all.Length == 0 ? null : all;
        string[] left = new string[all.Length];
        int count = 0;
        for (int i = 0; i < all.Length; i++)
            if (!Contains(taken, all[i], i)) left[count++] = all[i];
        return count == 0 ? null : Cut(left, count);
    }

    // lists mostly agree, so the same place is looked at first
    private static bool Contains(string[] list, string filter, int place)
    {
        if (place < list.Length && list[place] == filter) return true;
        for (int i = 0; i < list.Length; i++)
            if (list[i] == filter) return true;
        return false;
    }

    private static string[] Cut(string[] list, int count)
    {
        if (count == list.Length) return list;
        string[] cut = new string[count];
        Array.Copy(list, cut, count);
        return cut;
    }

    private static string[] Join(string[] first, string[] second)
    {
        if (first.Length == 0) return second;
        string[] both = new string[first.Length + second.Length];
        Array.Copy(first, both, first.Length);
        Array.Copy(second, 0, both, first.Length, second.Length);
        return both;
    }
}

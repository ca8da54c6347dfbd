namespace EdgeChat.Delivery;

/// <summary>Which incarnation of a device a stream is in, and how far it reaches.</summary>
internal static class StreamLife
{
    /// <summary>Takes note that numbers of an incarnation are known; a higher incarnation begins the stream anew. False when it is of an earlier life.</summary>
    public static bool Note(StreamTable streams, int row, int incarnation, int first, int high)
    {
        int known = streams[row, StreamField.Incarnation];
        if (incarnation < known) return false;
        if (incarnation > known)
        {
            streams[row, StreamField.Incarnation] = incarnation;
            streams[row, StreamField.High] = 0;
            streams[row, StreamField.First] = 0;
            streams[row, StreamField.Floor] = 0;
            streams[row, StreamField.Shown] = 0;
            streams.Set(row, StreamField.BottomIsHole, false);
        }

        if (high > streams[row, StreamField.High]) streams[row, StreamField.High] = high;
        if (first > 0 && (streams[row, StreamField.First] == 0 || first < streams[row, StreamField.First])) streams[row, StreamField.First] = first;
        return true;
    }
}

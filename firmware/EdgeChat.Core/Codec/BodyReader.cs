namespace EdgeChat.Core;

/// <summary>Reads message, presence and profile bodies as docs/protocol.md defines them: refuses what is wrong, skips what is
/// unknown.</summary>
/// <remarks>Never throws, whatever the bytes are, and allocates nothing but strings. After a refusal the fields of the
/// body are those read so far; only the error counts.</remarks>
public static class BodyReader
{
    private const long MaxTime = 253402300799; // the last second of the year 9999
    private const int MaxCounter = int.MaxValue - 1; // at its end nothing could follow: one such message would be the last that is believed

    /// <summary>Reads the body of a message: topics <c>ec1/i</c> and <c>ec1/g</c>.</summary>
    public static BodyError Read(byte[] bytes, int count, Body into)
    {
        BodyError error = Begin(bytes, count, into);
        if (error != BodyError.None) return error;
        JsonReader json = into.Json;
        while (json.NextKey())
        {
            error = json.TextCount <= 2 ? ReadShortKey(json, into) : ReadLongKey(json, into);
            if (error != BodyError.None) return Finish(json, error);
        }

        error = End(json);
        return error != BodyError.None ? error : CheckType(into);
    }

    /// <summary>Reads the body of a presence: topic <c>ec1/p</c>.</summary>
    public static BodyError ReadPresence(byte[] bytes, int count, Body into)
    {
        BodyError error = Begin(bytes, count, into);
        if (error != BodyError.None) return error;
        JsonReader json = into.Json;
        while (json.NextKey())
        {
            switch (ShortKey(json))
            {
                case 's': error = ReadText(json, ref into.State); break;
                case 'b': error = ReadInt(json, MaxCounter, ref into.Boot); break;
                case 'c': error = ReadInt(json, MaxCounter, ref into.Connection); break;
                case 'w': error = ReadInt(json, int.MaxValue, ref into.WakeAfter); break;
                case 'e': error = ReadIncarnation(json, ref into.Incarnation); break;
                case 't': error = ReadTime(json, into); break;
                default: error = Skip(json); break;
            }

            if (error != BodyError.None) return Finish(json, error);
        }

        error = End(json);
        return error != BodyError.None ? error : into.State == null ? BodyError.MissingField : BodyError.None;
    }

    /// <summary>Reads the body of a profile: topic <c>ec1/d</c>.</summary>
    public static BodyError ReadProfile(byte[] bytes, int count, Body into)
    {
        BodyError error = Begin(bytes, count, into);
        if (error != BodyError.None) return error;
        JsonReader json = into.Json;
        while (json.NextKey())
        {
            if (json.TextIs('n', 'm')) error = ReadText(json, ref into.Name);
            else if (json.TextIs('e', '\0')) error = ReadIncarnation(json, ref into.Incarnation);
            else if (json.TextIs("cap")) error = ReadText(json, ref into.Capabilities);
            else error = Skip(json);
            if (error != BodyError.None) return Finish(json, error);
        }

        return End(json);
    }

    /// <summary>Refuses a body that claims another sender than the one that the broker let write to the topic, or takes back or
    /// edits what another has sent.</summary>
    public static BodyError CheckSender(Body body, string from)
    {
        bool isOwn = body.Sender == null || body.Sender == from;
        if (isOwn && (body.Type == BodyTypes.TakeBack || body.Type == BodyTypes.Edit)) isOwn = IsMessageOf(body.ReplyTo, from);
        return isOwn ? BodyError.None : BodyError.WrongSender;
    }

    private static bool IsMessageOf(string message, string sender)
    {
        if (message.Length <= sender.Length || !message.StartsWith(sender)) return false;
        char next = message[sender.Length];
        return next == '/' || next == '.';
    }

    private static BodyError Begin(byte[] bytes, int count, Body into)
    {
        into.Clear();
        if (count > Body.MaxBytes) return BodyError.TooLong;
        BodyError error = StrictUtf8.Check(bytes, count);
        if (error != BodyError.None) return error;
        into.Json.Start(bytes, count);
        if (into.Json.Enter('{')) return BodyError.None;
        error = into.Json.Error;
        return Finish(into.Json, error == BodyError.WrongType ? BodyError.NotJson : error);
    }

    private static BodyError End(JsonReader json)
    {
        if (json.Error == BodyError.None) json.ReadEnd();
        return Finish(json, json.Error);
    }

    private static BodyError Finish(JsonReader json, BodyError error)
    {
        json.Release();
        return error;
    }

    private static BodyError ReadShortKey(JsonReader json, Body into)
    {
        if (json.TextIs('r', 'e')) return ReadText(json, ref into.ReplyTo);
        if (json.TextIs('l', 'a')) return ReadDegrees(json, ref into.Latitude);
        if (json.TextIs('l', 'o')) return ReadDegrees(json, ref into.Longitude);
        switch (ShortKey(json))
        {
            case 'n': return ReadPositive(json, ref into.N);
            case 't': return ReadTime(json, into);
            case 'c': return ReadContent(json, into);
            case 'e': return ReadIncarnation(json, ref into.Incarnation);
            case 'y': return ReadType(json, into);
            case 'g': return ReadText(json, ref into.Group);
            case 'd': return ReadInt(json, int.MaxValue, ref into.Have);
            case 's': return ReadInt(json, int.MaxValue, ref into.Shown);
            case 'a': return ReadPositive(json, ref into.From);
            case 'z': return ReadPositive(json, ref into.To);
            case 'h': return ReadHoles(json, into);
            case 'f': return ReadPositive(json, ref into.First);
            case 'i': return ReadIncarnation(json, ref into.StreamIncarnation);
            case 'x': return ReadInt(json, 1, ref into.Flag);
            case 'v': return json.ReadScalar() ? TakeShort(json, ref into.Value) : json.Error;
            case 'u': return ReadText(json, ref into.Unit);
            default: return Skip(json);
        }
    }

    private static BodyError ReadLongKey(JsonReader json, Body into)
    {
        if (json.TextIs("content")) return ReadContent(json, into);
        if (json.TextIs("sender")) return ReadText(json, ref into.Sender);
        if (!json.TextIs("timestamp")) return Skip(json);
        if (!json.IsString) return ReadTime(json, into);
        if (!json.ReadString()) return json.Error;
        into.Time = IsoTime.Parse(json.Text, json.TextStart, json.TextCount);
        return into.Time < 0 ? BodyError.WrongType : BodyError.None;
    }

    private static char ShortKey(JsonReader json)
    {
        return json.TextCount == 1 ? (char)json.Text[json.TextStart] : '\0';
    }

    private static BodyError ReadInt(JsonReader json, int max, ref int field)
    {
        if (!json.ReadInteger(max, false)) return json.Error;
        field = (int)json.Number;
        return BodyError.None;
    }

    private static BodyError ReadPositive(JsonReader json, ref int field)
    {
        BodyError error = ReadInt(json, int.MaxValue, ref field);
        return error == BodyError.None && field == 0 ? BodyError.OutOfRange : error;
    }

    private static BodyError ReadIncarnation(JsonReader json, ref int field)
    {
        BodyError error = ReadInt(json, Body.MaxIncarnation, ref field);
        return error == BodyError.None && field == 0 ? BodyError.OutOfRange : error;
    }

    // plain clients often write seconds with a fraction
    private static BodyError ReadTime(JsonReader json, Body into)
    {
        if (!json.ReadInteger(MaxTime, true)) return json.Error;
        into.Time = json.Number;
        return BodyError.None;
    }

    private static BodyError ReadText(JsonReader json, ref string field)
    {
        return json.ReadString() ? TakeShort(json, ref field) : json.Error;
    }

    private static BodyError ReadDegrees(JsonReader json, ref string field)
    {
        return json.ReadNumber() ? TakeShort(json, ref field) : json.Error;
    }

    private static BodyError TakeShort(JsonReader json, ref string field)
    {
        if (json.TextCount > Limits.ShortTextBytes) return BodyError.OutOfRange;
        field = json.TakeText();
        return BodyError.None;
    }

    private static BodyError ReadContent(JsonReader json, Body into)
    {
        if (!json.ReadString()) return json.Error;
        if (json.TextCount > Body.MaxContentBytes) return BodyError.ContentTooLong;
        into.Content = json.TakeText();
        return BodyError.None;
    }

    // the known types are constants already: no string is made for them
    private static BodyError ReadType(JsonReader json, Body into)
    {
        if (!json.ReadString()) return json.Error;
        switch (ShortKey(json))
        {
            case 'r': into.Type = BodyTypes.Receipt; return BodyError.None;
            case 'q': into.Type = BodyTypes.Resend; return BodyError.None;
            case 'l': into.Type = BodyTypes.Lost; return BodyError.None;
            case 'v': into.Type = BodyTypes.Value; return BodyError.None;
            case 'b': into.Type = BodyTypes.Reaction; return BodyError.None;
            case 'u': into.Type = BodyTypes.TakeBack; return BodyError.None;
            case 'e': into.Type = BodyTypes.Edit; return BodyError.None;
            case 'k': into.Type = BodyTypes.GroupKey; return BodyError.None;
            case 'j': into.Type = BodyTypes.Invite; return BodyError.None;
            case 'w': into.Type = BodyTypes.Leave; return BodyError.None;
            case 'p': into.Type = BodyTypes.Ask; return BodyError.None;
            case 'c': into.Type = BodyTypes.Configure; return BodyError.None;
            case 'o': into.Type = BodyTypes.Outcome; return BodyError.None;
            default: return TakeShort(json, ref into.Type);
        }
    }

    private static BodyError ReadHoles(JsonReader json, Body into)
    {
        into.ClearHoles();
        if (!json.Enter('[')) return json.Error;
        while (json.NextItem())
        {
            if (!json.ReadInteger(int.MaxValue, false)) return json.Error;
            if (json.Number == 0 || !into.AddHole((int)json.Number)) return BodyError.OutOfRange;
        }

        return json.Error;
    }

    private static BodyError Skip(JsonReader json)
    {
        json.Skip();
        return json.Error;
    }

    private static BodyError CheckType(Body body)
    {
        switch (body.Type)
        {
            case BodyTypes.Text:
                return body.Content == null ? BodyError.MissingField : BodyError.None;
            case BodyTypes.Receipt:
                if (body.Have < 0) return BodyError.MissingField;
                return body.Shown > body.Have ? BodyError.OutOfRange : BodyError.None;
            case BodyTypes.Resend:
            case BodyTypes.Lost:
                if (body.From == 0 || body.To == 0) return BodyError.MissingField;
                return body.From > body.To ? BodyError.OutOfRange : BodyError.None;
            case BodyTypes.Value:
                return body.Value == null && (body.Latitude == null || body.Longitude == null) ? BodyError.MissingField : BodyError.None;
            case BodyTypes.Reaction:
                return body.ReplyTo == null || body.Content == null ? BodyError.MissingField : BodyError.None;
            case BodyTypes.TakeBack:
                return body.ReplyTo == null || body.N == 0 ? BodyError.MissingField : BodyError.None;
            case BodyTypes.Edit:
                // without its time nobody could tell whether it is in time
                bool hasAll = body.ReplyTo != null && body.N != 0 && body.Time != 0 && body.Content != null && body.Content.Length > 0;
                return hasAll ? BodyError.None : BodyError.MissingField;
            case BodyTypes.Invite:
            case BodyTypes.Leave:
                return body.Group == null ? BodyError.MissingField : BodyError.None;
            case BodyTypes.Configure:
            case BodyTypes.Outcome:
                return body.From == 0 || body.Content == null ? BodyError.MissingField : BodyError.None;
            case BodyTypes.GroupKey:
                return body.Content == null ? BodyError.MissingField : BodyError.None;
            default:
                return BodyError.None;
        }
    }
}

namespace EdgeChat.Core;

/// <summary>Reads rosters as docs/protocol.md defines them: refuses what is wrong, skips what is unknown, never throws.</summary>
public static class RosterReader
{
    /// <summary>Reads the body of topic <c>ec1/r</c>; <paramref name="scratch"/> lends its reader.</summary>
    public static BodyError Read(byte[] bytes, int count, Body scratch, Roster into)
    {
        into.Clear();
        if (count > Body.MaxBytes) return BodyError.TooLong;
        BodyError error = StrictUtf8.Check(bytes, count);
        if (error != BodyError.None) return error;
        JsonReader json = scratch.Json;
        json.Start(bytes, count);
        error = json.Enter('{') ? ReadKeys(json, into) : BodyError.NotJson;
        json.Release();
        return error;
    }

    private static BodyError ReadKeys(JsonReader json, Roster into)
    {
        string[] admins = Column.Strings(Limits.GroupMembers);
        int adminCount = 0;
        bool hasMembers = false;
        while (json.NextKey())
        {
            BodyError error = BodyError.None;
            if (json.TextIs('v', '\0'))
            {
                if (!json.ReadInteger(int.MaxValue - 1, false)) return json.Error; // a counter at its end could never be raised
                into.Version = (int)json.Number;
            }
            else if (json.TextIs('b', 'y'))
            {
                if (!json.ReadString()) return json.Error;
                into.By = json.TakeText();
            }
            else if (json.TextIs('n', 'm'))
            {
                if (!json.ReadString()) return json.Error;
                if (json.TextCount > Limits.ShortTextBytes) return BodyError.OutOfRange;
                into.Name = json.TakeText();
            }
            else if (json.TextIs('m', '\0'))
            {
                hasMembers = true;
                error = ReadIds(json, into.Members, ref into.Count);
            }
            else if (json.TextIs('a', '\0'))
            {
                error = ReadIds(json, admins, ref adminCount);
            }
            else
            {
                json.Skip();
            }

            if (error != BodyError.None) return error;
            if (json.Error != BodyError.None) return json.Error;
        }

        if (json.Error == BodyError.None) json.ReadEnd();
        if (json.Error != BodyError.None) return json.Error;
        if (into.Version == 0 || into.By == null || !hasMembers) return BodyError.MissingField;
        if (!Topics.IsDeviceId(into.By)) return BodyError.OutOfRange;
        return TakeAdmins(into, admins, adminCount);
    }

    private static BodyError ReadIds(JsonReader json, string[] into, ref int count)
    {
        count = 0;
        if (!json.Enter('[')) return json.Error;
        while (json.NextItem())
        {
            if (!json.ReadString()) return json.Error;
            if (count == into.Length) return BodyError.OutOfRange;
            string id = json.TakeText();
            if (!Topics.IsDeviceId(id)) return BodyError.OutOfRange;
            for (int i = 0; i < count; i++)
                if (into[i] == id) return BodyError.OutOfRange;
            into[count++] = id;
        }

        return json.Error;
    }

    // an admin who is no member is none
    private static BodyError TakeAdmins(Roster into, string[] admins, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int place = into.Find(admins[i]);
            if (place >= 0) into.Admins |= 1 << place;
        }

        return BodyError.None;
    }
}

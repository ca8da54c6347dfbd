using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>location</c>: a place.</summary>
internal sealed class LocationCommand : SendingCommand
{
    public const string Word = "location";

    public LocationCommand()
        : base(Word, "<who> <latitude> <longitude>", "send a place in degrees")
    {
        Details = "Degrees with a decimal point: latitude -90 to 90, longitude -180 to 180.\n"
            + "  location bob 52.5163 13.3777\n";
    }

    public override void Run()
    {
        int conversation = Target.Conversation(C, true);
        if (conversation < 0) return;
        string latitude = C.Line.NextWord();
        string longitude = C.Line.NextWord();
        if (longitude == null)
            C.FailUsage("latitude and longitude are missing");
        else if (!IsDegrees(latitude, 90))
            C.Fail("bad-number", "location: latitude \"" + latitude + "\": expected degrees from -90 to 90, such as 52.5163");
        else if (!IsDegrees(longitude, 180))
            C.Fail("bad-number", "location: longitude \"" + longitude + "\": expected degrees from -180 to 180, such as 13.3777");
        else if (!C.FailWhen(C.Messenger.SendLocation(conversation, latitude, longitude, C.NowMs)))
            TellTaken(conversation);
    }

    // a JSON number whose whole part is in range; the last degree allows no fraction
    private static bool IsDegrees(string text, int most)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (JsonNumber.End(bytes, 0, bytes.Length) != bytes.Length) return false;
        int at = bytes[0] == '-' ? 1 : 0;
        int whole = 0;
        while (at < bytes.Length && bytes[at] >= '0' && bytes[at] <= '9' && whole <= most) whole = whole * 10 + bytes[at++] - '0';
        if (whole > most) return false;
        for (; at < bytes.Length; at++)
        {
            if (bytes[at] == 'e' || bytes[at] == 'E') return false;
            if (whole == most && bytes[at] >= '1' && bytes[at] <= '9') return false;
        }

        return true;
    }
}

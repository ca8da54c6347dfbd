namespace EdgeChat.Conformance;

/// <summary>The firmware's folders in the order in which they build on each other, and who must not know whom.</summary>
public static class Floors
{
    /// <summary>From the bottom up. A folder uses those of lower floors, and none beside it on its own.</summary>
    public static readonly string[][] FromBelow =
    [
        ["EdgeChat.Core/Time"],
        ["EdgeChat.Core"],
        ["EdgeChat.Core/Ports", "EdgeChat.Core/Text"],
        ["EdgeChat.Core/Codec", "EdgeChat.Core/Storage"],
        ["EdgeChat.Core/Seal", "EdgeChat.Core/Kept"],
        ["EdgeChat.Core/Presence"],
        ["EdgeChat.Core/Records", "EdgeChat.Core/Tables"],
        ["EdgeChat.Core/Session"],
        ["EdgeChat.Core/Events"],
        ["EdgeChat.Delivery"],
        ["EdgeChat.Ui/Text"],
        ["EdgeChat.Ui/Fonts", "EdgeChat.Ui/Entry"],
        ["EdgeChat.Ui"],
        ["EdgeChat.Ui/Screens"],
        ["EdgeChat.Cli/Output"],
        ["EdgeChat.Cli/Line"],
        ["EdgeChat.Cli"],
        ["EdgeChat.Cli/Commands"],
        ["EdgeChat.Cli/Shell"],
        ["EdgeChat.Drivers/Events", "EdgeChat.Drivers/Output", "EdgeChat.Drivers/Storage"],
        ["EdgeChat.Drivers/Serial", "EdgeChat.Drivers/Input", "EdgeChat.Drivers/Display"],
        ["EdgeChat.Device/Config", "EdgeChat.Device/Events"],
        ["EdgeChat.Device/Link", "EdgeChat.Device/Network"],
        ["EdgeChat.Device"],
    ];

    /// <summary>Pairs that must not know each other, with all that is below these folders.</summary>
    public static readonly (string One, string Other)[] Strangers =
    [
        ("EdgeChat.Ui", "EdgeChat.Cli"),
        ("EdgeChat.Drivers", "EdgeChat.Delivery"),
        ("EdgeChat.Drivers", "EdgeChat.Ui"),
        ("EdgeChat.Drivers", "EdgeChat.Cli"),
    ];
}

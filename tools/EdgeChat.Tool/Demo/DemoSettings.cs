using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Demo.Scenarios;

namespace EdgeChat.Tool.Demo;

/// <summary>What the user asked of <c>edgechat demo</c>.</summary>
public sealed record DemoSettings
{
    /// <summary>The most boards that one demo makes.</summary>
    public const int MaxBoards = 64;

    /// <summary>How many boards.</summary>
    public int Boards { get; init; } = 2;

    /// <summary>Which board they are: a file in <c>hardware/boards</c> without its <c>.json</c>.</summary>
    public string Model { get; init; } = "esp32-devkit";

    /// <summary>The user's broker, or null for the embedded one.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>Whether boards and broker speak TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>How boards prove to the broker inside who they are.</summary>
    public BrokerAuthentication Authentication { get; init; }

    /// <summary>The CA of the user's broker in PEM, when that speaks TLS, or null.</summary>
    public byte[]? Ca { get; init; }

    /// <summary>The page's port, or 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where the boards keep their flash, or null for a temporary folder.</summary>
    public string? Data { get; init; }

    /// <summary>True to draw in the terminal instead of on a page.</summary>
    public bool IsHeadless { get; init; }

    /// <summary>True to open the page in the browser.</summary>
    public bool OpensBrowser { get; init; }

    /// <summary>True to start boards whose message log is damaged.</summary>
    public bool SkipsDamaged { get; init; }

    /// <summary>What to play without a page, or null.</summary>
    public ScenarioFile? Scenario { get; init; }

    /// <summary>True to print the start as one JSON line.</summary>
    public bool PrintsJson { get; init; }
}

using EdgeChat.Tool.Broker;

namespace EdgeChat.Tool.Chat;

/// <summary>What the command line of <c>edgechat chat</c> says.</summary>
public sealed record ChatSettings
{
    /// <summary>The device id to chat as.</summary>
    public required string As { get; init; }

    /// <summary>The device id to chat with, or null to choose in the terminal.</summary>
    public string? To { get; init; }

    /// <summary>Where the broker is, and how the peer proves who it is.</summary>
    public required BrokerLogin Broker { get; init; }

    /// <summary>The folder of the history.</summary>
    public required string Data { get; init; }

    /// <summary>How long a pipe waits for its receipts.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The letters of the key with <see cref="To"/>, or null.</summary>
    public string? Key { get; init; }

    /// <summary>In a pipe: a line that begins with a slash is a command.</summary>
    public bool TakesCommands { get; init; }

    /// <summary>One JSON object a line instead of words.</summary>
    public bool PrintsJson { get; init; }

    /// <summary>The incarnation that provisioning gave with the credentials.</summary>
    public int Incarnation { get; init; } = 1;
}

using System.Runtime.CompilerServices;
using EdgeChat.VirtualBoard.Mqtt;

namespace nanoFramework.M2Mqtt;

/// <summary>What all clients of a board share. Times are milliseconds.</summary>
public class MqttSettings
{
    /// <summary>Port without TLS.</summary>
    public const int BrokerDefaultPort = 1883;

    /// <summary>Port with TLS.</summary>
    public const int BrokerDefaultSslPort = 8883;

    /// <summary>How long CONNACK may take.</summary>
    public const int DefaultTimeout = 30000;

    /// <summary>How often a packet is sent that nobody answers.</summary>
    public const int MaximumAttemptsRetry = 3;

    /// <summary>After what time without an answer a packet is sent again.</summary>
    public const int DefaultDelayRetry = 1000;

    /// <summary>How long the TCP connection may take.</summary>
    public const int ConnectTimeout = 30000;

    /// <summary>No limit.</summary>
    public const int DefaultInflightQueueSize = int.MaxValue;

    // A real board has one object for its one process. Here a process has many boards, and each life of a board starts anew.
    private static readonly ConditionalWeakTable<IBoardNetwork, MqttSettings> OfBoard = [];

    private MqttSettings()
    {
    }

    /// <summary>The settings of the calling thread's board.</summary>
    public static MqttSettings Instance => OfBoard.GetValue(BoardNetwork.Current, static _ => new MqttSettings());

    /// <summary>The port of the client that was made last without TLS.</summary>
    public int Port { get; internal set; } = BrokerDefaultPort;

    /// <summary>The port of the client that was made last with TLS.</summary>
    public int SslPort { get; internal set; } = BrokerDefaultSslPort;

    /// <summary>How long the TCP connection may take.</summary>
    public int TimeoutOnConnection { get; } = ConnectTimeout;

    /// <summary>How long an answer may take.</summary>
    public int TimeoutOnReceiving { get; } = DefaultTimeout;

    /// <summary>How often a packet is sent that nobody answers.</summary>
    public int AttemptsOnRetry { get; } = MaximumAttemptsRetry;

    /// <summary>After what time without an answer a packet is sent again.</summary>
    public int DelayOnRetry { get; } = DefaultDelayRetry;

    /// <summary>How many messages, out and in, may be in flight. A received message that finds the queue full is dropped without
    /// PUBACK.</summary>
    public int InflightQueueSize { get; set; } = DefaultInflightQueueSize;

    /// <summary>With TLS: whether the broker must prove who it is.</summary>
    public bool ValidateServerCertificate { get; set; } = true;
}

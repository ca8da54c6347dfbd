namespace EdgeChat.Tests.Fleet;

/// <summary>An MQTT broker that a test starts and stops; sessions, queues and retained messages outlive a stop.</summary>
internal interface IBroker : IAsyncDisposable
{
    /// <summary>The built-in MQTTnet broker of the tool.</summary>
    const string Embedded = "embedded";

    /// <summary>Debian's Mosquitto.</summary>
    const string Mosquitto = "mosquitto";

    /// <summary><see cref="Embedded"/> or <see cref="Mosquitto"/>.</summary>
    string Kind { get; }

    /// <summary>Where it listens on 127.0.0.1: from the first start on always the same.</summary>
    int Port { get; }

    /// <summary>Listens; returns when a client can connect.</summary>
    Task StartAsync();

    /// <summary>Closes the port and all connections.</summary>
    Task StopAsync();

    /// <summary>Stops and starts again.</summary>
    async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }
}

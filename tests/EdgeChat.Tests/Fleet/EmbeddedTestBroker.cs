using EdgeChat.Tool.Broker;

namespace EdgeChat.Tests.Fleet;

/// <summary>The tool's built-in broker.</summary>
internal sealed class EmbeddedTestBroker : IBroker
{
    private readonly EmbeddedBroker _broker = new();

    public string Kind => IBroker.Embedded;

    public int Port => _broker.Address.Port;

    public Task StartAsync() => _broker.StartAsync();

    public Task StopAsync() => _broker.StopAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();
}

using EdgeChat.BrokerBench;
using EdgeChat.Fleet;

// Measures what a board costs a broker that `edgechat broker init` has set up: memory, disk, messages a second.
// Usage: dotnet run -c Release --project tests/EdgeChat.BrokerBench KIND [SESSIONS]
//   KIND      mosquitto, nats or rabbitmq, which must be installed
//   SESSIONS  how many boards, 20 to 5000 (500)
const int Least = 20;
const int Most = 5000;
if (args is ["--help" or "-h", ..])
{
    Console.WriteLine("EdgeChat.BrokerBench mosquitto|nats|rabbitmq [SESSIONS]");
    return 0;
}

if (args.Length is 0 or > 2 || !Enum.TryParse(args[0], ignoreCase: true, out BrokerKind kind) || int.TryParse(args[0], out _))
{
    Console.Error.WriteLine("give a broker: mosquitto, nats or rabbitmq; --help tells more");
    return 2;
}

if (!int.TryParse(args.Length > 1 ? args[1] : "500", out int count) || count is < Least or > Most)
{
    Console.Error.WriteLine($"{args[1]} sessions: give a number from {Least} to {Most}");
    return 2;
}

await using BrokerUnderLoad broker = await BrokerUnderLoad.StartAsync(kind, count);
await new SessionBench(broker, count).RunAsync();
return 0;

using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tool.Fleets;

/// <summary>The command line of <c>edgechat fleet configure</c>.</summary>
internal sealed class ConfigureCommand
{
    private const string Applied = "applied";

    private readonly Argument<string[]> _ids = new("ID") { Description = "The boards", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string[]> _brokers = new("--broker")
    {
        Description = "The broker's new address; given again, further addresses to go on to",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _wifi = new("--wifi") { Description = "Another Wi-Fi", HelpName = "SSID" };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "File whose first line is the Wi-Fi's password; without it the network is open",
        HelpName = "FILE",
    };

    private readonly Option<string?> _ca = new("--ca")
    {
        Description = "One CA more, beside the present one",
        HelpName = "FILE",
    };

    private readonly Option<bool> _open = new("--open")
    {
        Description = "Also to boards that have no key for it, so that the broker can read it",
    };

    private readonly Option<int> _wait = new("--wait")
    {
        Description = "For how long boards may take to answer, in seconds",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 300,
    };

    private readonly Option<bool> _json = JsonOption.Create("One JSON object a board");

    /// <summary>Its arguments and options.</summary>
    public Symbol[] Symbols => [_ids, _brokers, _wifi, _passwordFile, _ca, _open, _wait, _json];

    /// <summary>Sends the order and says what becomes of it.</summary>
    public async Task<int> RunAsync(ParseResult parsed, FleetFile fleet, FleetStore store, Func<string, StoredBoard> find, ToolHost host)
    {
        bool asJson = parsed.GetValue(_json);
        string order = Order(parsed);
        Configurator.Check(order);
        var keys = parsed.GetValue(_ids)!.Distinct().Select(find).ToDictionary(b => b.Id, b => OrderKeys.On(store, b));
        string[] ids = [.. keys.Keys];
        string[] without = [.. ids.Where(id => keys[id] is null)];
        if (without.Length > 0 && !parsed.GetValue(_open))
            throw new FleetException($"{string.Join(", ", without)}: no key for a sealed configuration: `edgechat provision` puts one on a "
                + "board that is plugged in, and --open sends this one so that the broker can read it");
        string what = order[..order.IndexOf('\n', StringComparison.Ordinal)];
        int number = Configurator.NumberOf(DateTimeOffset.UtcNow);
        int failed = 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(host.Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(_wait)));
        string? password = FleetRoom.OperatorPasswordOf(fleet, store);
        IReadOnlyCollection<string> silent = await new Configurator(fleet, password, number, id => keys[id]).RunAsync(
            ids, order, [.. Addresses(parsed).Select(a => fleet.Broker with { Host = a.Host, Port = a.Port })], (id, outcome) =>
            {
                if (outcome != Applied) failed++;
                store.Note(id, $"configuration {number}, {what}: {outcome.Replace('\n', ' ')}");
                string[] words = outcome.Split('\n', 2);
                host.Tell(asJson, $"{id}: {string.Join(": ", words)}",
                    ("id", id), ("outcome", words[0]), ("why", words.ElementAtOrDefault(1)));
            },
            patience.Token);
        foreach (string id in silent)
        {
            store.Note(id, $"configuration {number}, {what}: not answered");
            if (asJson) host.Out.WriteLine(ToolJson.Object(("id", id), ("outcome", "not answered")));
            host.Error.WriteLine($"{id}: no answer yet; it takes the order when it is online");
        }

        if (failed + silent.Count > 0) return ExitCode.Fleet;
        if (!asJson) host.Out.WriteLine($"write it into {fleet.Path} too, for boards that are provisioned later");
        return ExitCode.Success;
    }

    private string Order(ParseResult parsed)
    {
        string? wifi = parsed.GetValue(_wifi);
        string? ca = parsed.GetValue(_ca);
        IReadOnlyList<BrokerAddress> brokers = Addresses(parsed);
        if ((brokers.Count > 0 ? 1 : 0) + (wifi is null ? 0 : 1) + (ca is null ? 0 : 1) != 1)
            throw new ToolException(ExitCode.Usage, "say one thing that is to change: --broker, --wifi or --ca");
        if (wifi is not null)
        {
            string password = parsed.GetValue(_passwordFile) is { } file ? SecretInput.FirstLine(file) : "";
            return $"wifi\n{wifi}\n{password}";
        }

        if (ca is not null) return "ca\n" + Ca(ca);
        foreach (BrokerAddress broker in brokers)
            if (!HostName.IsSound(broker.Host)) throw new ToolException(ExitCode.Usage, $"{broker.Host}: it {HostName.Rule}");
        return "brokers\n" + string.Join('\n', brokers.Select(b => $"{b.Host}:{b.Port}"));
    }

    private IReadOnlyList<BrokerAddress> Addresses(ParseResult parsed) =>
        [.. (parsed.GetValue(_brokers) ?? []).Select(b => BrokerAddress.Parse(b))];

    private static string Ca(string path)
    {
        try
        {
            byte[] pem = SmallFile.Bytes(path);
            string[] faults = CaFile.Faults(pem, BoardCertificates.RsaBits);
            if (faults.Length > 0) throw new FleetException($"{path}: boards do not take it: {string.Join("; ", faults)}");
            if (CaFile.Read(pem).Count is > 1 and var count)
                throw new FleetException($"{path}: holds {count} CAs, and a board takes one at a time: name the file with the new one "
                    + "alone, as `edgechat broker ca` does");
            return Encoding.UTF8.GetString(pem).ReplaceLineEndings("\n").TrimEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FleetException($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }
}

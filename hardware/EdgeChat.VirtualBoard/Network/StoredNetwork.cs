using System.Net.NetworkInformation;
using System.Text.Json;

namespace EdgeChat.VirtualBoard;

/// <summary>The Wi-Fi configuration that a board keeps in its flash, beside the drive: a reset does not lose it.</summary>
internal sealed class StoredNetwork
{
    private readonly string _file;
    private readonly Func<(string Ssid, string Password)> _provisioned;
    private bool _isSaved;

    private StoredNetwork(string file, Func<(string Ssid, string Password)> provisioned)
    {
        _file = file;
        _provisioned = provisioned;
    }

    public string Ssid => _isSaved ? SavedSsid : _provisioned().Ssid;

    public string Password => _isSaved ? SavedPassword : _provisioned().Password;

    public Wireless80211Configuration.ConfigurationOptions Options { get; private set; } =
        Wireless80211Configuration.ConfigurationOptions.AutoConnect;

    private string SavedSsid { get; set; } = "";

    private string SavedPassword { get; set; } = "";

    public static StoredNetwork Load(Board board)
    {
        var stored = new StoredNetwork(board.Flash.Beside("network.json"), () => (board.Wifi.Ssid, board.Wifi.Password));
        stored.Reload();
        return stored;
    }

    public void Save(string ssid, string password, Wireless80211Configuration.ConfigurationOptions options)
    {
        File.WriteAllText(_file, JsonSerializer.Serialize(new Saved(ssid, password, (int)options)));
        Reload();
    }

    /// <summary>Reads the file again: a tool may have written it while the board had no power.</summary>
    public void Reload()
    {
        _isSaved = File.Exists(_file);
        if (!_isSaved) return;
        Saved saved;
        try
        {
            saved = JsonSerializer.Deserialize<Saved>(File.ReadAllText(_file)) ?? throw new JsonException("empty");
        }
        catch (JsonException e)
        {
            throw new FormatException($"network configuration \"{_file}\" is damaged ({e.Message}); delete it to have the default back", e);
        }

        SavedSsid = saved.Ssid ?? "";
        SavedPassword = saved.Password ?? "";
        Options = (Wireless80211Configuration.ConfigurationOptions)saved.Options;
    }

    private sealed record Saved(string? Ssid, string? Password, int Options);
}

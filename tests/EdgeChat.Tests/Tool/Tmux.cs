using System.Diagnostics;

namespace EdgeChat.Tests.Tool;

/// <summary>A real terminal of a given size, with the command in it: tmux keeps the screen, and presses keys.</summary>
internal sealed class Tmux : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100); // a terminal tells nobody that it has changed

    private readonly string _socket = "edgechat-test-" + Guid.NewGuid().ToString("N")[..8];
    private readonly string _settings = Path.GetTempFileName();

    /// <summary>Starts <c>edgechat</c> with these words in a terminal.</summary>
    public Tmux(int width, int height, params string[] words)
        : this(width, height, [], words)
    {
    }

    /// <summary>The same with variables of its environment, each as <c>NAME=value</c>.</summary>
    public Tmux(int width, int height, string[] variables, string[] words)
    {
        File.WriteAllText(_settings, "set -g status off\nset -g remain-on-exit on\nset -g default-shell /bin/sh\n");
        string[] command = ["env", .. variables, "dotnet", Path.Combine(AppContext.BaseDirectory, "edgechat.dll"), .. words];
        Run(["-f", _settings, "new-session", "-d", "-x", $"{width}", "-y", $"{height}", string.Join(' ', command.Select(w => $"'{w}'"))]);
    }

    /// <summary>What stands on the screen, a line a row.</summary>
    public string[] Screen() => Run(["capture-pane", "-p"]).TrimEnd('\n').Split('\n');

    /// <summary>The same with what gives it its colours.</summary>
    public string Colours() => Run(["capture-pane", "-p", "-e"]);

    /// <summary>Presses keys, by tmux's names of them.</summary>
    public void Press(params string[] keys) => Run(["send-keys", .. keys]);

    /// <summary>Types a text.</summary>
    public void Type(string text) => Run(["send-keys", "-l", text]);

    /// <summary>Makes the terminal another size.</summary>
    public void Resize(int width, int height) => Run(["resize-window", "-x", $"{width}", "-y", $"{height}"]);

    /// <summary>Returns the screen when it satisfies <paramref name="condition"/>.</summary>
    public async Task<string[]> ShowsAsync(Func<string[], bool> condition, string what)
    {
        var begun = Stopwatch.StartNew();
        while (true)
        {
            string[] screen = Screen();
            if (condition(screen)) return screen;
            if (begun.Elapsed > Waiting.Longest) Assert.Fail($"not shown: {what}; the screen is\n{string.Join('\n', screen)}");
            await Task.Delay(Look);
        }
    }

    public void Dispose()
    {
        Run(["kill-server"]);
        File.Delete(_settings);
    }

    private string Run(string[] words)
    {
        var start = new ProcessStartInfo("tmux") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (string word in new[] { "-u", "-L", _socket }.Concat(words)) start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"tmux {string.Join(' ', words)}: {error.Result}");
        return output;
    }
}

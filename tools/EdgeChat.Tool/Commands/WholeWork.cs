namespace EdgeChat.Tool.Commands;

/// <summary>Work that has an end of its own, and counts only when it came to it.</summary>
internal static class WholeWork
{
    /// <summary>Waits for it. When it was stopped before, that is an error: who has pressed Ctrl-C knows it, and a script does
    /// not.</summary>
    public static async Task<T> WholeAsync<T>(this ToolHost host, Task<T> work)
    {
        await host.WholeAsync((Task)work);
        return await work;
    }

    /// <summary>The same for work that gives nothing.</summary>
    public static async Task WholeAsync(this ToolHost host, Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException e) when (host.Stop.IsCancellationRequested)
        {
            throw new ToolException(ExitCode.Machine, "stopped before it was done: run the same again", e);
        }
    }
}

namespace EdgeChat.Fleet;

/// <summary>One board on its way: which step it is at, and who it is; tells what happens, and writes each step into the store's
/// journal.</summary>
internal sealed class ProvisionRun(ProvisionTools tools, string port)
{
    public FleetBoard? Board { get; private set; }

    public string? Mac { get; set; }

    public string? Chip { get; set; }

    public int Incarnation { get; set; }

    /// <summary>The step that it is at.</summary>
    public Step Step { get; private set; } = Step.Identify;

    /// <summary>The board is known now.</summary>
    public void Begin(FleetBoard board, string? mac)
    {
        Board = board;
        Mac = mac;
    }

    public void Report(Step step, StepState state, string? text = null, double? progress = null) =>
        tools.Report(new StepEvent(port, Board?.Id, Mac, step, state, text, progress));

    public Task DoAsync(Step step, Action work) => DoAsync(step, () =>
    {
        work();
        return true;
    }, _ => null);

    public Task<T> DoAsync<T>(Step step, Func<T> work, Func<T, string?> say) => GuardAsync(step, () => Task.Run(work), say);

    public Task DoAsync(Step step, TimeSpan patience, Func<CancellationToken, Task> work, CancellationToken stop) => DoAsync(
        step,
        patience,
        async t =>
        {
            await work(t);
            return true;
        },
        _ => null,
        stop);

    public Task<T> DoAsync<T>(
        Step step, TimeSpan patience, Func<CancellationToken, Task<T>> work, Func<T, string?> say, CancellationToken stop) => GuardAsync(
        step,
        async () =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(patience);
            try
            {
                // somewhere else: part of it may be work for this thread
                return await Task.Run(() => work(limit.Token), limit.Token);
            }
            catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
            {
                throw new FleetException(TooLong(step, patience), e);
            }
        },
        say);

    private async Task<T> GuardAsync<T>(Step step, Func<Task<T>> work, Func<T, string?> say)
    {
        Step = step;
        Report(step, StepState.Begun);
        try
        {
            Journal(step, isDone: false);
            T result = await work();
            Journal(step, isDone: true);
            Report(step, StepState.Done, say(result));
            return result;
        }
        catch (FleetException e)
        {
            Report(step, StepState.Failed, e.Message);
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException)
        {
            Report(step, StepState.Failed, e.Message);
            throw new FleetException($"{e.Message.TrimEnd('.')}: plug the board in again, then run the command again", e);
        }
    }

    private void Journal(Step step, bool isDone)
    {
        // before the claim the journal is that of an earlier attempt
        if (Board is { } board && step > Step.Identity) tools.Store.Mark(board.Id, step.ToString(), isDone);
    }

    private string TooLong(Step step, TimeSpan patience)
    {
        string after = $"nothing came within {patience.TotalSeconds:0} s";
        return step switch
        {
            Step.Birth => $"{Board!.Id} did not come online: {after}. Look at its screen: it says what keeps it (Wi-Fi, name of the "
                + "broker, time, certificate, password); then run the command again",
            Step.Message => $"{Board!.Id} is online, and the first message was not confirmed: {after}. `edgechat doctor` tries the broker",
            _ => $"the broker did not answer: {after}. `edgechat doctor` tries it; then run the command again",
        };
    }
}

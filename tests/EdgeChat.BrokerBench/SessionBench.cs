using System.Diagnostics;

namespace EdgeChat.BrokerBench;

/// <summary>Brings the boards to a broker, takes them away, lets messages wait for them and come, and tells what each step costs.</summary>
internal sealed class SessionBench(BrokerUnderLoad broker, int count)
{
    private const int Waiting = 10; // messages for each who is away
    private const int Hands = 50; // boards that connect at once
    private const int Pairs = 20; // boards that write to each other, as fast as they can
    private const int TextsOfOne = 250;
    private const int BodyBytes = 91; // with its topic a PUBLISH of 116 bytes: a sealed text of 21 characters
    private const int Quiet = 3; // seconds without change before memory counts
    private const long Change = 1 << 19;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly byte[] _body = Body();
    private TaskCompletionSource _all = new();
    private int _missing = int.MaxValue;

    public async Task RunAsync()
    {
        Console.WriteLine($"{broker.Kind} with {count} boards on {Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}");
        long empty = await MemoryAsync();
        long emptyDisk = broker.Disk;
        Console.WriteLine($"empty: {empty >> 20} MiB, {emptyDisk >> 10} KiB on disk");

        var time = Stopwatch.StartNew();
        List<BoardClient> boards = await ConnectAsync(isFirst: true);
        Console.WriteLine($"connected: {count / time.Elapsed.TotalSeconds:0} a second, first time");
        long connected = await MemoryAsync();
        Tell("a connected board", connected - empty, count);
        foreach (BoardClient board in boards) await board.DisposeAsync();
        await broker.StartAgainAsync(); // what a process has had once it seldom gives back
        long away = await MemoryAsync();
        Tell("a board that is away", away - empty, count);
        long awayDisk = broker.Disk;
        Console.WriteLine($"on disk: {(awayDisk - emptyDisk) / count} bytes a board");

        time.Restart();
        await FillAsync();
        Console.WriteLine($"into queues: {count * Waiting / time.Elapsed.TotalSeconds:0} messages a second");
        long full = await MemoryAsync();
        Tell($"a board that is away with {Waiting} messages", full - empty, count);
        Console.WriteLine($"on disk: {(broker.Disk - awayDisk) / (count * Waiting)} bytes a waiting message");

        Expect(count * Waiting);
        time.Restart();
        boards = await ConnectAsync(isFirst: false);
        await _all.Task.WaitAsync(Patience);
        Console.WriteLine($"again, with what waits: {count / time.Elapsed.TotalSeconds:0} boards a second");
        await TalkAsync(boards);
        foreach (BoardClient board in boards) await board.DisposeAsync();
    }

    private static byte[] Body()
    {
        byte[] body = new byte[BodyBytes];
        new Random(1).NextBytes(body);
        return body;
    }

    private static void Tell(string what, long bytes, int count) =>
        Console.WriteLine($"{what}: {bytes / 1024.0 / count:0.0} KiB of memory");

    private void Expect(int messages)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _missing = messages;
    }

    private void Received()
    {
        if (Interlocked.Decrement(ref _missing) == 0) _all.TrySetResult();
    }

    private async Task<List<BoardClient>> ConnectAsync(bool isFirst)
    {
        var boards = new List<BoardClient>();
        foreach (int[] some in Enumerable.Range(0, count).Chunk(Hands))
            boards.AddRange(await Task.WhenAll(some.Select(i => ConnectOneAsync(i, isFirst))));
        return boards;
    }

    // what a board with one contact asks for, and leaves behind
    private async Task<BoardClient> ConnectOneAsync(int i, bool isFirst)
    {
        string id = BrokerUnderLoad.IdOf(i);
        string contact = BrokerUnderLoad.IdOf((i + 1) % count);
        BoardClient board = await BoardClient.ConnectAsync(broker, id, Received);
        if (!isFirst) return board;
        await board.SubscribeAsync($"ec1/i/{id}/+", $"ec1/p/{id}", $"ec1/d/{id}", $"ec1/p/{contact}", $"ec1/d/{contact}");
        await board.SendAsync($"ec1/p/{id}", "on"u8.ToArray(), isRetained: true);
        await board.SendAsync($"ec1/d/{id}", _body.AsMemory(0, 24), isRetained: true);
        await board.ConfirmedAsync();
        return board;
    }

    private async Task FillAsync()
    {
        async Task SendAsync(string id, int[] to)
        {
            await using BoardClient from = await BoardClient.ConnectAsync(broker, id, () => { });
            for (int n = 0; n < Waiting; n++)
                foreach (int i in to) await from.SendAsync($"ec1/i/{BrokerUnderLoad.IdOf(i)}/{id}", _body);
            await from.ConfirmedAsync();
        }

        int share = (count + BrokerUnderLoad.Senders - 1) / BrokerUnderLoad.Senders;
        await Task.WhenAll(Enumerable.Range(0, count).Chunk(share).Select((to, i) => SendAsync(BrokerUnderLoad.SenderOf(i), to)));
    }

    private async Task TalkAsync(List<BoardClient> boards)
    {
        Expect(Pairs * TextsOfOne);
        var time = Stopwatch.StartNew();
        await Task.WhenAll(boards.Take(Pairs).Select((board, i) => TalkAsync(board, boards[(i + 1) % Pairs].Id)));
        await _all.Task.WaitAsync(Patience);
        Console.WriteLine($"between connected boards: {Pairs * TextsOfOne / time.Elapsed.TotalSeconds:0} messages a second");
    }

    private async Task TalkAsync(BoardClient from, string to)
    {
        for (int n = 0; n < TextsOfOne; n++) await from.SendAsync($"ec1/i/{to}/{from.Id}", _body);
        await from.ConfirmedAsync();
    }

    // once it changes no more
    private async Task<long> MemoryAsync()
    {
        long last = broker.Memory;
        for (int quiet = 0; quiet < Quiet;)
        {
            await Task.Delay(1000);
            long now = broker.Memory;
            quiet = Math.Abs(now - last) < Change ? quiet + 1 : 0;
            last = now;
        }

        return last;
    }
}

using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>Which board of the fleet a chip is: the one that it was, the one that the file names by its MAC, else the next one that nobody
/// is yet. No two chips of a session get the same.</summary>
public sealed class BoardChooser(FleetFile fleet, FleetStore store, Func<string, BundleFile> bundles)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _taken = [];

    /// <summary>Chooses; throws <see cref="FleetException"/> when there is none for this chip.</summary>
    /// <param name="facts">The chip.</param>
    /// <param name="wanted">The id that it must be, or null.</param>
    public FleetBoard Choose(BoardFacts facts, string? wanted)
    {
        lock (_lock)
        {
            FleetBoard board = Find(facts, wanted);
            BundleManifest manifest = bundles(board.Bundle).Manifest;
            if (manifest.Chip != facts.Chip)
                throw new FleetException(
                    $"this is an {facts.Chip}, and the bundle of {board.Id} is for {manifest.Board} with an {manifest.Chip}: plug in the "
                        + "right board");
            if (manifest.FlashMegabytes * 1024L * 1024 > facts.FlashBytes)
                throw new FleetException(
                    $"this board has {facts.FlashBytes >> 20} MiB of flash, and the bundle of {board.Id} is for {manifest.FlashMegabytes}: "
                    + "make a bundle with --flash");
            if (!_taken.Add(board.Id)) throw new FleetException($"{board.Id} is being provisioned on another port");
            return board;
        }
    }

    /// <summary>Lets another try have the board, once one has ended.</summary>
    public void Release(string id)
    {
        lock (_lock) _taken.Remove(id);
    }

    private FleetBoard Find(BoardFacts facts, string? wanted)
    {
        StoredBoard? known = store.FindByMac(facts.Mac);
        string? own = known is { State: not BoardState.Revoked } ? known.Id : fleet.Boards.FirstOrDefault(b => b.Mac == facts.Mac)?.Id;
        if (own is not null && wanted is not null && own != wanted)
            throw new FleetException($"board {facts.Mac} is {own} and not {wanted}: plug in another, or `edgechat fleet revoke {own}`");
        if ((own ?? wanted) is { } id)
        {
            FleetBoard board = fleet.Board(id) ?? throw new FleetException($"{id} is no board of {fleet.Path}: add it there");
            if (board.Mac is not null && board.Mac != facts.Mac)
                throw new FleetException(
                    $"{id} must be board {board.Mac}, and this is {facts.Mac}: plug in the right one, or correct {fleet.Path}");
            return board;
        }

        return fleet.Boards.FirstOrDefault(b => b.Mac is null && !_taken.Contains(b.Id) && IsFree(b.Id)
                && bundles(b.Bundle).Manifest.Chip == facts.Chip)
            ?? throw new FleetException($"no board of {fleet.Path} is left for this {facts.Chip} ({facts.Mac}): add one there");
    }

    private bool IsFree(string id) => store.Find(id) is null or { State: BoardState.Revoked };
}

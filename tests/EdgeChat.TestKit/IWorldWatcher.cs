namespace EdgeChat.TestKit;

/// <summary>Looks at a world while it runs.</summary>
public interface IWorldWatcher
{
    /// <summary>A board has just done one thing, or lost its power over it.</summary>
    void AfterTurn(BoardHost board);
}

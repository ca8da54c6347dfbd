namespace EdgeChat.Usb.Loader;

/// <summary>What flashing is doing.</summary>
public enum FlashStep
{
    /// <summary>Looks for the boot loader and loads the stub.</summary>
    Connect,

    /// <summary>Compares check sums of what is there with what is to be.</summary>
    Compare,

    /// <summary>Writes what differs.</summary>
    Write,

    /// <summary>The cable is unplugged: waits for it to come back.</summary>
    Unplugged,

    /// <summary>A reply was lost: finds out where the chip is.</summary>
    Recover,

    /// <summary>All is there, by its check sums.</summary>
    Done,
}

/// <summary>How far flashing is.</summary>
/// <param name="Step">What it is doing.</param>
/// <param name="Part">The part's name, or empty.</param>
/// <param name="Done">Bytes of the step that are done.</param>
/// <param name="Total">Bytes of the step, or 0 when that is not known.</param>
/// <param name="Elapsed">Since the step began.</param>
public sealed record FlashProgress(FlashStep Step, string Part, long Done, long Total, TimeSpan Elapsed);

/// <summary>What flashing has done.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Total">Bytes that are to be there.</param>
/// <param name="Written">Bytes of them that differed and were written or erased.</param>
/// <param name="Repeats">How often something was lost on the line and asked again.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record FlashResult(ChipInfo Chip, long Total, long Written, int Repeats, TimeSpan Elapsed);

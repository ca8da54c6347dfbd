namespace EdgeChat.Fleet;

/// <summary>A step of provisioning, in the order in which they are done.</summary>
/// <remarks>The id is claimed before anything is written to the board, so that a wrong board stays as it is. The broker takes the password
/// only when the board has it: what is cut between the two leaves a board that is refused, never a password without its board.</remarks>
public enum Step
{
    /// <summary>Chip, MAC and flash of the board.</summary>
    Identify = 20,

    /// <summary>The device id for that MAC, and a fresh incarnation.</summary>
    Identity,

    /// <summary>The bundle into its flash; what is there already is not written again.</summary>
    Flash,

    /// <summary>board.json, edgechat.json, ca.pem onto its drive.</summary>
    Files,

    /// <summary>The Wi-Fi as a configuration block.</summary>
    Wifi,

    /// <summary>What can be read of it is what was written.</summary>
    ReadBack,

    /// <summary>The password at the broker.</summary>
    Credentials,

    /// <summary>The broker allows the board its own topics and refuses those of others.</summary>
    Rights,

    /// <summary>The board starts anew.</summary>
    Reboot,

    /// <summary>The board is online, in this incarnation.</summary>
    Birth,

    /// <summary>A message that the board has confirmed to have in flash.</summary>
    Message,

    /// <summary>The label to stick on it.</summary>
    Label,

    /// <summary>The fleet's store says that it is provisioned.</summary>
    Record,
}

/// <summary>What a step comes to.</summary>
public enum StepState
{
    /// <summary>It begins.</summary>
    Begun,

    /// <summary>It goes on: see <see cref="StepEvent.Progress"/>.</summary>
    Running,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is nothing to do in this fleet, or it was done in an earlier run.</summary>
    Skipped,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>Something that happened to a board while it is provisioned. It holds no secret.</summary>
/// <param name="Port">Where the board is.</param>
/// <param name="Board">Its device id, once it is known.</param>
/// <param name="Mac">Its MAC, once it is known.</param>
/// <param name="Step">The step.</param>
/// <param name="State">What became of it.</param>
/// <param name="Text">What there is to say: what was found, why it was skipped, or what is wrong and what to do.</param>
/// <param name="Progress">How much of it is done, 0 to 1.</param>
public sealed record StepEvent(string Port, string? Board, string? Mac, Step Step, StepState State, string? Text = null,
    double? Progress = null);

/// <summary>What became of a board.</summary>
/// <param name="Port">Where it was.</param>
/// <param name="Board">Its device id, if it came so far.</param>
/// <param name="Failed">The step that failed; null when it is provisioned.</param>
/// <param name="Text">What there is to say.</param>
/// <param name="Time">How long it took.</param>
public sealed record BoardOutcome(string Port, string? Board, Step? Failed, string Text, TimeSpan Time);

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>What is wrong with a server's certificates.</summary>
/// <param name="Code">What mbedTLS reports on the board, negative; <see cref="Taken"/> when a board takes it nevertheless.</param>
/// <param name="Text">What it is, with the cure.</param>
public sealed record CertificateFault(int Code, string Text)
{
    /// <summary>The <see cref="Code"/> of what boards take still.</summary>
    public const int Taken = 0;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

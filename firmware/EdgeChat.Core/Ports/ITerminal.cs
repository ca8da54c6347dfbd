namespace EdgeChat.Core;

/// <summary>Where the console writes; the host's serial line, a test's buffer.</summary>
public interface ITerminal
{
    /// <summary>Sends <paramref name="count"/> bytes of UTF-8; must not call back into the core.</summary>
    void Write(byte[] buffer, int index, int count);
}

namespace EdgeChat.Usb.Virtual;

/// <summary>What a virtual board runs when the program in its flash is whole.</summary>
public interface IBoardProgram : IDisposable
{
    /// <summary>Raised with what the program writes to its debug port; on any thread.</summary>
    event Action<string>? Text;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The folder that is its drive <c>I:</c>, with its configuration blocks.</param>
    void Start(string folder);

    /// <summary>Takes its power; returns when it touches its files no more. Does nothing when it does not run.</summary>
    void Stop();
}

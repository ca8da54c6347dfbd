namespace EdgeChat.Drivers;

/// <summary>Takes the level changes of buttons.</summary>
public interface IButtonListener
{
    /// <summary>A button went down or up. Comes on the runtime's event thread: only enqueue.</summary>
    /// <param name="button">The number that the button was made with.</param>
    /// <param name="isDown">Whether it is pressed now.</param>
    void OnLevel(int button, bool isDown);
}

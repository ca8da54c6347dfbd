namespace EdgeChat.Ui;

/// <summary>The packed parts of a font, which stay with the code until somebody asks for them.</summary>
/// <remarks>An array that a static field holds is on the heap from the start; one that a method makes, only when it is called.</remarks>
internal abstract class FontTables
{
    /// <summary>Makes the array of a <see cref="FontPart"/>, or gives null when the font has no such part.</summary>
    public abstract byte[] Make(int part);
}

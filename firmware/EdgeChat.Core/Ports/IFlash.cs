namespace EdgeChat.Core;

/// <summary>The durable files of one board, handed to the core by its host.</summary>
/// <remarks>Names are short (at most 24 characters of <c>a-z 0-9 . -</c>) and flat. What <see cref="Append"/> and <see cref="Replace"/>
/// wrote is on flash when they return: on LittleFS a file's content is durable only once it was closed. Every member
/// throws <see cref="FlashException"/> when the flash refuses.</remarks>
public interface IFlash
{
    /// <summary>The names of all files, in no order.</summary>
    string[] List();

    /// <summary>The size of a file in bytes, or -1 when there is none of that name.</summary>
    int Size(string name);

    /// <summary>Reads up to <paramref name="count"/> bytes at <paramref name="offset"/>; gives how many there were.</summary>
    int Read(string name, int offset, byte[] buffer, int index, int count);

    /// <summary>Adds bytes to the end of a file, which is made when it is not there. Durable on return.</summary>
    void Append(string name, byte[] buffer, int index, int count);

    /// <summary>Gives a file a new content, all or nothing. Durable on return.</summary>
    void Replace(string name, byte[] buffer, int index, int count);

    /// <summary>Removes a file; nothing happens when it is not there.</summary>
    void Delete(string name);

    /// <summary>Bytes still free, or -1 when the board cannot tell.</summary>
    int FreeBytes { get; }
}

using EdgeChat.Core;

namespace EdgeChat.Budgets.Tests;

/// <summary>Counts what goes to a board's files.</summary>
internal sealed class CountingFlash(IFlash files) : IFlash
{
    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public int FreeBytes => files.FreeBytes;

    public string[] List() => files.List();

    public int Size(string name) => files.Size(name);

    public int Read(string name, int offset, byte[] buffer, int index, int count)
    {
        Reads++;
        return files.Read(name, offset, buffer, index, count);
    }

    public void Append(string name, byte[] buffer, int index, int count)
    {
        Writes++;
        files.Append(name, buffer, index, count);
    }

    public void Replace(string name, byte[] buffer, int index, int count)
    {
        Writes++;
        files.Replace(name, buffer, index, count);
    }

    public void Delete(string name)
    {
        Writes++;
        files.Delete(name);
    }
}

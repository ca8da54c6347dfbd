using System;
using System.IO;
using EdgeChat.Core;

namespace EdgeChat.Device;

/// <summary>Makes the board as it was before it was provisioned: all files of its drive go but board.json, and the stored Wi-Fi.</summary>
/// <remarks>A mark comes first and goes last: what a power cut has interrupted is completed at the next start. The board file stays, since
/// it tells what is soldered and not who the board is.</remarks>
public static class FactoryReset
{
    private const string Mark = "reset";

    /// <summary>Erases everything.</summary>
    /// <exception cref="FlashException">The flash refuses; the next start goes on.</exception>
    public static void Run()
    {
        try
        {
            new FileStream(ConfigFile.Drive + Mark, FileMode.Create, FileAccess.Write).Close();
            Erase();
        }
        catch (IOException e)
        {
            throw new FlashException("the board could not be erased: " + e.Message, e);
        }
    }

    /// <summary>Completes what a power cut has interrupted.</summary>
    public static void Complete()
    {
        if (ConfigFile.Exists(Mark)) Run();
    }

    private static void Erase()
    {
        string[] paths = Directory.GetFiles(ConfigFile.Drive);
        for (int i = 0; i < paths.Length; i++)
        {
            string name = Path.GetFileName(paths[i]);
            if (name != BoardConfig.File && name != Mark) File.Delete(paths[i]);
        }

        StoredNetwork.Erase();
        File.Delete(ConfigFile.Drive + Mark);
    }
}

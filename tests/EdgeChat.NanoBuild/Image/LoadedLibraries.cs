namespace EdgeChat.NanoBuild;

/// <summary>What the nanoFramework libraries take of the managed heap when a board's firmware loads them, before any of our code
/// runs.</summary>
/// <remarks>Measured once on a 32-bit build of the interpreter (nf-interpreter a3e8139, 2026-07) with the libraries of the package set,
/// built from their sources and converted by the metadata processor (4541b46). The second figure is where the debugger is compiled in, as
/// in the runtimes for ESP32; it follows from the rows.</remarks>
public static class LoadedLibraries
{
    /// <summary>Bytes of what the libraries and the runtime have made before <c>Main</c>: event listeners, converters of JSON, the thread
    /// and its frames.</summary>
    public const int ObjectBytes = 7_512;

    private static readonly Dictionary<string, (int Bytes, int WithDebugger)> Measured = new()
    {
        ["mscorlib"] = (3_240, 4_056),
        ["nanoFramework.Hardware.Esp32"] = (1_368, 1_560),
        ["nanoFramework.Json"] = (1_776, 1_944),
        ["nanoFramework.M2Mqtt"] = (2_604, 3_084),
        ["nanoFramework.M2Mqtt.Core"] = (516, 600),
        ["nanoFramework.Runtime.Events"] = (540, 600),
        ["nanoFramework.Runtime.Native"] = (384, 420),
        ["nanoFramework.System.Collections"] = (576, 660),
        ["nanoFramework.System.Security.Cryptography"] = (336, 384),
        ["nanoFramework.System.Text"] = (552, 636),
        ["System.Device.Gpio"] = (744, 840),
        ["System.Device.I2c"] = (312, 348),
        ["System.Device.Spi"] = (432, 480),
        ["System.Device.Wifi"] = (1_044, 1_116),
        ["System.IO.FileSystem"] = (1_716, 1_944),
        ["System.IO.Ports"] = (756, 840),
        ["System.IO.Streams"] = (756, 888),
        ["System.Net"] = (2_184, 2_520),
        ["System.Threading"] = (552, 612),
    };

    /// <summary>Bytes of the tables of an assembly, or an error that says that it was never measured.</summary>
    public static int Bytes(string assembly, bool hasDebugger) => Measured.TryGetValue(assembly, out (int Bytes, int WithDebugger) measured)
        ? hasDebugger ? measured.WithDebugger : measured.Bytes
        : throw new ArgumentException($"{assembly} was not measured: run it on the interpreter and add what it takes", nameof(assembly));
}

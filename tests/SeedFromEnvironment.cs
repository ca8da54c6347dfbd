using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace EdgeChat.TestKit;

/// <summary>On the PC the test kit takes the seed of <c>tools/test --seed N</c> from the environment; a board has none.</summary>
internal static class SeedFromEnvironment
{
    private const string Variable = "EDGECHAT_SEED";

    // before the first test that uses the kit
#pragma warning disable CA2255 // no library of others
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Read()
    {
        string text = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(text)) return;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) || seed < 1)
            throw new InvalidOperationException(Variable + " is \"" + text + "\": expected a whole number from 1 to 2147483647");
        Seeds.Given = seed;
    }
}

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Environment.</summary>
public static class Environment
{
    /// <summary>Milliseconds since the board's boot; on a thread of the PC, since the PC's.</summary>
    public static long TickCount64
    {
        get
        {
            PowerCycle? cycle = PowerCycle.Current;
            cycle?.Check();
            return cycle?.UptimeMs ?? System.Environment.TickCount64;
        }
    }
}

namespace EdgeChat.Usb.Wire;

/// <summary>Commands of nanoFramework's Wire Protocol (nf-interpreter, WireProtocol_MonitorCommands.h and Debugger.h).</summary>
public enum WireCommand : uint
{
    /// <summary>Is somebody there. Also sent by the board, without being asked, when it has started.</summary>
    Ping = 0x00,

    /// <summary>Text of the program, from the board.</summary>
    Message = 0x01,

    /// <summary>Address, length.</summary>
    ReadMemory = 0x02,

    /// <summary>Address, length, bytes.</summary>
    WriteMemory = 0x03,

    /// <summary>Address, length; answers the CRC.</summary>
    CheckMemory = 0x04,

    /// <summary>Address, length.</summary>
    EraseMemory = 0x05,

    /// <summary>Options.</summary>
    Reboot = 0x07,

    /// <summary>RAM and flash.</summary>
    MemoryMap = 0x08,

    /// <summary>The program has ended, from the board.</summary>
    ProgramExit = 0x09,

    /// <summary>Not in use; answered without content.</summary>
    DeploymentMap = 0x0B,

    /// <summary>The partitions.</summary>
    FlashSectorMap = 0x0C,

    /// <summary>Kind, index.</summary>
    QueryConfiguration = 0x0F,

    /// <summary>Kind, index, length, offset, whether it is the last piece, bytes.</summary>
    UpdateConfiguration = 0x10,

    /// <summary>Writes and deletes files.</summary>
    StorageOperation = 0x11,

    /// <summary>Versions and names.</summary>
    TargetInfo = 0x20,

    /// <summary>Bits to set and to clear; answers the state.</summary>
    ExecutionState = 0x20001,

    /// <summary>What is asked for: versions, names, native assemblies.</summary>
    QueryCapabilities = 0x20008,

    /// <summary>The assemblies that are loaded.</summary>
    ResolveAllAssemblies = 0x20040,
}

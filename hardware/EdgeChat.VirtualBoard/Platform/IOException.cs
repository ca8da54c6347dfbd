namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's IOException, with its error codes. What the board's files throw is always this.</summary>
public class IOException : System.IO.IOException
{
    public IOException()
    {
    }

    public IOException(string? message)
        : base(message)
    {
    }

    public IOException(string? message, int hresult)
        : base(message, hresult)
    {
    }

    public IOException(string? message, Exception? innerException)
        : base(message, innerException)
    {
        HResult = (int)IOExceptionErrorCode.Others;
    }

    public IOExceptionErrorCode ErrorCode => (IOExceptionErrorCode)HResult;

    public enum IOExceptionErrorCode
    {
        Others = -536870912,
        InvalidDriver = -520093696,
        FileNotFound = -503316480,
        DirectoryNotFound = -486539264,
        VolumeNotFound = -469762048,
        PathTooLong = -452984832,
        DirectoryNotEmpty = -436207616,
        UnauthorizedAccess = -419430400,
        PathAlreadyExists = -402653184,
        TooManyOpenHandles = -385875968,
    }
}

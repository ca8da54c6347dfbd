namespace EdgeChat.Tool.Commands;

/// <summary>What the <c>edgechat</c> command ends with.</summary>
public static class ExitCode
{
    /// <summary>All went well; Ctrl-C is a normal end.</summary>
    public const int Success = 0;

    /// <summary>A defect of the tool itself.</summary>
    public const int Defect = 1;

    /// <summary>The command line says something that cannot be done.</summary>
    public const int Usage = 2;

    /// <summary>Something on this machine is in the way: a port in use, a folder that cannot be written.</summary>
    public const int Machine = 3;

    /// <summary>The broker is not there, or refuses.</summary>
    public const int Broker = 4;

    /// <summary>A board's flash holds something that cannot be read.</summary>
    public const int Flash = 5;

    /// <summary>A message has not come to its recipient in the time given.</summary>
    public const int NotDelivered = 6;

    /// <summary>A bundle, or what one is to be made of, is damaged or does not fit together.</summary>
    public const int Bundle = 7;

    /// <summary>The fleet's file or store cannot be used. A step of provisioning that failed has its own number, from 20 on.</summary>
    public const int Fleet = 8;

    /// <summary>A board on a cable: not there, not the one that was meant, not to be written, unplugged, or left half written.</summary>
    public const int Board = 9;

    /// <summary>A broker lets something through that it must refuse, or refuses what devices need.</summary>
    public const int Rights = 10;

    /// <summary>A scenario's expectation did not hold.</summary>
    public const int Scenario = 11;
}

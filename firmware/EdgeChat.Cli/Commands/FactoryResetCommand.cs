using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The command <c>factory-reset</c>: erases the board.</summary>
internal sealed class FactoryResetCommand : Command
{
    public const string Word = "factory-reset";

    private const string WithoutId = "erase";

    public FactoryResetCommand()
        : base(Word, "", "erase everything on the board; asks first")
    {
        NeedsDevice = false;
        Details = "Erases messages, contacts, settings and credentials. Asks for the device id;\n"
            + "factory-reset DEVICE-ID does not ask. The board has to be provisioned again.\n";
    }

    public override void Run()
    {
        string id = C.Me.DeviceId == null ? WithoutId : C.Me.DeviceId;
        string answer = C.Line.NextWord();
        if (answer == null)
        {
            C.Ask("This erases all messages, contacts, settings and credentials of this board.", Name, id);
            return;
        }

        if (answer != id)
        {
            C.Fail("confirm", "factory-reset: \"" + answer + "\" is not this board, nothing was erased: expected " + id);
            return;
        }

        C.Done("erasing");
        C.Request = BoardRequest.FactoryReset;
    }
}

using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>The command <c>key</c>: with whom this board talks under seal.</summary>
internal sealed class KeyCommand : Command
{
    public const string Word = "key";

    private const int CodeColumns = 21;

    public KeyCommand()
        : base(
            Word, "[list | make <device> | enter <device> <key> | verify <device> | remove <device>]",
            "seal what you write to a device; compare its code")
    {
        OtherNames = "keys seal encrypt pair verify";
        First = Completion.Word;
        Words = "list make enter verify remove";
        Details = "With a key only the two devices can read what they write to each other.\n"
            + "Provisioning gives keys. By hand: make one here, and enter it at the other device,\n"
            + "over a line that nobody else reads. Then both list the same code.\n"
            + "  key make bob\n"
            + "  key enter alice abcd-efgh-ijkl-mnop-qrst-uvwx-yz23     (at bob)\n"
            + "  key list\n"
            + "  key verify bob     when you have compared the code with bob's board\n"
            + "  key remove bob     what you write from now on is open\n";
    }

    public override Completion CompletionAt(int place, string verb)
    {
        return place == 2 && verb != "list" ? Completion.Conversation : base.CompletionAt(place, verb);
    }

    public override void Run()
    {
        string verb = C.Line.NextWord();
        if (verb == null || verb == "list")
        {
            List();
            return;
        }

        if (verb != "make" && verb != "enter" && verb != "verify" && verb != "remove")
        {
            C.FailVerb(verb);
            return;
        }

        string device = Target.Device(C);
        if (device == null) return;
        if (verb == "make") Make(device);
        else if (verb == "enter") Enter(device);
        else if (verb == "verify") Tell(device, C.Messenger.SetVerified(device, true), "you have compared the code with ");
        else Tell(device, C.Messenger.RemoveKey(device), "from now on you write openly to ");
    }

    private void List()
    {
        Messenger m = C.Messenger;
        int count = 0;
        for (int place = m.NextSealed(0); place >= 0; place = m.NextSealed(place + 1))
        {
            count++;
            string device = m.SealedAt(place);
            if (C.IsJson)
            {
                C.Json.Begin("item", "key");
                C.Json.Add("device", device);
                C.Json.Add("code", m.SecurityCodeOf(device));
                C.Json.Add("verified", m.IsVerified(device));
                C.Json.End();
                continue;
            }

            C.Out.WritePadded(device, IdColumns);
            C.Out.WritePadded(m.SecurityCodeOf(device), CodeColumns);
            C.Out.WriteLine(m.IsVerified(device) ? "verified" : "not compared yet");
        }

        if (count == 0) C.Done("no keys: what you write is open. To make one: key make <device>");
        C.EndList(count);
    }

    private void Make(string device)
    {
        string letters = C.Messenger.MakeKey(device, C.NowMs);
        if (C.FailWhen(C.Messenger.LastError)) return;
        if (C.IsJson)
        {
            C.Result();
            C.Json.Add("key", letters);
            return;
        }

        C.Out.WriteLine("At " + device + " enter, where nobody else reads it: key enter " + C.Me.DeviceId + " " + letters);
    }

    private void Enter(string device)
    {
        string letters = C.Line.NextWord();
        if (letters == null) C.FailUsage("the key is missing");
        else Tell(device, C.Messenger.EnterKey(device, letters), "sealed now, compare the code (key list) with ");
    }

    private void Tell(string device, SendError error, string words)
    {
        if (!C.FailWhen(error)) C.Done(words + device);
    }
}

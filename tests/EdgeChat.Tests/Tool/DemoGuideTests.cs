namespace EdgeChat.Tests.Tool;

/// <summary>The line on top of the page goes on when what it says is done.</summary>
[TestClass]
public class DemoGuideTests
{
    [TestMethod]
    public async Task It_goes_from_message_to_group_to_power_cut_to_broker_and_never_back()
    {
        await using var demo = await DemoUnderTest.StartAsync(EchoFirmware.Run);
        Assert.AreEqual("Type `send bob Hello` in alice's console and watch bob's screen.", demo.Room.Hint);

        demo.Alice.Packets.Add(PacketListTests.Publish(true, "ec1/i/bob/alice", 1, """{"n":1,"c":"Hello"}"""));
        StringAssert.StartsWith(demo.Room.Hint, "Type `send bob Hello`");
        demo.Alice.Packets.Add(PacketListTests.Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":1,"s":0}"""));
        StringAssert.StartsWith(demo.Room.Hint, "bob has it: two ticks. Press OK beside bob's screen");
        await demo.Room.SetBrokerAsync(false);
        demo.Alice.Packets.Add(PacketListTests.Publish(false, "ec1/i/alice/bob", 2, """{"y":"r","d":1,"s":1}"""));
        StringAssert.StartsWith(demo.Room.Hint, "Now a group: type `group create team bob`");
        demo.Fleet.TakeRetained("ec1/r/team", """{"v":3,"by":"alice","m":["alice","bob"]}"""u8.ToArray());
        StringAssert.StartsWith(demo.Room.Hint, "Cut bob's power");
        await demo.Bob.SetPowerAsync(false);
        await demo.Bob.SetPowerAsync(true);
        StringAssert.StartsWith(demo.Room.Hint, "Stop the broker");
        await demo.Room.SetBrokerAsync(true);
        StringAssert.StartsWith(demo.Room.Hint, "That was the tour.");
        demo.Alice.Packets.Add(PacketListTests.Publish(true, "ec1/i/bob/alice", 2, """{"n":2,"c":"more"}"""));
        StringAssert.StartsWith(demo.Room.Hint, "That was the tour.");
    }

    [TestMethod]
    [DataRow("heltec-wifi-kit-32", "Hold the button beside bob's screen")]
    [DataRow("m5stickc-plus", "Press B beside bob's screen")]
    public async Task It_names_the_button_that_the_board_has(string model, string hint)
    {
        await using var demo = await DemoUnderTest.StartAsync(() => { }, model: model);
        demo.Alice.Packets.Add(PacketListTests.Publish(true, "ec1/i/bob/alice", 1, """{"n":1,"c":"Hello"}"""));
        demo.Alice.Packets.Add(PacketListTests.Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":1,"s":0}"""));
        StringAssert.Contains(demo.Room.Hint, hint);
    }
}

using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What a broker's host may be.</summary>
[TestClass]
public class HostNameTests
{
    [TestMethod]
    public void A_name_or_a_canonical_address_is_sound()
    {
        string[] sound = { "broker.home", "Broker_1.fritz.box", "xn--brker-kva.home", "192.168.1.10", "0.0.0.255", "1.2.3.4.5a" };
        for (int i = 0; i < sound.Length; i++) Assert.IsTrue(HostName.IsSound(sound[i]), sound[i]);
    }

    [TestMethod]
    public void Anything_else_is_not()
    {
        string[] wrong =
        {
            "", "broker.home.", ".home", "broker..home", "broker home", " broker", "bröker.home", "127.0.0.01", "127.1", "256.1.1.1",
            "1.2.3.4.5", "::1", "mqtt://broker", "a23456789012345678901234567890123456789012345678901234567890abcd",
        };
        for (int i = 0; i < wrong.Length; i++) Assert.IsFalse(HostName.IsSound(wrong[i]), wrong[i]);
        Assert.IsFalse(HostName.IsSound(null));
    }
}

using System.Runtime.CompilerServices;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.M2Mqtt;

namespace EdgeChat.Tests.Mqtt;

/// <summary>The client on a board: whose threads they are, and what a power cut leaves.</summary>
[TestClass]
public class PowerTests
{
    [TestMethod]
    public void A_power_cut_ends_all_threads_without_DISCONNECT_and_without_an_event()
    {
        using var s = new Situation();
        s.Connect();
        s.Publish("x");
        s.WaitForPacket("3206000174000178");
        s.Network.CutPower();
        s.Network.WaitForThreads();
        s.WaitForClose();
        s.Trace.AssertOf(Situation.Dispatch);
        s.Trace.AssertOf(ScriptedBroker.FromClient, Situation.ConnectPacket, "3206000174000178");
        Assert.ThrowsExactly<OperationCanceledException>(() => s.Publish("y"));
        Assert.ThrowsExactly<OperationCanceledException>(() => s.Connect());
        Assert.ThrowsExactly<OperationCanceledException>(s.Client.Disconnect);
    }

    [TestMethod]
    public void A_power_cut_ends_the_wait_for_CONNACK()
    {
        using var s = new Situation();
        s.Broker.Connack = null;
        var connecting = Task.Run(() => Assert.ThrowsExactly<OperationCanceledException>(() => s.Connect()));
        s.WaitForPacket(Situation.ConnectPacket);
        s.Network.CutPower();
        Assert.IsTrue(connecting.Wait(TimeSpan.FromSeconds(25)), "waits on for CONNACK");
        s.Network.WaitForThreads();
    }

    [TestMethod]
    public void A_handler_that_a_power_cut_interrupts_ends_its_thread_silently()
    {
        using var s = new Situation();
        s.Connect();
        s.Client.MqttMsgPublishReceived += (_, _) =>
        {
            s.Add("in the handler");
            s.Network.PowerLost.WaitHandle.WaitOne();
            throw new InvalidOperationException("no power");
        };
        s.Broker.Last!.Send("30040001746F");
        s.Broker.Last.Send("300400017470");
        s.WaitForEvent("in the handler");
        s.Trace.WaitFor(TestNetwork.Seen, "in 300400017470");
        s.Network.CutPower();
        s.Network.WaitForThreads();
        s.Trace.AssertOf(Situation.Dispatch, "Received t 6F dup False qos 0 retain False", "in the handler");
    }

    [TestMethod]
    public void Handlers_find_their_board_on_every_thread()
    {
        using var s = new Situation();
        s.Client.ConnectionOpened += (_, _) => s.Add("mine " + ReferenceEquals(s.Network, BoardNetwork.Current));
        s.Client.ConnectionClosed += (_, _) => s.Add("mine " + ReferenceEquals(s.Network, BoardNetwork.Current));
        s.Connect();
        s.Client.Disconnect();
        s.Trace.WaitFor(Situation.Receive, "mine True");
        s.WaitForEvent("mine True");
    }

    [TestMethod]
    public void Each_board_has_its_own_settings()
    {
        using var s = new Situation();
        s.Client.Settings.InflightQueueSize = 7;
        Assert.AreSame(s.Client.Settings, MqttSettings.Instance);
        Assert.AreEqual(s.Broker.Port, MqttSettings.Instance.Port);
        using var other = new Situation();
        Assert.AreEqual(MqttSettings.DefaultInflightQueueSize, MqttSettings.Instance.InflightQueueSize);
    }

    [TestMethod]
    public void A_closed_client_is_held_by_nothing()
    {
        using var s = new Situation();
        WeakReference client = ConnectAndClose(s);
        s.Network.WaitForThreads();
        s.Make();
        for (int i = 0; i < 10 && client.IsAlive; i++)
            GC.Collect();
        Assert.IsFalse(client.IsAlive, "the power watch or a thread still holds it");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ConnectAndClose(Situation s)
    {
        s.Connect();
        s.Client.Close();
        return new WeakReference(s.Client);
    }
}

using System;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Alice and bob with a key, and what went between them.</summary>
internal static class SealedPair
{
    public const string ToBob = "ec1/i/bob/alice";
    public const string ToAlice = "ec1/i/alice/bob";

    /// <summary>Skips the test, or from <see cref="SetupAttribute"/> those of a class, where there is no cryptography.</summary>
    public static void NeedCryptography()
    {
        if (!SealKit.IsThere) Assert.SkipTest("this runtime has no cryptography");
    }

    public static CoreBoard Alice(VirtualBroker broker) { return SealKit.Give(broker.Board("alice"), "bob").Online(); }

    public static CoreBoard Bob(VirtualBroker broker) { return SealKit.Give(broker.Board("bob"), "alice").Online(); }

    public static int Refused(CoreBoard board, BodyError error) { return board.Messenger.Counters.RefusedFor(error); }

    public static int OpenOnes(VirtualBroker broker) { return CountOpen(broker, ToBob) + CountOpen(broker, ToAlice); }

    public static int CountOpen(VirtualBroker broker, string topic)
    {
        int count = 0;
        for (int i = 0; i < broker.Log.Count; i++)
            if (broker.Log.TopicAt(i) == topic && !Envelope.IsSealed(broker.Log.BodyAt(i))) count++;
        return count;
    }

    public static byte[] LastBody(VirtualBroker broker, string topic)
    {
        int i = broker.Log.Count - 1;
        while (broker.Log.TopicAt(i) != topic) i--;
        return broker.Log.BodyAt(i);
    }

    public static byte[] Cut(byte[] bytes, int count)
    {
        var part = new byte[count];
        Array.Copy(bytes, 0, part, 0, count);
        return part;
    }
}

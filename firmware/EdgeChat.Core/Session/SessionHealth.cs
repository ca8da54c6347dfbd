namespace EdgeChat.Core;

/// <summary>How the session knows that its link lives, that the board has the rights that it needs, and that nobody else uses its
/// id.</summary>
/// <remarks>
/// <para>Alive is what was heard from, never what was sent to: a broker that is silent drops nothing, and a library that sends again and
/// again looks busy. What is sent must be answered within one and a half of the keep-alive since something was heard. After one keep-alive
/// the birth is published once more: it comes back, so that it can be heard on a link that is too slow for the library to wait for its
/// PUBACK. While nothing is sent, the library's PINGREQ does the same with three quarters of the keep-alive, unseen; so that counts as
/// heard too.</para>
/// </remarks>
public sealed partial class Session
{
    private long _heardMs;
    private long _aliveByMs = Deadline.Never; // while something waits for an answer
    private int _notYetTries;
    private int _birthDeaths;

    private int KeepAliveMs { get { return _me.KeepAliveSeconds * 1000; } }

    // the broker has answered, or told something
    private void Hear()
    {
        _heardMs = _nowMs;
        _aliveByMs = Deadline.Never;
        Set(Asking, false);
    }

    // something is sent that wants an answer
    private void Expect()
    {
        if (_aliveByMs != Deadline.Never) return;
        long pingedMs = _nowMs - KeepAliveMs / 4 * 3;
        _aliveByMs = (_heardMs > pingedMs ? _heardMs : pingedMs) + KeepAliveMs;
    }

    private void OnSilence()
    {
        if (Has(Asking))
        {
            End(true, Problems.NoAnswer);
            return;
        }

        Set(Asking, true);
        _aliveByMs += KeepAliveMs / 2;
        if (IsConnected && !Has(Stopping)) _presence.Expect();
    }

    // says which right is missing, the most important one first
    private void Judge()
    {
        string[] refused = _subscriptions.Refused;
        if (refused != null)
            Problem = Problems.RefusedFilters(refused, _me.DeviceId, _subscriptions.IsNothingGranted)
                + (_subscriptions.IsGentle ? Problems.OrLargeRecord : "");
        else if (_presence.IsUnheard) Problem = Problems.Unheard(_presence.Topic, _me.DeviceId);
        else Problem = null;
        if (IsOnline) State = Problem == null ? SessionState.Online : SessionState.Degraded;
    }

    private void OnOwnPresence(byte[] body)
    {
        bool wasUnheard = _presence.IsUnheard;
        if (_presence.Take(body))
        {
            bool isTwin = _presence.IsContested;
            End(true, isTwin ? Problems.Twin(_me.DeviceId) : Problems.OldCounter);
            if (isTwin) Resign();
        }
        else if (wasUnheard)
        {
            Judge();
        }
    }

    // of an end that comes again and again: what the broker was asked last
    private string CauseOfClose(bool isOlderTls)
    {
        if (_subscriptions.IsWaiting)
            return _subscriptions.IsGentle ? Problems.LargeRecord : Problems.ClosedOnSubscribe(_me.DeviceId);
        if (_flight == Flight.Birth) return Problems.RefusedBirth(_presence.Topic, _me.DeviceId);
        if (_clientFlights > 0) return Problems.ClosedOnPublish(_me.DeviceId);
        return isOlderTls ? Problems.LargeRecord : Problems.Kicked(_me.DeviceId);
    }
}

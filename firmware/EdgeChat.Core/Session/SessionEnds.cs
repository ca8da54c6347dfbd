namespace EdgeChat.Core;

/// <summary>How a connection, or the session, ends: what is told to whom, and when the next try is.</summary>
public sealed partial class Session
{
    // sessions of TLS 1.2 in a row that the other side has ended soon
    private const int ForgetDue = -1; // the last one on what had waited, which is to be dropped
    private int _olderEnds;

    private void OnRefused(int code)
    {
        bool isNotYet = (code == 4 || code == 5) && _notYetTries > 0;
        End(false, isNotYet ? Problems.NotYet(code) : Problems.Refused(code, _me.DeviceId));
        if (isNotYet) _notYetTries--;
        else if (code != 3 && code >= 1 && code <= 5) Resign();
    }

    // CONNACK and what has waited may be in one record
    private void OnConnectFailed(LinkEvent e)
    {
        bool isQueue = e.Flag && ++_olderEnds >= Limits.RecordTimes;
        if (isQueue) _subscriptions.BeGentle();
        End(false, isQueue ? e.Reason + " Or " + Problems.LargeQueue : e.Reason ?? Problems.NoConnection);
        if (isQueue) _olderEnds = ForgetDue;
    }

    private void OnClosed(LinkEvent e)
    {
        ForgetFailures();
        if (IsLargeRecord(e.Flag))
        {
            End(false, Problems.LargeRecord);
            TrySoon();
            return;
        }

        bool isQueue = _subscriptions.IsSettlingFirst;
        bool isKnown = IsConnected && (_subscriptions.IsGentle || _failures + 1 >= Limits.DeadlyTimes);
        string problem = isQueue ? Problems.LargeQueue : isKnown ? CauseOfClose(e.Flag) : e.Reason ?? Problems.Closed;
        bool isFilterFound = _subscriptions.OnClosed();
        bool isBirth = _flight == Flight.Birth;
        End(false, problem);
        if (isQueue) _olderEnds = ForgetDue;
        if (isBirth && ++_birthDeaths >= Limits.DeadlyTimes) Resign();
        if (isFilterFound) TrySoon();
    }

    // the library tells no cause. Under TLS 1.2 too long a record is one, which what was asked last says nothing of: several answers
    // and messages may be in it. So a session is careful from the second such end on, and then it shows on what another one comes
    private bool IsLargeRecord(bool isOlderTls)
    {
        if (_subscriptions.IsGentle) return false;
        if (!isOlderTls || !IsConnected || HasWorked) _olderEnds = 0;
        else if (++_olderEnds >= Limits.RecordTimes) _subscriptions.BeGentle();
        if (_subscriptions.IsGentle) _birthDeaths = 0;
        return _subscriptions.IsGentle;
    }

    private void End(bool aborts, string problem)
    {
        if (Has(Stopping))
        {
            Finish(!aborts);
            return;
        }

        bool wasOnline = IsOnline;
        bool isSuspect = !aborts && _clientFlights > 0 && _nowMs - _publishedMs <= Limits.SuspectMs;
        if (HasWorked) _turn = 0;
        else if (Has(HasNetwork)) _turn = (_turn + 1) & TurnMask; // else it was no fault of the address
        ForgetFailures();
        Leave(aborts);
        _nextTryMs = _nowMs + Backoff.Next(_random, ref _failures);
        State = Has(HasNetwork) ? SessionState.Waiting : SessionState.NoNetwork;
        Problem = problem;
        if (wasOnline && _client.OnOffline(isSuspect, _nowMs)) TrySoon();
    }

    private bool HasWorked { get { return IsOnline && _nowMs - _onlineSinceMs >= Limits.BackoffResetMs; } }

    // a session that has worked ends what was before
    private void ForgetFailures()
    {
        if (HasWorked) _failures = 0;
    }

    // it makes no sense to ask again soon: somebody has to do something first
    private void Resign()
    {
        if (State != SessionState.Waiting) return;
        State = SessionState.Refused;
        _nextTryMs = _nowMs + Backoff.NextAfterRefusal(_random, ref _failures);
    }

    // the cause of the end is known and left out from now on
    private void TrySoon()
    {
        _failures = 0;
        _nextTryMs = _nowMs + Backoff.Next(_random, ref _failures);
    }

    private void Finish(bool isClean)
    {
        bool wasOnline = IsOnline;
        Leave(!isClean);
        Set(ConnectDue, false);
        Set(DisconnectDue, true);
        Set(Stopping, false);
        State = SessionState.Stopped;
        Problem = null;
        if (wasOnline) _client.OnOffline(false, _nowMs);
    }

    private void Leave(bool aborts)
    {
        if (aborts) _abortTicket = _connection;
        _connection = 0;
        _flight = Flight.None;
        _clientFlights = 0;
        _subscriptions.Leave();
        _presence.Leave();
        _stepByMs = Deadline.Never;
        _publishByMs = Deadline.Never;
        _aliveByMs = Deadline.Never;
    }
}

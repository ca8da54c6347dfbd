namespace EdgeChat.Core;

/// <summary>How a connection, or the session, ends: what is told to whom, and when the next try is.</summary>
public sealed partial class Session
{
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

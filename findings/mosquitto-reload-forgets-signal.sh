#!/usr/bin/env bash
# Mosquitto forgets a SIGHUP that comes while it still reads its files for the last one, and one that comes while it starts ends it.
#
# Expected: mosquitto(8): "SIGHUP: Upon receiving the SIGHUP signal, mosquitto will attempt to reload configuration file data". Two signals
#   are two wishes; the second one came behind a change that the first reading may not have seen.
# Seen: a user is added to password_file while the broker reads a long acl_file, which it does behind the passwords, and SIGHUP is sent. The
#   broker has marked the signal, and takes the mark away when the first reading is over: the user is refused for as long as nobody sends
#   another one. The pid_file is there before the signal is known: sent then, it ends the broker.
# Why it matters: whoever adds twenty devices, one after another, has some of them refused, seldom, and under load. A password that was taken
#   away may go on to be good.
# What to do: send it only once /proc/PID/status has it among SigCgt, and twice: the second time when SigBlk has it, since the broker waits
#   for its clients with the signal blocked.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto mosquitto-clients

port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous false\nuser root\npassword_file users\nacl_file rights\npid_file %s/pid\n' \
  "$port" "$work" > broker.conf
touch users rights
mosquitto_passwd -b users first secret
serve "$port" mosquitto -c broker.conf
{ yes '#' || true; } | head -n 8000000 > rights # comments, and some hundred milliseconds
mosquitto_passwd -b users second secret && cp users both && mosquitto_passwd -D users second

let_in() { timeout 20 mosquitto_pub -p "$port" -u second -P secret -t x -m y 2>/dev/null && echo yes || echo no; }

kill -HUP "$(cat pid)"
until grep -q 'Reloading config' "$port.log"; do sleep 0.01; done
sleep 0.1
cp both users
kill -HUP "$(cat pid)"
sleep 8
once=$(let_in)
kill -HUP "$(cat pid)"
sleep 8
again=$(let_in)

rm pid
mosquitto -c <(sed "s/listener .*/listener $(free_port) 127.0.0.1/" broker.conf) > second.log 2>&1 &
second=$!
until [ -s pid ]; do sleep 0.001; done
kill -HUP "$second"
sleep 8
kill -0 "$second" 2>/dev/null && started=yes || started=no
kill "$second" 2>/dev/null || true

echo "a user whose signal came while the broker read: expected to be let in: $once; after one more signal: $again"
echo "a broker that got the signal while it started: expected to run: $started"
[ "$once $again $started" = 'no yes no' ] && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }

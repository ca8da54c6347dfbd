#!/usr/bin/env bash
# Mosquitto ends the connection of a user who is gone from its password file at SIGHUP, and does not publish its will.
#
# Expected: the will "MUST be published when the Network Connection is subsequently closed unless the Will Message has been deleted by the
#   Server on receipt of a DISCONNECT Packet" (OASIS MQTT 3.1.1, MQTT-3.1.2-8).
# Seen: with the user's line taken out of password_file, SIGHUP ends the user's connection at once, as one hopes, and the retained will
#   never comes. The same client killed by signal 9 has its will published.
# Why it matters: presence of messengers and devices is a retained birth with a will beside it. Whoever is thrown out by a change of
#   passwords stays "online" for everybody, for ever: nobody may write that topic any more.
# What to do: whoever takes a password away writes the presence in the user's name first: set a password that only the tool knows, reload,
#   publish the will's text with it, then remove the user.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto mosquitto-clients

port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous false\nuser root\npassword_file users\npid_file %s/pid\n' "$port" "$work" > broker.conf
touch users
for user in device other reader; do mosquitto_passwd -b users "$user" secret; done
serve "$port" mosquitto -c broker.conf

# online NAME: a client with a retained will, once it is there; sets client to its process.
online() {
  mosquitto_sub -p "$port" -u "$1" -P secret -i "$1" -q 1 -t 'nothing' --will-topic "presence/$1" --will-payload lost --will-qos 1 \
    --will-retain >/dev/null 2>&1 &
  client=$!
  until timeout 10 mosquitto_pub -p "$port" -u "$1" -P secret -q 1 -r -t "presence/$1" -m on 2>/dev/null; do sleep 0.1; done
  sleep 1
}
presence() { timeout 10 mosquitto_sub -p "$port" -u reader -P secret -q 1 -C 1 -W 5 -t "presence/$1"; }

online other
kill -9 "$client"
wait "$client" 2>/dev/null || true
sleep 2
killed=$(presence other)
online device
mosquitto_passwd -D users device
kill -HUP "$(cat pid)"
sleep 2
refused=no
mosquitto_pub -p "$port" -u device -P secret -t x -m y 2>/dev/null || refused=yes
removed=$(presence device)
kill "$client" 2>/dev/null || true

echo "presence of a client that was killed: expected lost, got $killed"
echo "user gone from the passwords: expected to be refused: $refused; its presence: expected lost, got $removed"
[ "$killed $refused $removed" = 'lost yes on' ] && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }

#!/usr/bin/env bash
# mosquitto_pub and mosquitto_sub end with 0 when the broker has said that they may not publish or subscribe.
#
# Expected: "returns zero on success, or non-zero on error" (mosquitto_pub(1), mosquitto_sub(1), EXIT STATUS); and mosquitto_sub -E
#   ends when "all of its subscriptions have been acknowledged by the broker".
# Seen: a PUBACK "Not authorized" (MQTT 5, 87h) is printed as a warning, exit code 0. mosquitto_sub -E whose filters were all refused
#   (SUBACK 128) prints "All subscription requests were denied." and exits with 0; with one refused and one granted it prints nothing.
# Why it matters: a provisioning or health script that proves a device's rights with "mosquitto_pub ... && echo allowed" passes for every
#   device, whatever the ACL says. (With MQTT 3.1.1, the default of both, the first is not even visible: Mosquitto sends a plain PUBACK.)
# What to do: prove the right to publish by a subscriber that gets the message, the lack of it by one that does not; use -V mqttv5 and
#   treat any output on stderr as failure; ask for one filter at a time.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto mosquitto-clients
npm_packages aedes@1.2.0

port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\nacl_file rights\n' "$port" > broker.conf
echo 'topic readwrite allowed/#' > rights
serve "$port" mosquitto -c broker.conf

# Mosquitto grants every SUBSCRIBE and delivers nothing; aedes refuses with 128.
cat > aedes.mjs <<'JS'
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

const broker = await Aedes.createBroker({
  authorizeSubscribe: (client, subscription, done) => done(null, subscription.topic.startsWith('allowed/') ? subscription : null),
});
createServer(broker.handle).listen(Number(process.argv[2]), '127.0.0.1');
JS
aedes=$(free_port)
serve "$aedes" node aedes.mjs "$aedes"

same=true
# check WHAT EXPECTED-CODE TEXT-OF-THE-FINDING COMMAND...: the finding is exit code 0 with that text on stderr.
check() {
  local what=$1 expected=$2 text=$3 code=0
  shift 3
  "$@" >/dev/null 2>errors || code=$?
  echo "$what: expected $expected, got exit code $code, stderr \"$(tr '\n' ' ' < errors)\""
  [ "$code" = 0 ] && [ "$(tr -d '\n' < errors)" = "$text" ] || same=false
}
check 'publish to allowed/x, MQTT 5' 'exit code 0' '' timeout 20 mosquitto_pub -p "$port" -V mqttv5 -q 1 -t allowed/x -m text
check 'publish to other/x, MQTT 5, QoS 1' 'another exit code' 'Warning: Publish 1 failed: Not authorized.' \
  timeout 20 mosquitto_pub -p "$port" -V mqttv5 -q 1 -t other/x -m text
check 'subscribe to other/x, refused' 'another exit code' 'All subscription requests were denied.' \
  timeout 20 mosquitto_sub -p "$aedes" -E -q 1 -t other/x
check 'subscribe to allowed/x and other/x, second refused' 'a word about it' '' \
  timeout 20 mosquitto_sub -p "$aedes" -E -q 1 -t allowed/x -t other/x
$same && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }

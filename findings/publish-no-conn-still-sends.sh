#!/usr/bin/env bash
# Paho for Python and libmosquitto: publish() says "not connected", an error, and the message is sent later all the same.
#
# Expected: publish() gives 0 or an error, and 4 (MQTT_ERR_NO_CONN, MOSQ_ERR_NO_CONN) "if the client is not currently connected" (Paho's
#   publish(); mosquitto.h says it likewise of mosquitto_publish()). Whoever gets an error still has the message, and tries again.
# Seen: with QoS 0 the message is gone. With QoS 1 and 2 the same 4 is given, and the message is in the client's queue: it is sent as soon
#   as there is a connection, also with a clean session. A caller that tries again until it gets 0 has sent it twice, as two messages, so
#   neither QoS 2 nor DUP tells that they are one.
# Why it matters: "try again on error" is the sound thing to do, and posts each chat line and each "open the door" twice when the broker was
#   away; it is right with QoS 0. Nothing shows while the broker is there.
# What to do: take 4 for "queued" where QoS is above 0, and wait for the end of that very message (wait_for_publish(), the publish
#   callback); or publish in and after the connect callback only. Number messages so that a reader can drop the second one.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto python3 python3-paho-mqtt libmosquitto1
npm_packages mqtt-packet@9.0.2
start_mosquitto

cp "$here/raw-mqtt.mjs" .
cat > reader.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { connect, pause } from './raw-mqtt.mjs';

const reader = await connect(Number(process.argv[2]));
await reader.subscribe(1, ['out/#', 2]);
writeFileSync('ready', '');
await reader.wait((packet) => packet.topic === 'out/end', 30000);
await pause(2000);
console.log(reader.messages().map((packet) => packet.topic.slice(4)).filter((topic) => topic.startsWith('qos')).sort().join(' '));
process.exit();
JS

# One message of each QoS before there is a connection, then a connection; the word "again" makes it send once more what had an error.
# Prints the three codes.
cat > by_paho.py <<'PY'
import sys
from paho.mqtt import client as mqtt

client = mqtt.Client()
publish = lambda qos: client.publish("out/qos%d" % qos, "hello", qos).rc
codes = [publish(qos) for qos in (0, 1, 2)]
client.connect("127.0.0.1", int(sys.argv[1]))
client.loop_start()
while not client.is_connected():
    pass
for qos in (0, 1, 2):
    if sys.argv[2] == "again" and codes[qos]:
        publish(qos)
client.publish("out/end", "", 1).wait_for_publish(10)
print(codes)
PY

cat > by_libmosquitto.py <<'PY'
import sys, time
from ctypes import CDLL, c_bool, c_char_p, c_int, c_void_p

library = CDLL("libmosquitto.so.1")
library.mosquitto_new.restype = c_void_p
library.mosquitto_publish.argtypes = [c_void_p, c_void_p, c_char_p, c_int, c_char_p, c_int, c_bool]
library.mosquitto_connect.argtypes = [c_void_p, c_char_p, c_int, c_int]
library.mosquitto_loop_start.argtypes = [c_void_p]
library.mosquitto_lib_init()
client = library.mosquitto_new(None, c_bool(True), None)
publish = lambda topic, qos: library.mosquitto_publish(client, None, topic, 5, b"hello", qos, False)
codes = [publish(b"out/qos%d" % qos, qos) for qos in (0, 1, 2)]
library.mosquitto_connect(client, b"127.0.0.1", int(sys.argv[1]), 60)
library.mosquitto_loop_start(client)
while publish(b"out/start", 1):
    time.sleep(0.1)
for qos in (0, 1, 2):
    if sys.argv[2] == "again" and codes[qos]:
        publish(b"out/qos%d" % qos, qos)
publish(b"out/end", 1)
time.sleep(2)
print(codes)
PY

export PYTHONPATH="$work/root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages"
same=true
while read -r by again codes arrived; do
  node reader.mjs "$mosquitto" > arrived &
  until [ -e ready ]; do sleep 0.1; done
  got=$(python3 "by_$by.py" "$mosquitto" "$again" | tr -d ' ')
  wait $!
  rm ready
  echo "$by, QoS 0, 1, 2 without connection: codes $got; sent $again: arrived: $(cat arrived)"
  [ "$got" = "$codes" ] && [ "$(cat arrived)" = "${arrived//_/ }" ] || same=false
done <<'CASES'
paho once [4,4,4] qos1_qos2
libmosquitto once [4,4,4] qos1_qos2
paho again [4,4,4] qos0_qos1_qos1_qos2_qos2
libmosquitto again [4,4,4] qos0_qos1_qos1_qos2_qos2
CASES
$same && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }

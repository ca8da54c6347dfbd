#!/usr/bin/env bash
# mosquitto_sub -F %J changes the numbers of the payload: ids come out wrong, even those that a double holds.
#
# Expected: %J prints "a non-quoted and non-escaped payload - this means the payload must itself be valid JSON"
#   (mosquitto_sub(1)): what was sent, in a frame. At the least every integer below 2^53 should survive (RFC 8259 section 6).
# Seen: the payload is parsed and written anew. 8007199254740991, a 53-bit id that JavaScript counts as safe, is printed with
#   15 digits (cJSON takes numbers for equal that differ by its epsilon). 64-bit ids lose more, 27.0 becomes 27. %j and %p keep all.
# Why it matters: "mosquitto_sub ... %J | jq" is the usual log of a fleet. Message ids in it match no message, and de-duplication or
#   sorting by time stamp on such a log joins what is distinct. Nothing is said on stderr.
# What to do: log with %j (payload as a string, then parse it) or %x (hex); send ids and 64-bit times as JSON strings.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto mosquitto-clients
port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\n' "$port" > broker.conf
serve "$port" mosquitto -c broker.conf

payload='{"id53":8007199254740991,"id64":7205759403792793601,"celsius":27.0}'
mosquitto_pub -p "$port" -t log -r -q 1 -m "$payload"
rewritten=$(mosquitto_sub -p "$port" -t log -C 1 -W 20 -F '%J')
quoted=$(mosquitto_sub -p "$port" -t log -C 1 -W 20 -F '%j')
plain=$(mosquitto_sub -p "$port" -t log -C 1 -W 20 -F '%p')

rewritten=${rewritten##*\"payload\":}
echo "sent        $payload"
echo "%p          $plain"
echo "%j          ...${quoted##*\"payload\":}"
echo "%J expected $payload}"
echo "%J seen     $rewritten"
case $rewritten in
  *8007199254740991* | *7205759403792793601* | *27.0*) echo 'CHANGED: not what the finding says'; exit 1 ;;
  *'"celsius":27}}'*) [ "$plain" = "$payload" ] && echo 'as in the finding' ;;
  *) echo 'CHANGED: not what the finding says'; exit 1 ;;
esac

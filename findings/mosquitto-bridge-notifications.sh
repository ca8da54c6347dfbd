#!/usr/bin/env bash
# Mosquitto bridge to aedes or NATS: with the defaults the bridge never comes up.
#
# Expected: a bridge needs an address and a topic; the remote side is any MQTT broker ("Not all brokers support this feature" is said
#   of try_private only, mosquitto.conf(5)).
# Seen: "notifications" are on by default: the bridge's will and first PUBLISH go to $SYS/broker/connection/HOST.NAME/state on the
#   REMOTE broker. aedes 1.2.0 closes the connection of whoever publishes below $SYS; nats-server 2.9 refuses it for the "." that
#   the bridge's own client id brings into the topic. The bridge says "closed its connection" and tries again, for ever.
# Why it matters: the log names neither topic nor cause, CONNACK is 0, and a client with the same password works; one looks at the
#   password, the ACL and TLS. MQTT 3.1.1 section 4.7.2 leaves $ topics to the server, so the remote brokers are in their right.
# What to do: "notifications_local_only true" (checked below), or "notifications false", towards every broker that is not Mosquitto.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto nats-server
npm_packages aedes@1.2.0

start_aedes

start_nats

names=()
for broker in "aedes $aedes" "nats $nats"; do
  read -r remote port <<< "$broker"
  for how in default notifications_local_only; do
    local=$(free_port)
    {
      printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\n' "$local"
      printf 'connection %s\naddress 127.0.0.1:%s\nrestart_timeout 1\ntopic presence/# both 1\n' "$how" "$port"
      [ "$how" = default ] || printf '%s true\n' "$how"
    } > "$remote-$how.conf"
    serve "$local" mosquitto -v -c "$remote-$how.conf"
    names+=("$remote-$how $local")
  done
done

# Long enough for three tries; NATS needs the second, since it refuses the protocol level of a private bridge at first.
sleep 25
same=true
for name in "${names[@]}"; do
  read -r bridge local <<< "$name"
  connacks=$(grep -c 'Received CONNACK' "$local.log" || true)
  subacks=$(grep -c 'Received SUBACK' "$local.log" || true)
  closed=$(grep -c 'Client local.* closed its connection' "$local.log" || true)
  echo "$bridge: CONNACK $connacks, SUBACK expected 1, got $subacks; closed by the remote broker $closed times"
  case $bridge in
    *-default) [ "$subacks" = 0 ] && [ "$closed" -ge 2 ] || same=false ;;
    *) [ "$subacks" = 1 ] || same=false ;;
  esac
done
echo "nats-server says: $(grep -m 1 -o "characters.*" "$nats.log" || echo nothing)"
$same && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }

#!/usr/bin/env bash
# Erlang/OTP, distribution over TLS: a node that is named by its IP address is refused, though the certificate has that address among its names.
#
# Expected: with verify_peer the host of the node's name is looked for in the certificate; an address stands there as an iPAddress (RFC 5280,
#   4.2.1.6), and ssl:connect to that address takes it. A client may do without by {server_name_indication, disable} (ssl's documentation), and
#   ssl_dist_optfile takes the client's options of ssl ("Using TLS for Erlang Distribution").
# Seen: the distribution hands the address over as a name: hostname_check_failed. Its own server_name_indication comes first, so "disable" changes
#   nothing. With the address as a dNSName too the nodes connect.
# Why it matters: a cluster of RabbitMQ, EMQX or VerneMQ whose nodes are known by addresses does not come about once its nodes check each other.
# What to do: name nodes by host names, or give the certificate each address as a dNSName as well.
. "$(dirname "$0")/common.bash"

debian_packages erlang-base erlang-ssl
erlang

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=CA -keyout ca.key -out ca.pem 2> openssl.log

# certificate NAME SUBJECTALTNAME [OPTION]: a node's certificate, and the options of its distribution with one more for the client's side
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>> openssl.log
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out "$1.pem" \
    -extfile <(printf 'subjectAltName=%s\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n' "$2") 2>> openssl.log
  cat > "$1.config" <<C
[{server, [{certfile, "$work/$1.pem"}, {keyfile, "$work/$1.key"}]},
 {client, [{cacertfile, "$work/ca.pem"}, {verify, verify_peer}${3:-}]}].
C
}
certificate address IP:127.0.0.1
certificate quiet IP:127.0.0.1 ', {server_name_indication, disable}'
certificate both IP:127.0.0.1,DNS:127.0.0.1

# node NAME CERTIFICATE ARGUMENT...: becomes one with the TLS of that certificate; all know the same word, and the one that listens has a fixed port
node() {
  local name=$1 certificate=$2
  shift 2
  export HOME=$work
  exec erl -noshell -noinput -name "$name@127.0.0.1" -proto_dist inet_tls -ssl_dist_optfile "$work/$certificate.config" \
    -setcookie finding -start_epmd false -erl_epmd_port "$port" -kernel inet_dist_use_interface '{127,0,0,1}' logger_level critical "$@"
}

declare -A seen
for certificate in address quiet both; do
  port=$(free_port)
  serve "$port" node first "$certificate"
  seen[$certificate]=$(node second "$certificate" -dist_listen false \
    -eval "io:format(\"~p\", [net_kernel:connect_node('first@127.0.0.1')]), halt().")
done

cat > plain.erl <<'ERL'
-module(plain).
-export([main/0]).

main() ->
    {ok, _} = application:ensure_all_started(ssl),
    {ok, Listener} = ssl:listen(0, [{certfile, "address.pem"}, {keyfile, "address.key"}, {ip, {127, 0, 0, 1}}]),
    {ok, {_, Port}} = ssl:sockname(Listener),
    spawn_link(fun() -> {ok, Socket} = ssl:transport_accept(Listener), ssl:handshake(Socket), timer:sleep(5000) end),
    {Result, _} = ssl:connect({127, 0, 0, 1}, Port, [{cacertfile, "ca.pem"}, {verify, verify_peer}]),
    io:format("~p", [Result]),
    halt().
ERL
erl -noshell -noinput -eval '{ok, plain} = compile:file(plain), halt().'
plain=$(erl -noshell -noinput -s plain main)

echo "Erlang/OTP $(erl -noshell -noinput -eval 'io:format("~s", [erlang:system_info(otp_release)]), halt().')"
echo "certificate with the address as iPAddress: ssl:connect $plain; nodes connect: expected true, got ${seen[address]}"
echo "the same, server_name_indication disable: nodes connect: expected true, got ${seen[quiet]}"
echo "the address as dNSName too: nodes connect: ${seen[both]}"
if [ "$plain ${seen[address]} ${seen[quiet]} ${seen[both]}" = "ok false false true" ]; then
  echo "the finding holds"
else
  echo "the behaviour has changed" >&2
  exit 1
fi

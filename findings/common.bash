# Sourced by every finding. Gives it a bounded run in a temporary folder of its own, packages at exact versions, servers on free
# ports of loopback, and an end that removes all of it.
set -euo pipefail
[ -n "${FINDING_BOUNDED:-}" ] || FINDING_BOUNDED=1 exec timeout -k 5 120 "$BASH" "$0" "$@"

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
servers=()
finish() {
  local code=$?
  trap - EXIT
  ((${#servers[@]})) && kill "${servers[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
  exit "$code"
}
trap finish EXIT
cd "$work"

# The system's certificates, also for Node, which has its own list otherwise.
certificates=/etc/ssl/certs/ca-certificates.crt
[ ! -r "$certificates" ] || export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$certificates}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export NUGET_CERT_REVOCATION_MODE="${NUGET_CERT_REVOCATION_MODE:-offline}"

# npm_packages NAME@VERSION...: installs them here, without running scripts of theirs.
npm_packages() {
  npm install --no-save --no-audit --no-fund --silent --ignore-scripts --prefer-offline --prefix "$work" "$@"
  echo "node $(node --version); npm: $*"
}

# debian_packages NAME...: those the machine lacks are unpacked here with what they need; nothing is installed.
debian_packages() {
  local absent=() package missing
  for package in "$@"; do
    dpkg-query --show --showformat='Debian: ${Package} ${Version}\n' "$package" 2>/dev/null || absent+=("$package")
  done
  export PATH="$PATH:/usr/sbin:/sbin"
  ((${#absent[@]})) || return 0
  apt-cache show "${absent[@]}" >/dev/null 2>&1 || apt-get update >/dev/null
  missing=$(apt-get --simulate --no-install-recommends install "${absent[@]}" | awk '/^Inst/ { print $2 }')
  mkdir -p deb root
  # shellcheck disable=SC2086
  (cd deb && apt-get download $missing >/dev/null 2>&1)
  for package in deb/*.deb; do dpkg-deb --extract "$package" root; done
  for package in "${absent[@]}"; do dpkg-deb --show --showformat='Debian: ${Package} ${Version}\n' deb/"$package"_*.deb; done
  export PATH="$work/root/usr/sbin:$work/root/usr/bin:$PATH"
  LD_LIBRARY_PATH="$work/root/usr/lib/$(uname -m)-linux-gnu"
  export LD_LIBRARY_PATH
}

# gpsd_decoder: gpsdecode, of gpsd. Its package, gpsd-clients, has windows too, with sixty packages that it does not need.
gpsd_decoder() {
  debian_packages gpsd-tools # brings the library
  command -v gpsdecode >/dev/null && return
  mkdir -p deb root
  (cd deb && apt-get download gpsd-clients >/dev/null 2>&1)
  dpkg-deb --extract deb/gpsd-clients_*.deb root
  export PATH="$work/root/usr/bin:$PATH"
}

# erlang: makes "erl" the Erlang of this machine, or the one that was unpacked here; its own script knows the first place only.
erlang() {
  export ROOTDIR=/usr/lib/erlang EMU=beam PROGNAME=erl BINDIR
  compgen -G "$ROOTDIR/erts-*" >/dev/null || ROOTDIR=$work/root$ROOTDIR
  BINDIR=$(echo "$ROOTDIR"/erts-*/bin)
  mkdir -p bin
  printf '#!/bin/sh\nexec "%s/erlexec" "$@"\n' "$BINDIR" > bin/erl
  chmod +x bin/erl
  export PATH="$work/bin:$PATH"
}

# nuget_packages NAME@VERSION...: fetches them, with what they need, to packages/name/version.
nuget_packages() {
  local package
  {
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit>'
    echo '<NoWarn>NU1701</NoWarn></PropertyGroup><ItemGroup>'
    for package in "$@"; do echo "<PackageReference Include=\"${package%@*}\" Version=\"[${package#*@}]\" />"; done
    echo '</ItemGroup></Project>'
  } > fetch.csproj
  dotnet restore fetch.csproj --packages packages --verbosity quiet >fetch.log 2>&1 || { cat fetch.log >&2; exit 1; }
  echo "NuGet: $*"
}

# csharp ARGUMENT...: the compiler of the newest SDK, without references. Sets runtime to the folder of the newest runtime's assemblies.
csharp() {
  local sdk folder
  read -r sdk folder <<< "$(dotnet --list-sdks | tail -n 1 | tr -d '[]')"
  read -r _ version runtime <<< "$(dotnet --list-runtimes | grep '^Microsoft.NETCore.App ' | tail -n 1 | tr -d '[]')"
  runtime=$runtime/$version
  (($# == 0)) || dotnet "$folder/$sdk/Roslyn/bincore/csc.dll" -nologo -noconfig -nostdlib "$@"
}

# dotnet_program NAME < C# source: compiles it to NAME.dll against the runtime and the packages fetched before. Quicker than a project.
dotnet_program() {
  local library references=()
  csharp
  # Of a package the folder for the newest .NET; nanoFramework's has none and is no reference of a program.
  for library in packages/*/*/lib; do
    [ -d "$library" ] || continue
    library=$(find "$library" -path '*/net*.0' | sort -V | tail -n 1)
    [ -z "$library" ] || cp "$library"/*.dll .
  done
  for library in "$runtime"/*.dll ./*.dll; do [ ! -e "$library" ] || references+=("-reference:$library"); done
  cat > "$1.cs"
  csharp "${references[@]}" -out:"$1.dll" "$1.cs"
  printf '{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "%s" } } }' "$version" > "$1.runtimeconfig.json"
  echo "dotnet $version"
}

# free_port: a port of loopback that nothing listens on.
free_port() {
  local port
  while port=$((RANDOM % 12000 + 20000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# serve PORT COMMAND...: starts a server, waits until the port accepts; its output goes to PORT.log.
serve() {
  local port=$1
  shift
  "$@" >"$port.log" 2>&1 &
  servers+=($!)
  for _ in $(seq 700); do
    kill -0 "${servers[-1]}" 2>/dev/null || break
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    sleep 0.1
  done
  cat "$port.log" >&2
  echo "no server on port $port" >&2
  exit 1
}

# for_bundlers FILE: hooks for Node's register(). A package that is made for bundlers has imports without ".js"; they add it when Node
# finds nothing without.
for_bundlers() {
  cat > "$1" <<'JS'
export async function resolve(name, context, next) {
  try {
    return await next(name, context);
  } catch (error) {
    if (name.startsWith('.')) return next(name + '.js', context);
    throw error;
  }
}
JS
}

# start_mosquitto, start_nats, start_aedes, start_mqttnet: the broker, open to anybody, on a port that is in the variable of its name. Its
# packages must have been fetched.
start_mosquitto() {
  mosquitto=$(free_port)
  printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\n' "$mosquitto" > mosquitto.conf
  serve "$mosquitto" mosquitto -c mosquitto.conf
}

start_nats() {
  nats=$(free_port)
  cat > nats.conf <<C
listen: "127.0.0.1:-1"
server_name: "finding"
jetstream { store_dir: "$work/jetstream" }
mqtt { listen: "127.0.0.1:$nats" }
C
  serve "$nats" nats-server -c nats.conf
}

start_aedes() {
  aedes=$(free_port)
  cat > aedes.mjs <<'JS'
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

createServer((await Aedes.createBroker()).handle).listen(Number(process.argv[2]), '127.0.0.1');
JS
  serve "$aedes" node aedes.mjs "$aedes"
}

start_mqttnet() {
  mqttnet=$(free_port)
  dotnet_program broker <<'CS'
using System.Net;
using System.Threading.Tasks;
using MQTTnet.Server;

var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(int.Parse(args[0]))
    .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithPersistentSessions().Build();
await new MqttServerFactory().CreateMqttServer(options).StartAsync();
await Task.Delay(-1);
CS
  serve "$mqttnet" dotnet broker.dll "$mqttnet"
}

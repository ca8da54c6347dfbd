#!/usr/bin/env bash
# A board's time zone string in TZ: glibc obeys it, Node obeys some of it, .NET none of it; what is not obeyed is UTC, without a word.
#
# Expected: TZ holds a POSIX string such as CET-1CEST,M3.5.0,M10.5.0/3 (POSIX.1-2017 section 8.3): it is what ESP32 firmware gives to
#   setenv("TZ") or configTzTime, so a desktop twin of the board started with the same TZ should show the same time, or complain.
# Seen: at 12:00 UTC on 15 July, glibc (date) says 14:00 for it. Node says 12:00: it takes fixed whole hours ("JST-9") but neither rules
#   nor minutes. .NET says 12:00 for each of them, TimeZoneInfo.Local.Id is "UTC", and FindSystemTimeZoneById throws for the string.
# Why it matters: simulators and log viewers of a fleet get the board's setting. All tests with a fixed zone pass on Node, and all tests
#   pass on a build machine that runs at UTC; the clock on screen is then wrong for whoever has summer time.
# What to do: parse the string yourself (it is short), or keep the IANA name beside it and give that to Node and .NET.
. "$(dirname "$0")/common.bash"

dotnet_program clock <<'CS'
using System;

var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(args[0]));
string known = "known";
try { TimeZoneInfo.FindSystemTimeZoneById(args[1]); } catch (TimeZoneNotFoundException) { known = "not found"; }
Console.WriteLine(TimeZoneInfo.ConvertTime(time, TimeZoneInfo.Local).ToString("HH:mm") + " " + TimeZoneInfo.Local.Id + ", " + known);
CS
echo "node $(node --version), $(getconf GNU_LIBC_VERSION)"

noon=1752580800
same=true
while read -r zone expected node dotnet; do
  glibc=$(TZ=$zone date -d "@$noon" +%H:%M)
  by_node=$(TZ=$zone node -p "new Date($noon * 1000).toTimeString().slice(0, 5)")
  by_dotnet=$(TZ=$zone dotnet clock.dll "$noon" "$zone")
  echo "TZ=$zone: expected $expected, got glibc $glibc, Node $by_node, .NET $by_dotnet"
  [ "$glibc" = "$expected" ] && [ "$by_node" = "$node" ] && [ "${by_dotnet%% *}" = "$dotnet" ] || same=false
done <<'ZONES'
CET-1CEST,M3.5.0,M10.5.0/3 14:00 12:00 12:00
AEST-10AEDT,M10.1.0,M4.1.0/3 22:00 12:00 12:00
IST-5:30 17:30 12:00 12:00
<-03>3 09:00 12:00 12:00
JST-9 21:00 21:00 12:00
ZONES
$same && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }

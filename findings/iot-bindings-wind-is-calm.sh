#!/usr/bin/env bash
# Iot.Device.Bindings (.NET IoT), NMEA 0183: a storm in km/h is calm, a boat that lies still has no speed, and west of Greenwich is "--03".
#
# Expected: MWV has its speed in K, M, N or S: km/h, m/s, knots, statute miles per hour; MDA has the wind in its last eight fields; VTG
#   leaves the course empty where there is none; ZDA has the hours of the zone as -13 to 13 (NMEA 0183; gpsd's "NMEA Revealed").
# Seen: a speed in K or S is 0 m/s, and valid: 100 km/h are calm, and go out again as "0.0,M". MDA is read without its wind, and written
#   with those fields empty. A VTG without a course, as receivers send it at a standstill, is not valid, and is written as "$GPVTG,". In a
#   zone with a minus ZDA is written with two, "--03".
# Why it matters: weather stations send K or N as they were set up at home; the alarm for wind never comes. The package routes sentences
#   between the boat's networks, so the plotter behind it loses the wind, the stop at anchor, and in America the clock.
# What to do: hand MWV, MDA, VTG and ZDA on as they came, and read the speed of MWV from the third and fourth field: 100 km/h are 27.8 m/s.
. "$(dirname "$0")/common.bash"

nuget_packages Iot.Device.Bindings@4.2.0 System.Device.Gpio@4.2.0 UnitsNet@5.75.1
dotnet_program sentences <<'CS'
using System;
using System.Globalization;
using System.Linq;
using Iot.Device.Nmea0183;
using Iot.Device.Nmea0183.Sentences;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool same = true;

string Sentence(string content) => "$" + content + "*" + content.Aggregate(0, (sum, c) => sum ^ c).ToString("X2");
NmeaSentence Read(string content)
{
    var time = new DateTimeOffset(2026, 9, 21, 13, 33, 0, TimeSpan.Zero);
    return TalkerSentence.FromSentenceString(Sentence(content), out _).TryGetTypedValue(ref time);
}
string Written(NmeaSentence sentence) => $"{sentence.TalkerId}{sentence.SentenceId},{sentence.ToNmeaParameterList()}";
void Compare(string content, string expected, Func<NmeaSentence, string> seen, string finding)
{
    string got = seen(Read(content));
    Console.WriteLine($"{content}\n  expected {expected}, got {got}");
    same &= got == finding;
}
string Wind(NmeaSentence sentence)
{
    var wind = (WindSpeedAndAngle)sentence;
    return $"{wind.Speed.MetersPerSecond:0.0} m/s, {(wind.Valid ? "valid" : "not valid")}, sent on as {Written(wind)}";
}
string Track(NmeaSentence sentence) => $"{(sentence.Valid ? "valid" : "not valid")}, sent on as {Written(sentence)}";

Compare("WIMWV,315.0,R,27.8,M,A", "27.8 m/s", Wind, "27.8 m/s, valid, sent on as WIMWV,315.0,R,27.8,M,A");
Compare("WIMWV,315.0,R,100.0,K,A", "27.8 m/s", Wind, "0.0 m/s, valid, sent on as WIMWV,315.0,R,0.0,M,A");
Compare("WIMWV,315.0,R,62.1,S,A", "27.8 m/s", Wind, "0.0 m/s, valid, sent on as WIMWV,315.0,R,0.0,M,A");
Compare("WIMDA,29.9,I,1.013,B,15.0,C,12.0,C,50.0,,5.0,C,90.0,T,88.0,M,54.0,N,27.8,M", "the same, or nearly", Written,
    "WIMDA,29.91,I,1.013,B,15.0,C,12.0,C,50.0,,5.0,C,,T,,M,,N,,M");
Compare("GPVTG,90.0,T,,M,5.0,N,9.3,K,A", "valid, and the same", Track, "valid, sent on as GPVTG,90.0,T,,M,5.0,N,9.3,K,A");
Compare("GPVTG,,T,,M,0.0,N,0.0,K,A", "valid, and the same", Track, "not valid, sent on as GPVTG,");
Compare("GPZDA,133320.00,21,09,2026,03,00", "the same, or nearly", Written, "GPZDA,133320.000,21,09,2026,+03,00");
Compare("GPZDA,133320.00,21,09,2026,-03,00", "the same, or nearly", Written, "GPZDA,133320.000,21,09,2026,--03,00");
Console.WriteLine(same ? "as in the finding" : "CHANGED: not what the finding says");
return same ? 0 : 1;
CS
dotnet sentences.dll

#!/usr/bin/env bash
# nmea-simple and nmea (npm): satellites that are not there from receivers of today, and fixes five times a second that all have one time.
#
# Expected: since NMEA 0183 version 4.10 a GSV sentence ends with the signal's number, after one to four satellites or none (u-blox M10
#   interface description, "GSV", signalId: "NMEA v4.10 and above only"); the time of RMC is hhmmss with a fraction of a length that the
#   receiver chooses (hhmmss.sss for MediaTek's and Quectel's, hhmmss.ss for u-blox).
# Seen: nmea-simple and nmea make a satellite of the signal's number, one for each GSV sentence: number 1 for GPS L1, 7 for Galileo E1,
#   with no elevation, no azimuth and no strength. "None in view" is one satellite. nmea-simple reads the fraction of RMC only when it has
#   two digits: .200, .400 and .600 are all .000, while GGA of the same fix has them right. gps has neither fault.
# Why it matters: the count of satellites is what a tracker judges its fix by, and here it never is 0; number 1 is a real satellite
#   besides. Positions by time get equal keys: of five a second four are doubles, and are dropped or divide by zero where a speed is made
#   of two of them.
# What to do: keep only the satellites that have an azimuth; give RMC's time two digits before parsing (both checked below), or use gps.
. "$(dirname "$0")/common.bash"

npm_packages nmea-simple@3.3.0 nmea@0.1.2 gps@0.9.0

cat > receivers.mjs <<'JS'
import GPS from 'gps';
import nmea from 'nmea';
import simple from 'nmea-simple';

const sentence = (text) => {
  const sum = Array.from(text).reduce((all, letter) => all ^ letter.charCodeAt(0), 0);
  return `$${text}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
let same = true;
function compare(what, wanted, got, finding) {
  console.log(`${what}: expected ${wanted}, got ${Object.entries(got).map(([name, value]) => `${name} ${value || 'none'}`).join('; ')}`);
  if (JSON.stringify(Object.values(got)) !== JSON.stringify(finding)) same = false;
}

const satellites = (text) => {
  const line = sentence(text);
  const parsed = simple.parseNmeaSentence(line);
  return {
    gps: GPS.Parse(line).satellites.map(({ prn }) => prn).join(' '),
    'nmea-simple': parsed.satellites.map(({ prnNumber }) => prnNumber).join(' '),
    nmea: nmea.parse(line).satellites.map(({ id }) => +id).join(' '),
    'nmea-simple, those with an azimuth': parsed.satellites.filter(({ azimuthTrue }) => Number.isFinite(azimuthTrue))
      .map(({ prnNumber }) => prnNumber).join(' '),
  };
};
compare('GPS L1', '10 7', satellites('GPGSV,1,1,02,10,63,137,17,07,61,098,15,1'), ['10 7', '10 7 1', '10 7 1', '10 7']);
compare('Galileo E1', '33', satellites('GAGSV,1,1,01,33,40,200,30,7'), ['33', '33 7', '33 7', '33']);
compare('none', 'none', satellites('GAGSV,1,1,00,7'), ['', '7', '7', '']);
compare('as before 4.10', '10 7', satellites('GPGSV,1,1,02,10,63,137,17,07,61,098,15'), ['10 7', '10 7', '10 7', '10 7']);

for (const [fraction, found] of [['200', '000'], ['400', '000'], ['2', '000'], ['20', '200'], ['25', '250']]) {
  const time = `123519.${fraction}`;
  const wanted = `12:35:19.${fraction.padEnd(3, '0')}Z`;
  const rmc = (of) => sentence(`GNRMC,${of},A,4807.038,N,01131.000,E,0.0,,230326,,,A,V`);
  const gga = sentence(`GNGGA,${time},4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,`);
  const iso = (date) => date.toISOString().slice(11);
  compare(time, wanted, {
    'gps, RMC': iso(GPS.Parse(rmc(time)).time), 'nmea-simple, RMC': iso(simple.parseNmeaSentence(rmc(time)).datetime),
    'nmea-simple, GGA': iso(simple.parseNmeaSentence(gga).time),
    'nmea-simple, RMC with two digits': iso(simple.parseNmeaSentence(rmc(Number(time).toFixed(2).padStart(9, '0'))).datetime),
  }, [wanted, `12:35:19.${found}Z`, wanted, wanted]);
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node receivers.mjs

#!/usr/bin/env bash
# QRCoder and ZXing.Net: of a Wi-Fi label a password of digits is read with quotation marks around it, and the board does not get in.
#
# Expected: QRCoder's PayloadGenerator.WiFi makes the text of a label (WIFI:T:WPA;S:...;P:...;;), and ZXing's ResultParser gives network
#   and password back. Special characters are escaped with a backslash, and the reader takes that away.
# Seen: a name or password of hexadecimal digits only is put into quotation marks by QRCoder, so that it is not taken for the hexadecimal
#   form of a key: 12345678, cafe. ZXing.Net hands these marks on as the first and the last character. Ordinary
#   words, and all escaped characters, come back as they were.
# Why it matters: the password printed on a router is very often eight or more digits, and the test had "correct horse". The program that
#   reads the label for a board sends it a password that is two characters longer, and all that shows is "wrong password", for these
#   networks only. Where the reader takes the marks away the same label works.
# What to do: make the label with escapeHexStrings: false (checked below). A reader takes away marks that are around hexadecimal digits
#   only (also checked), not others: a password may have quotation marks of its own.
. "$(dirname "$0")/common.bash"

nuget_packages QRCoder@1.8.1 ZXing.Net@0.16.11
dotnet_program label <<'CS'
using System;
using System.Text.RegularExpressions;
using QRCoder;
using ZXing;
using ZXing.Client.Result;
using WiFi = QRCoder.PayloadGenerator.WiFi;

string Label(string name, string password, bool quoted = true) =>
    new WiFi(name, password, WiFi.Authentication.WPA, false, quoted).ToString();
(string Name, string Password) Read(string label)
{
    var parsed = (WifiParsedResult)ResultParser.parseResult(new Result(label, null, null, BarcodeFormat.QR_CODE));
    return (parsed.Ssid, parsed.Password);
}
string Bare(string text) => Regex.IsMatch(text, "^\"[0-9A-Fa-f]+\"$") ? text.Trim('"') : text;

bool same = true;
foreach (var (name, password, spoilt) in new[]
    { ("attic", "correct horse", false), ("attic", "a;b,c:d\\e", false), ("attic", "12345678", true), ("cafe", "DEADBEEF42", true) })
{
    string label = Label(name, password);
    var got = Read(label);
    Console.WriteLine($"{label}\n  expected name {name}, password {password}; got name {got.Name}, password {got.Password}");
    bool cured = Read(Label(name, password, quoted: false)) == (name, password) && (Bare(got.Name), Bare(got.Password)) == (name, password);
    Console.WriteLine($"  with either cure as expected: {cured}");
    same &= cured && (got == (name, password)) == !spoilt && (!spoilt || got.Password == $"\"{password}\"");
}
Console.WriteLine(same ? "as in the finding" : "CHANGED: not what the finding says");
return same ? 0 : 1;
CS
dotnet label.dll

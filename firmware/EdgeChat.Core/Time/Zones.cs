namespace EdgeChat.Core;

/// <summary>Time zones to choose from, by cities that have them; what is not among them is set by its rule.</summary>
/// <remarks>Rules of the IANA time zone database, as in 2026. Literals stay in flash, so the list takes no heap.</remarks>
public static class Zones
{
    /// <summary>How many there are.</summary>
    public const int Count = 43;

    /// <summary>Cities in a zone, the largest first, parted by commas; all ASCII.</summary>
    /// <param name="zone">0 to <see cref="Count"/> - 1.</param>
    public static string CitiesOf(int zone)
    {
        switch (zone)
        {
            case 0: return "UTC";
            case 1: return "Azores";
            case 2: return "London, Dublin, Lisbon";
            case 3: return "Abidjan, Accra, Dakar";
            case 4: return "Berlin, Madrid, Paris, Rome";
            case 5: return "Lagos, Algiers, Luanda, Tunis";
            case 6: return "Athens, Bucharest, Helsinki, Kyiv";
            case 7: return "Cairo";
            case 8: return "Jerusalem";
            case 9: return "Johannesburg, Harare, Tripoli";
            case 10: return "Moscow, Istanbul, Nairobi, Riyadh";
            case 11: return "Tehran";
            case 12: return "Dubai, Baku, Tbilisi";
            case 13: return "Kabul";
            case 14: return "Karachi, Almaty, Tashkent";
            case 15: return "Delhi, Colombo";
            case 16: return "Kathmandu";
            case 17: return "Dhaka";
            case 18: return "Yangon";
            case 19: return "Bangkok, Hanoi, Jakarta";
            case 20: return "Beijing, Manila, Perth, Singapore";
            case 21: return "Tokyo, Seoul";
            case 22: return "Darwin";
            case 23: return "Adelaide";
            case 24: return "Brisbane, Port Moresby";
            case 25: return "Sydney, Hobart, Melbourne";
            case 26: return "Noumea";
            case 27: return "Auckland";
            case 28: return "Apia";
            case 29: return "Honolulu";
            case 30: return "Anchorage";
            case 31: return "Los Angeles, Vancouver";
            case 32: return "Phoenix";
            case 33: return "Denver, Edmonton";
            case 34: return "Mexico City, Guatemala";
            case 35: return "Chicago, Winnipeg";
            case 36: return "Bogota, Lima, Panama";
            case 37: return "New York, Toronto";
            case 38: return "Caracas, La Paz, Manaus";
            case 39: return "Halifax";
            case 40: return "Santiago";
            case 41: return "St. John's";
            default: return "Sao Paulo, Buenos Aires";
        }
    }

    /// <summary>The rule of a zone, as <see cref="ZoneRule"/> reads it.</summary>
    /// <param name="zone">0 to <see cref="Count"/> - 1.</param>
    public static string RuleOf(int zone)
    {
        switch (zone)
        {
            case 0: return "UTC0";
            case 1: return "<-01>1<+00>,M3.5.0/0,M10.5.0/1";
            case 2: return "GMT0BST,M3.5.0/1,M10.5.0";
            case 3: return "GMT0";
            case 4: return "CET-1CEST,M3.5.0,M10.5.0/3";
            case 5: return "WAT-1";
            case 6: return "EET-2EEST,M3.5.0/3,M10.5.0/4";
            case 7: return "EET-2EEST,M4.5.5/0,M10.5.4/24";
            case 8: return "IST-2IDT,M3.4.4/26,M10.5.0";
            case 9: return "SAST-2";
            case 10: return "<+03>-3";
            case 11: return "<+0330>-3:30";
            case 12: return "<+04>-4";
            case 13: return "<+0430>-4:30";
            case 14: return "<+05>-5";
            case 15: return "IST-5:30";
            case 16: return "<+0545>-5:45";
            case 17: return "<+06>-6";
            case 18: return "<+0630>-6:30";
            case 19: return "<+07>-7";
            case 20: return "<+08>-8";
            case 21: return "JST-9";
            case 22: return "ACST-9:30";
            case 23: return "ACST-9:30ACDT,M10.1.0,M4.1.0/3";
            case 24: return "AEST-10";
            case 25: return "AEST-10AEDT,M10.1.0,M4.1.0/3";
            case 26: return "<+11>-11";
            case 27: return "NZST-12NZDT,M9.5.0,M4.1.0/3";
            case 28: return "<+13>-13";
            case 29: return "HST10";
            case 30: return "AKST9AKDT,M3.2.0,M11.1.0";
            case 31: return "PST8PDT,M3.2.0,M11.1.0";
            case 32: return "MST7";
            case 33: return "MST7MDT,M3.2.0,M11.1.0";
            case 34: return "CST6";
            case 35: return "CST6CDT,M3.2.0,M11.1.0";
            case 36: return "<-05>5";
            case 37: return "EST5EDT,M3.2.0,M11.1.0";
            case 38: return "<-04>4";
            case 39: return "AST4ADT,M3.2.0,M11.1.0";
            case 40: return "<-04>4<-03>,M9.1.6/24,M4.1.6/24";
            case 41: return "NST3:30NDT,M3.2.0,M11.1.0";
            default: return "<-03>3";
        }
    }

    /// <summary>How far local time is ahead of UTC, as "+02:00".</summary>
    public static string OffsetText(int minutes)
    {
        int size = minutes < 0 ? -minutes : minutes;
        return (minutes < 0 ? "-" : "+") + (size / 60).ToString("D2") + ":" + (size % 60).ToString("D2");
    }

    /// <summary>The zone of a rule, or -1.</summary>
    public static int Find(string rule)
    {
        for (int zone = 0; zone < Count; zone++)
            if (RuleOf(zone) == rule) return zone;
        return -1;
    }

    /// <summary>The word for a zone on the console: its first city in small letters, with dashes for spaces.</summary>
    public static string WordOf(int zone)
    {
        string cities = CitiesOf(zone);
        int end = cities.IndexOf(',');
        char[] word = (end < 0 ? cities : cities.Substring(0, end)).ToCharArray();
        int count = 0;
        for (int i = 0; i < word.Length; i++)
        {
            char letter = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
            if (letter == ' ') word[count++] = '-';
            else if (letter >= 'a' && letter <= 'z') word[count++] = letter;
        }

        return new string(word, 0, count);
    }

    /// <summary>The zone of a word of the console, or -1.</summary>
    public static int FindWord(string word)
    {
        for (int zone = 0; zone < Count; zone++)
            if (WordOf(zone) == word) return zone;
        return -1;
    }
}

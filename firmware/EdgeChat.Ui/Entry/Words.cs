namespace EdgeChat.Ui;

/// <summary>The words that text entry predicts from, the most frequent first; frequencies are taken to fall with the rank (Zipf's law).</summary>
internal static class Words
{
    /// <summary>Words separated by one space, lower case.</summary>
    public const string English =
        "i you the to a and it is in of that on for ok me my we be do have not are at will with no yes so what this just can but your " +
        "was if up now all get go come here there how when where out one like know see time good back need home call well think about " +
        "want thanks from today tomorrow they he she soon please way later got did then let am by as or an us them him her his our " +
        "their who why which some any more much many still again also too very really right left over down off after before until " +
        "tonight morning evening afternoon night day week hour minutes minute min late early ready done work working office meeting " +
        "lunch dinner food coffee car bus train station door key keys phone message text send sent read write wait waiting leave " +
        "leaving arrive arrived running stuck traffic meet take bring buy milk bread water help sorry sure great nice fine love miss " +
        "happy birthday hello hi hey bye dear mom dad kids friend friends everyone someone something nothing everything anything " +
        "maybe could would should might must had has been being were going coming doing making looking getting talking thinking make " +
        "made look found find tell told said say ask talk give gave keep put try start stop open close closed turn check checked fix " +
        "fixed broken battery power signal network board sensor temperature pump valve site road bridge gate tower camp boat weather " +
        "rain snow wind cold hot warm high low full empty first last next new old same other two three four five six ten half quarter " +
        "monday tuesday wednesday thursday friday saturday sunday weekend month year because than only even never always already " +
        "almost outside inside near far around between behind under front side place house school shop store street city town number " +
        "name money problem issue idea plan question answer news thing things people man woman boy girl baby dog cat doctor hospital " +
        "safe okay yeah don't can't i'm i'll it's that's you're we're what's didn't doesn't won't isn't let's i've we'll thank enough " +
        "long little big small best better bad worse hard easy free busy alone together tired hungry sick asleep awake stay staying " +
        "sleep eat drink drive walk run move pick picked drop show showed watch hear heard feel use used believe remember forget " +
        "forgot understand mean happen happened worry hope wish guess seem different important possible probably definitely exactly " +
        "actually anyway instead without through during against";
}

namespace EdgeChat.Core;

/// <summary>Every size of the messenger, and what happens when it is reached.</summary>
public static class Limits
{
    /// <summary>Conversations, direct and groups together, those with strangers aside. A message that would open one more is counted and
    /// not kept; it has no receipt, so its sender sees one tick.</summary>
    public const int Conversations = 32;

    /// <summary>Beside these, direct conversations with strangers. A message that would open one more is counted and not kept, as
    /// above.</summary>
    public const int Strangers = 32;

    /// <summary>Of these so many are for strangers who are members of a group that this board is in.</summary>
    public const int StrangersInGroups = 8;

    /// <summary>Strangers who have said nothing to a person but have invited to groups or left them, which is remembered so that it counts
    /// once. Of one more it is done, and has no receipt.</summary>
    public const int UnseenStrangers = 8;

    /// <summary>Deleted conversations that are remembered, because their sequence numbers must not be used again. When it is reached, a
    /// conversation can be emptied and not removed.</summary>
    public const int ClosedConversations = 32;

    /// <summary>Groups among them. An invitation to one more is declined, unless one of a stranger gives way.</summary>
    public const int Groups = 8;

    /// <summary>Groups among these that strangers have invited to, while nobody has answered. An invitation of a stranger to one more takes
    /// the place of one whose roster does not list this board, or is declined.</summary>
    public const int Invitations = 2;

    /// <summary>Members of a group, this board included: one bit each in an int.</summary>
    public const int GroupMembers = 32;

    /// <summary>Devices whose ids are known: contacts, senders and group members.</summary>
    public const int Peers = 256;

    /// <summary>Of these so many are for whom the board knows: a stranger, or a member of a group, for whom no other is left is not
    /// taken in.</summary>
    public const int PeersForKnown = 40;

    /// <summary>Devices whose presence is followed. A stranger among them makes room for somebody known; one more is not followed, and has
    /// no name but its id.</summary>
    public const int Contacts = 32;

    /// <summary>Devices that are no contacts and offered beside them: those that this board has a conversation with or shares a group with.
    /// Others are reached by their id, or from the group's members.</summary>
    public const int Acquaintances = 16;

    /// <summary>Messages kept over all conversations. The oldest that waits for nothing makes room for a new one, then the oldest that
    /// waits for a receipt; never one with its clock.</summary>
    public const int Messages = 384;

    /// <summary>Messages kept of one conversation, of both directions: history and sent ring at once. The oldest makes room.</summary>
    public const int MessagesOfConversation = 64;

    /// <summary>Bytes of flash that messages with a clock may take, those that the broker has not. A new message beyond that is refused,
    /// nothing old is dropped.</summary>
    public const int OutboxBytes = 16 * 1024;

    /// <summary>Messages with a clock at which a paste into the console is left unread for a while: half of what a conversation
    /// takes.</summary>
    public const int UnsentOfPaste = MessagesOfConversation / 2;

    /// <summary>What the names of the message log's files begin with; a number follows.</summary>
    public const string LogPrefix = "m";

    /// <summary>Bytes of a segment of the message log: the flash's erase block.</summary>
    public const int SegmentBytes = 4096;

    /// <summary>Bytes of the message log's buffer: the longest record, and so much of a segment is read at once.</summary>
    public const int LogBufferBytes = 1536;

    /// <summary>Bytes of a record that are read at first: most are shorter, and opening a file for the rest is what costs.</summary>
    public const int FirstReadBytes = 256;

    /// <summary>Segments of the message log: 96 KiB of the 256 KiB that the smallest board has for files.</summary>
    public const int Segments = 24;

    /// <summary>How long a receipt may wait for others to join it, in milliseconds.</summary>
    public const int ReceiptDelayMs = 2000;

    /// <summary>How long nothing must have come for the receipts to wait no longer, in milliseconds.</summary>
    public const int ReceiptQuietMs = 250;

    /// <summary>Messages of a stream that are told at once: a quarter of what a conversation takes, so that its sender's does not fill
    /// up.</summary>
    public const int ReceiptBatch = MessagesOfConversation / 4;

    /// <summary>How long a hole delays what follows it, in milliseconds.</summary>
    public const int HoleDelayMs = 10000;

    /// <summary>After how many seconds a message that waits for its receipt is given up: 7 days.</summary>
    public const int ExpirySeconds = 7 * 24 * 3600;

    /// <summary>For how many seconds after it was written an own message can be edited.</summary>
    public const int EditSeconds = 15 * 60;

    /// <summary>How many seconds later an edit of somebody else still counts, and how many earlier than its message: a clock may be set in
    /// between.</summary>
    public const int EditToleranceSeconds = 60;

    /// <summary>How long two equal bodies without sequence number count as one message, in milliseconds.</summary>
    public const int SameBodyMs = 60000;

    /// <summary>Shortest and longest delay before a new connection is tried, in milliseconds.</summary>
    public const int BackoffMinMs = 1000;

    /// <summary>The longest delay before a new connection is tried, in milliseconds.</summary>
    public const int BackoffMaxMs = 300000;

    /// <summary>How long a session must have worked for the delay to begin again at its shortest, in milliseconds.</summary>
    public const int BackoffResetMs = 60000;

    /// <summary>How long the broker may take for a SUBACK before the connection is given up, in milliseconds.</summary>
    public const int SubscribeTimeoutMs = 15000;

    /// <summary>How long opening a connection may take before it is given up, in milliseconds: TCP, TLS and the library's 30 s for
    /// CONNACK.</summary>
    public const int ConnectTimeoutMs = 120000;

    /// <summary>How long the host may take to say what became of a publish before the connection is given up, in milliseconds. The library
    /// takes about 3 s.</summary>
    public const int PublishTimeoutMs = 60000;

    /// <summary>How long a stop waits for the broker to confirm the goodbye, in milliseconds.</summary>
    public const int StopTimeoutMs = 2000;

    /// <summary>After how long a birth that was not confirmed is published again, in milliseconds.</summary>
    public const int BirthRetryMs = 10000;

    /// <summary>Within which time a birth that the broker has confirmed must come back on the own presence topic, in
    /// milliseconds.</summary>
    public const int BirthEchoMs = 10000;

    /// <summary>After how long a right that the broker denied is asked for again, in milliseconds: somebody may have mended its access
    /// list.</summary>
    public const int RightsAgainMs = 600000;

    /// <summary>How often a refusal of credentials that were accepted before counts as "not yet": a broker that starts may say so for
    /// half a minute.</summary>
    public const int NotYetTries = 8;

    /// <summary>Within which time after a publish the other side must end the connection for that publish to be suspected, in
    /// milliseconds.</summary>
    public const int SuspectMs = 10000;

    /// <summary>How often the broker must end the connection on one and the same request for that request to be the cause.</summary>
    public const int DeadlyTimes = 3;

    /// <summary>How many sessions of TLS 1.2 in a row the other side must end soon for too long a record to be the likely cause.</summary>
    public const int RecordTimes = 2;

    /// <summary>How long a session that is careful about records waits for what a request brings before it makes the next one, in
    /// milliseconds.</summary>
    public const int SettleMs = 1000;

    /// <summary>Characters of a broker's host. A longer one is refused where it is written.</summary>
    public const int HostCharacters = 128;

    /// <summary>Bytes of a line typed on the console. A longer line is refused whole, never cut.</summary>
    public const int LineBytes = 1200;

    /// <summary>Bytes by which the room for the typed line grows up to that.</summary>
    public const int LineBytesStep = 240;

    /// <summary>Bytes that the lines kept for the arrow keys take together, with two more for each. The oldest make room.</summary>
    public const int HistoryBytes = 1024;

    /// <summary>Bytes by which their room grows up to that.</summary>
    public const int HistoryBytesStep = 128;

    /// <summary>Lines kept for the arrow keys. The oldest makes room.</summary>
    public const int HistoryLines = 16;

    /// <summary>Bytes that the console collects before it hands them to the serial line.</summary>
    public const int TerminalBytes = 128;

    /// <summary>Bytes that <c>list</c> shows of a conversation's newest message. A longer one is cut at a character.</summary>
    public const int PreviewBytes = 40;

    /// <summary>Bytes that an answer shows of what it answers. A longer one is cut at a character.</summary>
    public const int QuoteBytes = 40;

    /// <summary>Letters of a mistyped word for which the console looks for what was meant. A longer one is only called unknown.</summary>
    public const int GuessedLetters = 24;

    /// <summary>Columns that the console takes a terminal to have. A longer line moves sideways while it is edited.</summary>
    public const int TerminalColumns = 80;

    /// <summary>Bytes that the console draws of a line that is edited, which a row of letters with two marks each does not have. Marks take
    /// no column, and a line may be of them alone: the rest of it moves in as the cursor comes there.</summary>
    public const int TerminalRowBytes = 512;

    /// <summary>Entries of the event log. The oldest makes room.</summary>
    public const int LogEvents = 32;

    /// <summary>Bytes that the entries of the event log take together: 23 for each of them, and one with a long text takes 64. The oldest
    /// make room.</summary>
    public const int LogBytes = 736;

    /// <summary>Bytes of an entry's text in the event log. A longer one is cut at a character.</summary>
    public const int LogTextBytes = 53;

    /// <summary>Unread messages of a conversation that a list tells apart. More are all 99+.</summary>
    public const int UnreadTold = 100;

    /// <summary>Choices of a text that writing takes back whole. What was written before them goes character by character.</summary>
    public const int UndoneChoices = 32;

    /// <summary>Bytes of a body that is received, told and drawn in one turn of the loop. A longer one takes three turns.</summary>
    public const int BodyBytesOfTurn = 300;

    /// <summary>Events that wait for the board's loop. Beyond that a key's press or release is lost and counted, and whoever brings
    /// anything else waits.</summary>
    public const int QueuedEvents = 24;

    /// <summary>Bytes typed that wait in the serial port, outside the managed heap, until the board reads them: 0.7 s of a paste. From a
    /// quarter on the other side is told to wait; what comes beyond all of it is lost.</summary>
    public const int SerialInputBytes = 8192;

    /// <summary>Bytes that wait to be sent on the serial line. Whoever writes more waits for the line.</summary>
    public const int SerialOutputBytes = 512;

    /// <summary>Bytes of a page, or of a message that is drawn or printed: a content of 1,024 bytes and words around it, or the details of
    /// a message to 31 members. What is longer is cut at a character.</summary>
    public const int LongTextBytes = 1400;

    /// <summary>Bytes of a line that the screens put together: a header, a hint, the preview of a message. What is longer is cut at a
    /// character.</summary>
    public const int ShownLineBytes = 160;

    /// <summary>Bytes of a string that is drawn without taking more of the heap: a name of 64 bytes, were each a UTF-16 unit of three
    /// bytes.</summary>
    public const int DrawnStringBytes = 192;

    /// <summary>Bytes of a text written with keys. A key that would make it longer does nothing.</summary>
    public const int WrittenBytes = 280;

    /// <summary>Messages that a search with the keys shows, the newest. Beyond that the title has a plus.</summary>
    public const int SearchHits = 64;

    /// <summary>Characters beyond ASCII whose glyphs a font has at hand. One takes the place of another whose code point has the same
    /// remainder.</summary>
    public const int GlyphCells = 32;

    /// <summary>Bytes of a name, a unit, a number as it is written, and any other short text.</summary>
    public const int ShortTextBytes = 64;

    /// <summary>Bytes of the longest presence that this board writes.</summary>
    public const int PresenceBytes = 96;

    /// <summary>Objects and arrays within each other in a body. One that goes deeper is refused.</summary>
    public const int JsonDepth = 16;

    // ---- how tables grow: by so much when they are full

    /// <summary>Messages that the table of messages takes more at a time: a page of 660 bytes.</summary>
    public const int MessagePage = 32;

    /// <summary>Messages with numbers of their own (holes, ranges, messages to groups) that there is room for more at a time.</summary>
    public const int MessageNumbersStep = 8;

    /// <summary>Conversations at a time.</summary>
    public const int ConversationPage = 8;

    /// <summary>Pairs of conversation and device at a time.</summary>
    public const int StreamPage = 8;

    /// <summary>Slots for members of a group at a time.</summary>
    public const int GroupMemberStep = 8;

    /// <summary>Contacts at a time, and the devices whose presence is followed.</summary>
    public const int ContactStep = 4;

    /// <summary>Segments of the message log at a time.</summary>
    public const int SegmentStep = 4;

    /// <summary>Bytes at a time for the ids of 16 devices and groups.</summary>
    public const int IdBytesStep = 48;

    /// <summary>Bytes at a time for the quick replies.</summary>
    public const int ReplyBytesStep = 128;

    /// <summary>Messages at a time that a search with the keys has found.</summary>
    public const int SearchHitStep = 8;

    /// <summary>Ranges at a time that are on their way again.</summary>
    public const int ResendStep = 4;

    // ---- what is kept beside the messages

    /// <summary>How long a board with empty flash waits for what the broker keeps of an earlier life of its id, in milliseconds.</summary>
    public const int LifeWaitMs = 5000;

    /// <summary>How long after it is online a board waits for what the broker keeps, its own and that of others, in milliseconds. Then it
    /// puts back what is its own, and asks for what is not.</summary>
    public const int RetainedWaitMs = 10000;

    /// <summary>Publishes of the messenger that wait for their PUBACK at once; at 300 ms of round trip that is 53 a second.</summary>
    public const int Flights = 16;

    /// <summary>Bytes of their topics and bodies at which no more is handed out, since the library keeps all of it: 3.5 KiB with the
    /// longest body as the last one.</summary>
    public const int FlightBytes = 2048;

    /// <summary>Publishes in flight that there is room for more at a time.</summary>
    public const int FlightStep = 4;

    /// <summary>Keys of sealed messages that others have overtaken, over all devices. The oldest gives way: what it was for is refused when
    /// it comes, and is sent again by need.</summary>
    public const int SkippedKeys = 16;

    /// <summary>Bytes of topics and bodies of a range of messages on its way again at which it waits for a receipt. With the longest body
    /// as the last one these are some 2,200, half of what a device reads at once under TLS 1.2.</summary>
    public const int ResendBytes = 1024;

    /// <summary>Ranges of messages on their way again at once. What finds no place is asked for again.</summary>
    public const int Resends = 24;

    /// <summary>Bodies without sequence number that are remembered, so that the same again is a duplicate. The oldest gives way.</summary>
    public const int PlainBodies = 16;

    /// <summary>How often a hole is asked for. Then it stays until its sender says something of it.</summary>
    public const int HoleAsks = 12;

    /// <summary>After how many requests in vain a hole may give way to newer messages: those that stood beside it may before.</summary>
    public const int HoleAsksAtLeast = 3;

    /// <summary>Bytes kept free in the message log for the marks that must be written before something can give way.</summary>
    public const int LogReserve = 1024;

    /// <summary>Bytes of old messages that give way at a time, when a compaction of the message log has freed less than that.</summary>
    public const int ThinBytes = SegmentBytes / 4;

    /// <summary>Bytes of the payload of a message's record: a reply and the longest content.</summary>
    public const int RecordBytes = 1280;

    /// <summary>Bytes of the payload of a small record: the state of a conversation, a contact, a name.</summary>
    public const int SmallRecordBytes = 96;

    /// <summary>After how many seconds a value, location or reaction that waits for its receipt is given up: 1 day.</summary>
    public const int ShortExpirySeconds = 24 * 3600;

    /// <summary>Quick replies. One more is refused.</summary>
    public const int Replies = 24;

    /// <summary>Bytes of a quick reply. A longer one is refused.</summary>
    public const int ReplyBytes = 80;

    /// <summary>Bytes of the file of quick replies. One more is refused.</summary>
    public const int RepliesFileBytes = 1024;

    /// <summary>Rectangles of the colours of a picture. One more takes the place of the first, whose colours are missing then.</summary>
    public const int ColourRectangles = 32;

    /// <summary>Bytes of the file of settings.</summary>
    public const int SettingsFileBytes = 256;

    /// <summary>How long after the heap was short, and the core has begun again from its flash, the connection is opened, in
    /// milliseconds.</summary>
    public const int ShortOnceMs = 1000;

    /// <summary>The same when it was short within this time before, in milliseconds.</summary>
    public const int ShortAgainMs = 60000;
}

using System.Text.Json.Serialization;

namespace EdgeChat.Tool.Demo.Web;

/// <summary>First message to a page: what there is. <c>t</c> tells the messages apart.</summary>
public sealed record HelloMessage(string T, string Hint, string Model, IReadOnlyList<HelloBoard> Boards);

/// <summary>A board in the first message.</summary>
public sealed record HelloBoard(string Id, string Name, string Title, int Width, int Height, bool Colour,
    IReadOnlyList<HelloButton> Buttons);

/// <summary>A button in the first message.</summary>
public sealed record HelloButton(string Name, string Label);

/// <summary>State of one board: power, network, presence as the broker has it, session as the board has it, totals in bytes, how often
/// its buzzer was heard.</summary>
public sealed record BoardMessage(
    string T, int Board, bool On, bool Wifi, string? Presence, string? Session, int Boots, string? Fault, long Sent, long Received,
    long Display, int Tones);

/// <summary>New and changed packets of one board, oldest first.</summary>
public sealed record PacketsMessage(string T, int Board, IReadOnlyList<PacketItem> Rows);

/// <summary>One packet; <c>tick</c> is empty, or a word of <see cref="Core.StateWords"/>.</summary>
public sealed record PacketItem(long Q, string Time, bool Out, string Kind, string? Topic, int Bytes, string? Note, string Tick);

/// <summary>State of the broker; <c>own</c> is true when the page may stop it.</summary>
public sealed record BrokerMessage(string T, string Address, bool Own, bool Running);

/// <summary>What to do next.</summary>
public sealed record HintMessage(string T, string Hint);

/// <summary>The text on a board's screen, for who does not see it.</summary>
public sealed record ScreenMessage(string T, int Board, IReadOnlyList<string> Lines);

/// <summary>What a page asks for: <c>button</c>, <c>type</c>, <c>power</c>, <c>wifi</c>, <c>broker</c>; <c>read</c>: to be told the text
/// on a board's screen.</summary>
public sealed record PageRequest(string? T, string? Board, string? Name, string? Text, bool On);

/// <summary>How these messages look as JSON; generated, because it starts faster than reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HelloMessage))]
[JsonSerializable(typeof(BoardMessage))]
[JsonSerializable(typeof(PacketsMessage))]
[JsonSerializable(typeof(BrokerMessage))]
[JsonSerializable(typeof(HintMessage))]
[JsonSerializable(typeof(ScreenMessage))]
[JsonSerializable(typeof(PageRequest))]
public sealed partial class PageJson : JsonSerializerContext;

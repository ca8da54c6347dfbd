using EdgeChat.Core;

namespace EdgeChat.Tool.Demo.Scenarios;

/// <summary>A line of a scenario.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Text">The line, for people.</param>
public abstract record ScenarioStep(int Line, string Text);

/// <summary>Nothing happens for a while.</summary>
public sealed record WaitStep(int Line, string Text, TimeSpan Time) : ScenarioStep(Line, Text);

/// <summary>The broker starts or stops.</summary>
public sealed record BrokerStep(int Line, string Text, bool On) : ScenarioStep(Line, Text);

/// <summary>Something is typed on a board's console.</summary>
public sealed record TypeStep(int Line, string Text, string Board, string Typed) : ScenarioStep(Line, Text);

/// <summary>A button is pressed or held.</summary>
public sealed record PressStep(int Line, string Text, string Board, string Button, bool IsLong) : ScenarioStep(Line, Text);

/// <summary>A board's power is given or cut.</summary>
public sealed record PowerStep(int Line, string Text, string Board, bool On) : ScenarioStep(Line, Text);

/// <summary>A board's Wi-Fi comes or goes.</summary>
public sealed record WifiStep(int Line, string Text, string Board, bool On) : ScenarioStep(Line, Text);

/// <summary>The broker retains this presence of a board.</summary>
public sealed record ExpectPresence(int Line, string Text, string Board, PresenceState State) : ScenarioStep(Line, Text);

/// <summary>A message of a board with this text has come so far.</summary>
public sealed record ExpectTick(int Line, string Text, string Board, Tick Tick, string Message) : ScenarioStep(Line, Text);

/// <summary>A board's console has said this since the scenario began.</summary>
public sealed record ExpectConsole(int Line, string Text, string Board, string Said) : ScenarioStep(Line, Text);

/// <summary>A board's screen shows this.</summary>
public sealed record ExpectScreen(int Line, string Text, string Board, string Shown) : ScenarioStep(Line, Text);

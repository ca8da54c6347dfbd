using EdgeChat.Tool.Commands;

return await EdgeChatCommand.RunAsync(args, ToolHost.OfThisProcess());

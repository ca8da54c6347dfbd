using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Brokers;

/// <summary><c>edgechat chat</c> in a pipe, with an empty history.</summary>
internal static class PipeUnderTest
{
    /// <summary>Sends one line; gives the exit code and what was said to be wrong.</summary>
    public static async Task<(int Code, string Error)> RunAsync(BrokerAddress broker, string id, string to, string seconds)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-chat-").FullName;
        try
        {
            string secret = Path.Combine(folder, "secret");
            File.WriteAllText(secret, "secret\n");
            using var error = new StringWriter();
            using var host = new ToolHost
            {
                Out = new StringWriter(),
                Error = error,
                In = new LineInput(new MemoryStream("x\n"u8.ToArray())),
            };
            int code = await EdgeChatCommand.RunAsync(
                [
                    "chat", "--as", id, "--to", to, "--broker", broker.ToString(), "--data", folder,
                    "--password-file", secret, "--timeout", seconds,
                ],
                host);
            return (code, error.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

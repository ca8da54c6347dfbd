using System.CommandLine;
using System.Globalization;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Brokers;

/// <summary>The command line of <c>edgechat broker certificate</c>.</summary>
internal static class CertificateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var folder = new Argument<string>("DIR") { Description = "The broker's folder" };
        var id = new Argument<string>("ID") { Description = "A board, a peer or the operator of the fleet" };
        var certificate = new Option<string>("--cert")
        {
            Description = "The file to write the certificate to",
            HelpName = "FILE",
            Required = true,
        };
        var key = new Option<string>("--key") { Description = "The file to write its key to", HelpName = "FILE", Required = true };
        var json = JsonOption.Create();
        var command = new Command("certificate", "Gives a user that is not provisioned, such as one of `chat`, a certificate")
        {
            folder, id, certificate, key, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            BrokerFolder opened = BrokerFolder.Open(parsed.GetValue(folder)!);
            if (!opened.Plan.HasCertificates)
                throw new FleetException($"{opened.Path}: who comes to this broker has a password: `edgechat broker password`");
            string user = opened.User(parsed.GetValue(id)!);
            string secret = opened.Credentials.NewSecret(user);
            (string issued, string itsKey) = ClientCertificate.Parts(secret);
            // first the files: from then on those that the user has had before count no more
            OutputFile.Write("--key", parsed.GetValue(key)!, itsKey, isSecret: true);
            OutputFile.Write("--cert", parsed.GetValue(certificate)!, issued, isSecret: false);
            await host.WholeAsync(opened.Credentials.SetAsync(user, secret, host.Stop));
            string end = ClientCertificate.EndOf(secret).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            host.Tell(parsed.GetValue(json), $"{user}: may come with the certificate in {parsed.GetValue(certificate)} to {end}",
                ("id", user), ("cert", parsed.GetValue(certificate)), ("key", parsed.GetValue(key)), ("until", end));
        });
        return command;
    }
}

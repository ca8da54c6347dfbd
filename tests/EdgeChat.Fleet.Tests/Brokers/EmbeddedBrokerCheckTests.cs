using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Brokers;

namespace EdgeChat.Fleet.Tests;

/// <summary>The broker inside the tool has the rules of a fleet's file, as the others have.</summary>
[TestClass]
public class EmbeddedBrokerCheckTests
{
    private const string Fleet =
        "fleet: home\nbroker: { host: h, tls: true }\ngroups: { team: { members: [alice] } }\nboards: { alice: {} }\n";

    [TestMethod]
    public async Task It_refuses_and_permits_what_the_others_do() => CollectionAssert.AreEqual(
        Array.Empty<string>(),
        await FaultsAsync(new BrokerAccess(TopicRights.Of(FleetReader.Read("fleet.yaml", Fleet, FleetFiles.None)))));

    [TestMethod]
    public async Task Where_devices_make_their_groups_so_it_does_too() => CollectionAssert.AreEqual(
        Array.Empty<string>(), await FaultsAsync(new BrokerAccess(TopicRights.Of(["alice", "bob"]))));

    [TestMethod]
    public async Task And_in_the_demo_but_for_guests() => CollectionAssert.AreEqual(
        new[] { "anonymous" }, await FaultsAsync(new BrokerAccess(TopicRights.Of(["alice", "bob"]), admitsGuests: true)));

    [TestMethod]
    public async Task With_certificates_it_does_too_but_that_it_takes_none_back()
    {
        using var clients = new LoopbackClients("home");
        using var others = new LoopbackClients("home");
        string Of(string user) => user switch
        {
            CheckUsers.Foreign => others.Issue(CheckUsers.Member),
            CheckUsers.Expired => clients.Issue(CheckUsers.Member, DateTimeOffset.UtcNow.AddHours(-1)),
            CheckUsers.Revoked => clients.Issue(CheckUsers.Member),
            _ => clients.Issue(user),
        };
        var access = new BrokerAccess(TopicRights.Of(["alice", "bob"]), admitsGuests: true, hasCertificates: true);
        CollectionAssert.AreEqual(new[] { "revoked-certificate" }, await FaultsAsync(access, clients, Of));
    }

    // all that is looked at and tried and is not as it must be
    private static async Task<string[]> FaultsAsync(
        BrokerAccess access, LoopbackClients? clients = null, Func<string, string>? certificateOf = null)
    {
        foreach (string user in CheckUsers.All) access.Add(user, "secret of " + user, user);
        using var proof = new LoopbackCertificate("home");
        await using var broker = new EmbeddedBroker(access, proof.OfServer, clients);
        await broker.StartAsync();
        var found = new List<CheckFinding>();
        var check = new BrokerCheck(null, null, found.Add);
        var trusted = BrokerTls.Read(proof.Ca);
        X509Certificate2? Certificate(string user) =>
            certificateOf?.Invoke(user) is { } pem ? ClientCertificate.Open(pem, pem) : null;
        await check.TlsAsync(broker.Address, broker.Address.Host, trusted, Certificate(CheckUsers.Member), CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "tls-1.3", "tls-1.2", "certificate" }, found.Select(f => f.Name).ToArray());
        await using var room = new CheckRoom(broker.Address, BrokerTls.Trusting(trusted), user => "secret of " + user,
            certificateOf is null ? null : user => BrokerTls.Trusting(trusted, Certificate(user)));
        await check.ActsAsync(room, hasTls: true, _ => true, CancellationToken.None);
        BrokerAuthentication other = clients is null ? BrokerAuthentication.Certificate : BrokerAuthentication.Password;
        Assert.AreEqual(BrokerCheck.Acts.Count(a => a.For != other) + 3, found.Count);
        Assert.IsGreaterThanOrEqualTo(24, BrokerCheck.Acts.Count(a => a.IsForbidden));
        return [.. found.Where(f => f.State != CheckState.Well).Select(f => f.Name)];
    }

    [TestMethod]
    public async Task A_guest_of_the_demo_has_the_rights_of_its_client_id_and_is_no_board()
    {
        var access = new BrokerAccess(TopicRights.Of(["alice", "bob"]), admitsGuests: true);
        access.Add("alice", "secret", "alice");
        await using var broker = new EmbeddedBroker(access);
        await broker.StartAsync();
        await using var room = new CheckRoom(broker.Address, null, _ => null);
        async Task<bool> LetsIn(string id, string? user = null, string? password = null)
        {
            await using ProbeClient? client = await ProbeClient.OpenAsync(
                room.Begin(id, user, password).WithCleanSession().Build(), CancellationToken.None);
            return client is not null;
        }

        Assert.IsTrue(await LetsIn("carol"));
        Assert.IsTrue(await LetsIn("alice", "alice", "secret"));
        Assert.IsFalse(await LetsIn("alice"));
        Assert.IsFalse(await LetsIn("bob", "alice", "secret"));
        Assert.IsFalse(await LetsIn("alice", "alice", "other"));
        Assert.IsFalse(await LetsIn("+"));
    }

    [TestMethod]
    public async Task A_guest_with_a_certificate_is_no_board_either_and_a_board_is_no_other()
    {
        using var clients = new LoopbackClients("home");
        using var proof = new LoopbackCertificate("home");
        await using var broker = new EmbeddedBroker(
            new BrokerAccess(TopicRights.Of(["alice", "bob"]), admitsGuests: true, hasCertificates: true), proof.OfServer, clients);
        await broker.StartAsync();
        async Task<bool> LetsIn(string id, string of)
        {
            string pem = clients.Issue(of);
            var tls = BrokerTls.Trusting(BrokerTls.Read(proof.Ca), ClientCertificate.Open(pem, pem));
            await using ProbeClient? client = await ProbeClient.OpenAsync(
                new BrokerLogin(broker.Address, Tls: tls).Passing(id), CancellationToken.None);
            return client is not null;
        }

        Assert.IsTrue(await LetsIn("carol", BrokerAccess.Guest));
        Assert.IsTrue(await LetsIn("alice", "alice"));
        Assert.IsFalse(await LetsIn("alice", BrokerAccess.Guest));
        Assert.IsFalse(await LetsIn("bob", "alice"));
        Assert.IsFalse(await LetsIn("+", BrokerAccess.Guest));
        Assert.IsFalse(await LetsIn("carol", "carol"), "who is no user");
    }
}

using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Fleet.Tests;

/// <summary>The keys that provisioning gives: the same for both of a pair, and for nobody else.</summary>
[TestClass]
public class PairKeysTests
{
    private const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [TestMethod]
    public void Two_boards_that_took_their_files_in_read_each_other()
    {
        SealTable alice = Take("alice", 1, "bob", "carol");
        SealTable bob = Take("bob", 4, "alice");
        SealTable carol = Take("carol", 1, "alice");
        byte[] text = "{\"n\":1,\"c\":\"hi\"}"u8.ToArray();
        byte[] made = alice.Seal(alice.Find("bob"), "ec1/i/bob/alice", text, text.Length, 1);
        CollectionAssert.AreEqual(text, bob.Open(bob.Find("alice"), "ec1/i/bob/alice", made, out BodyError error));
        Assert.AreEqual(BodyError.None, error);
        Assert.IsNull(carol.Open(carol.Find("alice"), "ec1/i/bob/alice", made, out _));
        CollectionAssert.AreEqual(alice.Code(alice.Find("bob")), bob.Code(bob.Find("alice")));
        CollectionAssert.AreNotEqual(alice.Code(alice.Find("bob")), alice.Code(alice.Find("carol")));
        Assert.AreEqual(-1, bob.Find("carol"));
    }

    [TestMethod]
    public void A_board_seals_in_the_life_that_the_store_has_given_and_only_there()
    {
        SealTable bob = Take("bob", 4, "alice");
        byte[] made = bob.Seal(bob.Find("alice"), "ec1/i/alice/bob", new byte[1], 1, 9);
        Assert.AreEqual(4, Envelope.Life(made));
        var error = Assert.ThrowsExactly<FleetException>(() => PairKeys.Of(Secret, "bob", SealChain.MostLives + 1, []));
        StringAssert.Contains(error.Message, "take another id");
    }

    [TestMethod]
    public void A_contact_of_one_side_is_enough_and_a_peer_that_is_no_board_gets_none()
    {
        FleetBoard alice = Board("alice", "bob", "laptop");
        FleetBoard bob = Board("bob");
        FleetBoard carol = Board("carol", "alice");
        FleetFile fleet = Fleet(alice, bob, carol);
        Assert.AreEqual("bob,carol", string.Join(',', PairKeys.PartnersOf(fleet, alice)));
        Assert.AreEqual("alice", string.Join(',', PairKeys.PartnersOf(fleet, bob)));
        Assert.AreEqual("alice", string.Join(',', PairKeys.PartnersOf(fleet, carol)));
    }

    [TestMethod]
    public void In_a_group_that_is_to_be_sealed_each_admin_has_a_key_with_each_member()
    {
        FleetBoard[] boards = [Board("alice"), Board("bob"), Board("carol"), Board("dave")];
        FleetFile fleet = Fleet(boards) with
        {
            Seals = false,
            Groups = [new FleetGroup("team", "Team", ["alice", "bob", "carol"], ["bob"]) { Seals = true },
                new FleetGroup("open", "Open", ["alice", "bob", "carol", "dave"], [])],
        };
        Assert.AreEqual("bob", string.Join(',', PairKeys.PartnersOf(fleet, boards[0])));
        Assert.AreEqual("alice,carol", string.Join(',', PairKeys.PartnersOf(fleet, boards[1])));
        Assert.AreEqual("", string.Join(',', PairKeys.PartnersOf(fleet, boards[3])));
    }

    [TestMethod]
    public void More_than_a_board_keeps_is_said_before_anything_is_written()
    {
        FleetBoard[] others = [.. Enumerable.Range(0, Limits.Contacts + 1).Select(i => Board($"b{i}", "hub"))];
        FleetBoard hub = Board("hub");
        var error = Assert.ThrowsExactly<FleetException>(() => PairKeys.PartnersOf(Fleet([hub, .. others]), hub));
        StringAssert.Contains(error.Message, "33 boards");
        StringAssert.Contains(error.Message, "name fewer contacts");
    }

    [TestMethod]
    public void Secrets_are_random() => Assert.AreNotEqual(PairKeys.NewSecret(), PairKeys.NewSecret());

    private static SealTable Take(string id, int incarnation, params string[] partners)
    {
        var flash = new MemoryFlash();
        flash.Put(SealTable.KeysFile, PairKeys.Of(Secret, id, incarnation, partners));
        var table = new SealTable(id, flash);
        table.Open();
        Assert.IsNull(flash.Content(SealTable.KeysFile), "taken in");
        Assert.IsNotNull(flash.Content(SealTable.SeedFile), "the generator has its seed");
        return table;
    }

    private static FleetBoard Board(string id, params string[] contacts) => new() { Id = id, Name = id, Bundle = "b", Contacts = contacts };

    private static FleetFile Fleet(params FleetBoard[] boards) => new()
    {
        Path = "fleet.yaml",
        Name = "test",
        Operator = "fleet",
        Store = "fleet.db",
        Broker = new FleetBroker { Host = "localhost", Port = 1883 },
        Boards = boards,
        Seals = true,
    };
}

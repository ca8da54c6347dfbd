using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Worlds in which people and things do whatever they can (<see cref="HarshWorld"/>): no message is lost silently, and no tick
/// lies.</summary>
/// <remarks><c>EDGECHAT_WORLDS=5000 tools/test FullyQualifiedName~HarshWorldTests</c> plays more of them.</remarks>
[TestClass]
public class HarshWorldTests
{
    private const int Worlds = 100;

    [TestMethod]
    public void Whatever_people_and_things_do_nothing_is_lost_silently_and_no_tick_lies()
    {
        string? said = Environment.GetEnvironmentVariable("EDGECHAT_WORLDS");
        int worlds = said == null ? Worlds : int.Parse(said);
        for (int world = 1; world <= worlds; world++) Seeds.Play("HarshWorldTests", world, Play);
    }

    private static void Play(int seed)
    {
        var world = new HarshWorld(seed);
        try
        {
            world.Play();
        }
        catch (Exception e)
        {
            throw new AssertFailedException($"{e.Message}\n{world.Log}", e);
        }
    }
}

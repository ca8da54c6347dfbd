using EdgeChat.Drivers;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Short and long presses of a debounced level.</summary>
[TestClass]
public class PressDetectorTests
{
    [TestMethod]
    public void A_press_that_is_let_go_before_600_ms_is_short()
    {
        var button = new PressDetector();
        Is(Press.None, button.Change(true, 1000));
        Is(Press.None, button.Expire(1599));
        Is(Press.Short, button.Change(false, 1599));
    }

    [TestMethod]
    public void A_long_press_is_told_at_600_ms_while_it_is_still_held()
    {
        var button = new PressDetector();
        button.Change(true, 1000);
        Assert.IsTrue(button.DueMs == 1600, "the loop must know when to look");
        Is(Press.Long, button.Expire(1600));
        Is(Press.None, button.Expire(1700));
        Is(Press.None, button.Change(false, 1800));
    }

    [TestMethod]
    public void A_long_press_that_the_loop_was_too_busy_to_see_is_told_when_it_ends()
    {
        var button = new PressDetector();
        button.Change(true, 1000);
        Is(Press.Long, button.Change(false, 1700));
    }

    [TestMethod]
    public void Nothing_is_due_for_a_button_that_is_up_or_has_told_its_long_press()
    {
        var button = new PressDetector();
        Assert.IsTrue(button.DueMs == PressDetector.Never);
        button.Change(true, 0);
        button.Expire(600);
        Assert.IsTrue(button.DueMs == PressDetector.Never);
    }

    [TestMethod]
    public void A_button_that_was_held_when_the_board_started_tells_nothing_when_it_is_let_go()
    {
        Is(Press.None, new PressDetector().Change(false, 5));
    }

    [TestMethod]
    public void After_a_lost_release_the_next_press_counts()
    {
        var button = new PressDetector();
        button.Change(true, 0);
        button.Expire(600);
        Is(Press.None, button.Change(true, 5000));
        Is(Press.Short, button.Change(false, 5100));
    }

    private static void Is(Press expected, Press actual) { Assert.AreEqual((int)expected, (int)actual); }
}

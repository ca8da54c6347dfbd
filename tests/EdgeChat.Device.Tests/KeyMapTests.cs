using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Device.Tests;

/// <summary>Presses and holds of one, two and three buttons as keys.</summary>
[TestClass]
public class KeyMapTests
{
    [TestMethod]
    public void With_three_buttons_a_press_is_the_key_when_it_is_let_go()
    {
        var map = new KeyMap(3);
        for (int button = 0; button < 3; button++)
        {
            Assert.AreEqual(KeyMap.None, map.OnLevel(button, true, 1000, false));
            Assert.AreEqual(KeyMap.None, map.OnTime(1599, false));
            Assert.AreEqual(button, map.OnLevel(button, false, 1599, false));
        }
    }

    [TestMethod]
    public void With_three_buttons_a_hold_is_told_at_600_ms_and_not_again_when_it_is_let_go()
    {
        var map = new KeyMap(3);
        map.OnLevel(1, true, 1000, false);
        Assert.IsTrue(map.NextTickMs == 1600, "the loop must know when to look");
        Assert.AreEqual(Long(Key.Ok), map.OnTime(1600, false));
        Assert.AreEqual(KeyMap.None, map.OnTime(1700, false));
        Assert.IsTrue(map.NextTickMs == Deadline.Never);
        Assert.AreEqual(KeyMap.None, map.OnLevel(1, false, 1800, false));
    }

    [TestMethod]
    public void A_hold_that_the_loop_was_too_busy_to_see_is_told_when_it_is_let_go()
    {
        var map = new KeyMap(3);
        map.OnLevel(0, true, 1000, false);
        Assert.AreEqual(Long(Key.Up), map.OnLevel(0, false, 1700, false));
    }

    [TestMethod]
    public void A_button_that_was_held_when_the_board_started_is_no_press()
    {
        Assert.AreEqual(KeyMap.None, new KeyMap(3).OnLevel(2, false, 5, false));
    }

    [TestMethod]
    public void After_a_release_that_nobody_saw_the_next_press_counts_from_its_own_start()
    {
        var map = new KeyMap(3);
        map.OnLevel(1, true, 0, false);
        map.OnTime(600, false);
        map.OnLevel(1, true, 5000, false);
        Assert.AreEqual((int)Key.Ok, map.OnLevel(1, false, 5100, false));
    }

    [TestMethod]
    public void A_board_without_buttons_has_nothing_to_wait_for()
    {
        var map = new KeyMap(0);
        Assert.IsTrue(map.NextTickMs == Deadline.Never);
        Assert.AreEqual(KeyMap.None, map.OnTime(1000, false));
    }

    [TestMethod]
    [DataRow(0, 100, false, 2, false)]
    [DataRow(0, 600, false, 0, true)]
    [DataRow(1, 100, false, 1, false)]
    [DataRow(1, 600, false, 1, true)]
    [DataRow(1, 1800, false, 2, true)]
    [DataRow(0, 100, true, 0, false)]
    [DataRow(1, 100, true, 2, false)]
    public void Two_buttons_make_all_keys(int button, int heldMs, bool isChoosing, int key, bool isLong)
    {
        Check(2, button, heldMs, isChoosing, key, isLong);
    }

    [TestMethod]
    [DataRow(100, false, 2, false)]
    [DataRow(600, false, 1, false)]
    [DataRow(1800, false, 0, true)]
    [DataRow(100, true, 0, false)]
    [DataRow(600, true, 2, false)]
    [DataRow(1800, true, 1, true)]
    public void One_button_makes_all_keys_that_are_needed(int heldMs, bool isChoosing, int key, bool isLong)
    {
        Check(1, 0, heldMs, isChoosing, key, isLong);
    }

    [TestMethod]
    public void The_only_button_held_on_goes_a_step_back_and_then_home()
    {
        var map = new KeyMap(1);
        map.OnLevel(0, true, 1000, false);
        Assert.IsTrue(map.NextTickMs == 2800);
        Assert.AreEqual(Long(Key.Up), map.OnTime(2800, false));
        Assert.AreEqual(KeyMap.None, map.OnTime(2800, false));
        Assert.IsTrue(map.NextTickMs == 4600);
        Assert.AreEqual(Long(Key.Down), map.OnTime(4600, false));
        Assert.IsTrue(map.NextTickMs == Deadline.Never);
        Assert.AreEqual(KeyMap.None, map.OnLevel(0, false, 9000, false));
    }

    private static void Check(int buttons, int button, int heldMs, bool isChoosing, int key, bool isLong)
    {
        // as the loop does it: it looks when something is due, and then the button is let go
        var map = new KeyMap(buttons);
        map.OnLevel(button, true, 0, isChoosing);
        int told = map.NextTickMs <= heldMs ? map.OnTime(map.NextTickMs, isChoosing) : KeyMap.None;
        if (told == KeyMap.None) told = map.OnLevel(button, false, heldMs, isChoosing);
        Assert.AreEqual(isLong ? Long((Key)key) : key, told);
    }

    private static int Long(Key key) { return (int)key + KeyMap.Long; }
}

namespace EdgeChat.Bundle.Tests;

/// <summary>What a board will not do although its file asks for it.</summary>
[TestClass]
public class BoardRemarksTests
{
    [TestMethod]
    [DataRow("esp32c3", """{ "serial": { "tx": 1 }, "buzzer": { "pin": 4 } }""", "the buzzer stays silent")]
    [DataRow("esp32c6", """{ "serial": { "port": "COM2" }, "buzzer": { "pin": 4 } }""", "the buzzer stays silent")]
    [DataRow("esp32s2", """{ "serial": { "port": "COM3" }, "buzzer": { "pin": 4 } }""", "set it to COM2")]
    [DataRow("esp32c3", """{ "buzzer": { "pin": 4 } }""", null)]
    [DataRow("esp32c3", """{ "serial": { "port": "COM2" } }""", null)]
    [DataRow("esp32", """{ "serial": { "port": "COM2" }, "buzzer": { "pin": 4 } }""", null)]
    [DataRow("esp32s3", """{ "serial": { "port": "COM3" }, "buzzer": { "pin": 4 } }""", null)]
    [DataRow("esp32c3", """{ "serial": { "port": 2 }, "buzzer": [] }""", null)]
    [DataRow("esp32c3", "{", null)]
    public void A_buzzer_needs_a_UART_that_the_chip_has_beside_the_console(string chip, string board, string? remark)
    {
        IReadOnlyList<string> remarks = BoardRemarks.Of(System.Text.Encoding.UTF8.GetBytes(board), Chip.Of(chip)!);
        Assert.HasCount(remark is null ? 0 : 1, remarks);
        if (remark is not null) Assert.Contains(remark, remarks[0]);
    }
}

using System.Text;
using EdgeChat.Ui;
using QRCoder;

namespace EdgeChat.Tests.Screens;

/// <summary>The label's QR code, compared with the one that another library makes of the same text.</summary>
[TestClass]
public class QrCodeTests
{
    [TestMethod]
    [DataRow("edgechat:a")]
    [DataRow("edgechat:alice")]
    [DataRow("edgechat:pump-room-3")]
    [DataRow("edgechat:abcdefghijklmnop")]
    [DataRow("https://example.org/edgechat/alice")]
    [DataRow("https://example.org/edgechat/a-long-name-abcdefg")]
    public void A_code_has_the_modules_of_the_same_code_made_by_another_library(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        QrCode code = QrCode.Encode(bytes, bytes.Length);
        var level = bytes.Length > 42 ? QRCodeGenerator.ECCLevel.L : QRCodeGenerator.ECCLevel.M;
        int version = (code.Size - 17) / 4;
        using QRCodeData other =
            QRCodeGenerator.GenerateQrCode(text, level, forceUtf8: false, utf8BOM: false, QRCodeGenerator.EciMode.Default, version);
        int quiet = (other.ModuleMatrix.Count - code.Size) / 2;
        int otherMask = MaskOf((x, y) => other.ModuleMatrix[y + quiet][x + quiet]);
        Assert.AreEqual(2, MaskOf(code.IsDark), "the format says mask 2");
        int compared = 0;
        for (int y = 0; y < code.Size; y++)
        {
            for (int x = 0; x < code.Size; x++)
            {
                bool mine = code.IsDark(x, y);
                bool theirs = other.ModuleMatrix[y + quiet][x + quiet];
                if (!IsFunction(x, y, code.Size))
                {
                    mine ^= IsMasked(2, x, y);
                    theirs ^= IsMasked(otherMask, x, y);
                }
                else if (IsFormat(x, y, code.Size))
                {
                    continue;
                }

                compared++;
                Assert.AreEqual(theirs, mine, $"\"{text}\": module {x}, {y}");
            }
        }

        Assert.AreEqual(code.Size * code.Size - 30, compared);
    }

    [TestMethod]
    public void A_phone_reads_the_security_code_off_a_display_that_has_room_for_it()
    {
        ScreenBoard board = ScreenBoard.Shaped((160, 120, 3), () => Scenes.Talk().Sealed("bob").Press("oOuodo"));
        string path = Path.ChangeExtension(Path.GetTempFileName(), ".png");
        Picture.Of(board.App.Frame).Save(path);
        string read = QrReader.Read(path);
        File.Delete(path);
        Assert.AreEqual(board.Messenger.SecurityCodeOf("bob"), read);
    }

    [TestMethod]
    public void Too_much_text_gives_no_code()
    {
        Assert.IsNotNull(QrCode.Encode(new byte[53], 53));
        Assert.IsNull(QrCode.Encode(new byte[54], 54));
    }

    /// <summary>The mask in the format bits beside the upper left finder, ISO/IEC 18004, 7.9.1.</summary>
    private static int MaskOf(Func<int, int, bool> isDark)
    {
        int bits = 0;
        for (int x = 2; x <= 4; x++) bits = bits << 1 | (isDark(x, 8) ? 1 : 0);
        return bits ^ 0b101; // bits 12 to 10 of the format's mask 101 0100 0001 0010
    }

    private static bool IsFormat(int x, int y, int size) =>
        (y == 8 && (x is < 6 or 7 or 8 || x >= size - 8)) || (x == 8 && (y is < 6 or 7 || y >= size - 7));

    private static bool IsFunction(int x, int y, int size)
    {
        bool isFinder = (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8);
        bool isAlignment = size > 21 && x >= size - 9 && x <= size - 5 && y >= size - 9 && y <= size - 5;
        return isFinder || isAlignment || x == 6 || y == 6;
    }

    private static bool IsMasked(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => (y / 2 + x / 3) % 2 == 0,
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3) % 2 == 0,
        _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
    };
}

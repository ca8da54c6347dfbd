using System.Text;
using EdgeChat.Ui;

namespace EdgeChat.Tool.Chat;

/// <summary>A QR code in characters, two modules in each: full where it is light, so that it is right on a dark terminal without colours
/// too.</summary>
public static class QrText
{
    private const int Quiet = 2; // modules of light around it, which readers take

    /// <summary>The lines of the code that a board shows of the same text; none when it is too long for one.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        QrCode? code = QrCode.Encode(bytes, bytes.Length);
        if (code is null) yield break;
        bool IsLight(int x, int y) => x < 0 || y < 0 || x >= code.Size || y >= code.Size || !code.IsDark(x, y);
        for (int y = -Quiet; y < code.Size + Quiet; y += 2)
        {
            var line = new StringBuilder();
            for (int x = -Quiet; x < code.Size + Quiet; x++)
                line.Append((IsLight(x, y), IsLight(x, y + 1)) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            yield return line.ToString();
        }
    }
}

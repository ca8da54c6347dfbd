using System.Globalization;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Ui;
using SkiaSharp;

namespace EdgeChat.Fleet;

/// <summary>The label to stick on a board: its name, its device id, and the id as the QR code that the board's own screen shows. There
/// is no secret on it.</summary>
public static class BoardLabel
{
    private const int Scale = 6; // pixels of the PNG, and dots of a label printer, a module
    private const int Quiet = 4; // modules, ISO/IEC 18004, 9.1
    private const int Width = 128;
    private const int Height = 40;

    /// <summary>Writes <c>ID.png</c>, <c>ID.svg</c> and <c>ID.zpl</c> into a folder. Throws <see cref="FleetException"/>.</summary>
    public static void Write(string folder, string id, string name)
    {
        try
        {
            Directory.CreateDirectory(folder);
            Replace(Path.Combine(folder, id + ".png"), Png(id, name));
            Replace(Path.Combine(folder, id + ".svg"), Encoding.UTF8.GetBytes(Svg(id, name)));
            Replace(Path.Combine(folder, id + ".zpl"), Encoding.UTF8.GetBytes(Zpl(id, name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException(
                $"{folder}: the label of {id} cannot be written ({FileFault.Of(e)}); make the folder writable", e);
        }
    }

    /// <summary>What the code says.</summary>
    public static string TextOf(string id) => "edgechat:" + id;

    /// <summary>The label as a picture.</summary>
    public static byte[] Png(string id, string name)
    {
        Frame frame = Draw(id, name);
        using var bitmap = new SKBitmap(Width * Scale, Height * Scale, SKColorType.Gray8, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.White);
        using (var canvas = new SKCanvas(bitmap))
        {
            using var black = new SKPaint { Color = SKColors.Black, IsAntialias = false };
            foreach (var (x, y, width) in Runs(frame)) canvas.DrawRect(x * Scale, y * Scale, width * Scale, Scale, black);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The label as a drawing.</summary>
    public static string Svg(string id, string name)
    {
        var path = new StringBuilder();
        foreach (var (x, y, width) in Runs(Draw(id, name)))
            path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v1h-{width}z");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width / 2}mm" height="{Height / 2}mm">
            <title>{System.Security.SecurityElement.Escape($"{Printable(name)} ({id})")}</title>
            <rect width="{Width}" height="{Height}" fill="#fff"/><path d="{path}" fill="#000" shape-rendering="crispEdges"/>
            </svg>

            """;
    }

    /// <summary>The label for a printer that speaks ZPL II.</summary>
    public static string Zpl(string id, string name) => $"""
        ^XA^CI28
        ^FO20,20^BQN,2,{Scale}^FDMA,{TextOf(id)}^FS
        ^FO230,40^A0N,40,40^FH^FD{Escaped(Printable(name))}^FS
        ^FO230,100^A0N,30,30^FD{id}^FS
        ^XZ

        """;

    private static Frame Draw(string id, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(TextOf(id));
        QrCode code = QrCode.Encode(text, text.Length);
        var frame = new Frame(Width, Height);
        var painter = new Painter(frame);
        int top = (Height - code.Size) / 2;
        for (int y = 0; y < code.Size; y++)
            for (int x = 0; x < code.Size; x++)
                if (code.IsDark(x, y)) painter.Fill(Quiet + x, top + y, 1, 1);
        int left = code.Size + 2 * Quiet;
        painter.DrawCut(painter.Text, name, left, 9, Width - 1);
        painter.DrawCut(painter.Text, id, left, 23, Width - 1);
        return frame;
    }

    private static IEnumerable<(int X, int Y, int Width)> Runs(Frame frame)
    {
        bool IsDark(int x, int y) => (frame.Pixels[y / 8 * Width + x] & 1 << y % 8) != 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int from = x;
                while (x < Width && IsDark(x, y)) x++;
                if (x > from) yield return (from, y, x - from);
            }
        }
    }

    // XML has no way to write most control characters, and a printer obeys some
    private static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) || r.Value is 0xFFFE or 0xFFFF ? " " : r.ToString()));

    // ^FH: what ZPL takes for a command or an escape stands as _ and its code
    private static string Escaped(string text) =>
        string.Concat(text.Select(c => c is '^' or '~' or '_' ? $"_{(int)c:X2}" : c.ToString()));

    private static void Replace(string path, byte[] content)
    {
        File.WriteAllBytes(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }
}

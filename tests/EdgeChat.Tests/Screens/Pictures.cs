using System.Runtime.CompilerServices;

namespace EdgeChat.Tests.Screens;

/// <summary>Compares what a board shows with the approved picture of a name; when <see cref="Approval"/> takes it, it is the new
/// approved picture.</summary>
internal static class Pictures
{
    public static string Folder { get; } = Path.Combine(Here(), "approved");

    public static void Check(ScreenBoard board, string name, TestContext context)
    {
        var actual = Picture.Of(board.App.Frame);
        string approved = Path.Combine(Folder, name + ".png");
        if (Approval.Takes(name))
        {
            if (!File.Exists(approved) || !Picture.Load(approved).IsSame(actual)) actual.Save(approved);
            return;
        }

        if (File.Exists(approved) && Picture.Load(approved).IsSame(actual)) return;
        string folder = Path.Combine(AppContext.BaseDirectory, "changed-screens");
        string changed = Path.Combine(folder, name + ".png");
        actual.Save(changed);
        context.AddResultFile(changed);
        if (!File.Exists(approved)) Assert.Fail($"no picture of the screen \"{name}\" is approved: {changed}; {Approval.Cure(name)}");
        string both = Path.Combine(folder, name + ".approved-and-actual.png");
        Picture.Beside(Picture.Load(approved), actual).Save(both);
        context.AddResultFile(both);
        Assert.Fail($"the screen \"{name}\" has changed; left as approved, right as it is: {both}; {Approval.Cure(name)}");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

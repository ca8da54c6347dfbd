using System.Runtime.CompilerServices;

namespace EdgeChat.Tests.Screens;

/// <summary>Compares what a board shows with the approved picture of a name; with EDGECHAT_APPROVE=1 it is the new approved
/// picture.</summary>
internal static class Pictures
{
    public static string Folder { get; } = Path.Combine(Here(), "approved");

    public static bool IsApproving => Environment.GetEnvironmentVariable("EDGECHAT_APPROVE") == "1";

    public static void Check(ScreenBoard board, string name, TestContext context)
    {
        var actual = Picture.Of(board.App.Frame);
        string approved = Path.Combine(Folder, name + ".png");
        if (IsApproving)
        {
            if (!File.Exists(approved) || !Picture.Load(approved).IsSame(actual)) actual.Save(approved);
            return;
        }

        if (File.Exists(approved) && Picture.Load(approved).IsSame(actual)) return;
        string folder = Path.Combine(AppContext.BaseDirectory, "changed-screens");
        string changed = Path.Combine(folder, name + ".png");
        actual.Save(changed);
        context.AddResultFile(changed);
        const string again = "run again with EDGECHAT_APPROVE=1";
        if (!File.Exists(approved)) Assert.Fail($"there is no approved picture of the screen \"{name}\": look at {changed} and {again}");
        string both = Path.Combine(folder, name + ".approved-and-actual.png");
        Picture.Beside(Picture.Load(approved), actual).Save(both);
        context.AddResultFile(both);
        Assert.Fail($"the screen \"{name}\" has changed; left as approved, right as it is: {both}. If it is meant, {again}");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

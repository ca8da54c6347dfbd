using EdgeChat.TableTool;

// Makes the tables of the screens, which the firmware has as string literals, from the texts beside this file, and those of accents and
// of what takes no room from the Unicode data of .NET:
//   dotnet run --project tools/EdgeChat.TableTool -- tools/EdgeChat.TableTool firmware
// words.txt has the most frequent words first; those of each paragraph but the first count the same. followers.txt has a word in each
// line, then those that come after it, the most probable first: # is a digit, ^ the beginning of a sentence.
// letters.txt is taken from the X11 "fixed" family of the Debian package xfonts-base (public domain):
//   apt-get download xfonts-base && dpkg -x xfonts-base_*.deb fonts
//   dotnet run --project tools/EdgeChat.TableTool -- import fonts/usr/share/fonts/X11/misc tools/EdgeChat.TableTool
if (args.Length == 3 && args[0] == "import")
{
    Letters.Import(args[1], args[2]);
    return 0;
}

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: EdgeChat.TableTool <folder with the texts that this file tells of> <folder firmware>");
    Console.Error.WriteLine("       EdgeChat.TableTool import <folder with 5x8.pcf.gz and 4x6.pcf.gz> <folder for letters.txt>");
    return 2;
}

foreach (var (file, source) in Tables.Make(args[0])) File.WriteAllText(Path.Combine(args[1], file), source);
return 0;

using System.Linq;

namespace nanoFramework.TestFramework;

/// <summary>What the board's launcher asks about the attributes of a method.</summary>
public static class Helper
{
    /// <summary>The attributes without the test marker when there are data rows: the rows alone then say what runs.</summary>
    public static object[] RemoveTestMethodIfDataRowExists(object[] attribs) =>
        attribs.Any(a => a is DataRowAttribute) ? attribs.Where(a => a is not TestMethodAttribute).ToArray() : attribs;
}

using Microsoft.CodeAnalysis.CSharp;

namespace EdgeChat.Conformance;

/// <summary>Every check finds what it is there for, and says where and what to do.</summary>
[TestClass]
public class NegativeTests
{
    [TestMethod]
    [DataRow("using System.Collections.Generic; class C { void M() { var x = new List<int>(); } }", "List<>", "ArrayList")]
    [DataRow("using System.Linq; class C { int M(int[] a) { return a.Sum(); } }", "'Linq'", "write the loop")]
    [DataRow("class C { async void M() { } }", "AsyncVoidMethodBuilder", "event that the loop handles")]
    [DataRow("using System.Threading.Tasks; class C { async Task M() { } }", "'Task", "event that the loop handles")]
    [DataRow("class C { void M() { System.Console.ReadLine(); } }", "'ReadLine'", "SerialPort")]
    [DataRow("class C { string M(string s) { return s.Replace(\"a\", \"b\"); } }", "'Replace'", "StringBuilder")]
    [DataRow("class C { bool M(string s) { return s.StartsWith(\"a\", 1); } }", "No overload for method 'StartsWith'",
        "tests/EdgeChat.Conformance/api")]
    [DataRow("class C { void M() { decimal d = 1.5m; } }", "System.Decimal", "smaller unit")]
    [DataRow("class C { int? M() { return null; } }", "Nullable`1", "stands for none")]
    [DataRow("class C { (int, int) M() { return (1, 2); } }", "ValueTuple", "out parameters")]
    [DataRow("class C { char M(string s) { return s[^1]; } }", "System.Index", "Length - n")]
    [DataRow("class C { System.Collections.IEnumerable M() { yield return 1; } }", "IEnumerator`1", "Iterators")]
    [DataRow("record C(int X);", "IEquatable`1", "write a class")]
    [DataRow("class C { dynamic M() { return null; } }", "dynamic", "not on the board")]
    [DataRow("class C { volatile int M; }", "IsVolatile", "enqueue")]
    [DataRow("class C { System.Span<byte> M() => default; }", "Span<>", "SpanByte")]
    [DataRow("class C { string M() { return \"\"\"x\"\"\"; } }", "not available in C# 10", "attributes that nanoCLR misreads")]
    [DataRow("class C { unsafe void M() { } }", "/unsafe", "arrays")]
    public void The_compiler_refuses(string source, string what, string cure)
    {
        Compiled compiled = FirmwareCompiler.Compile(source);
        Assert.Contains(f => f.What.Contains(what) && f.Cure.Contains(cure), compiled.Findings, string.Join('\n', compiled.Findings));
        Assert.Contains(f => f.File == "Sample.cs" && f.Line == 1 || f.What.Contains("IsVolatile"), compiled.Findings);
    }

    [TestMethod]
    [DataRow("class C { System.Action<int> F; }", "C.F", "uses the generic System.Action`1")]
    [DataRow("class C { void M() { System.Action<int> f = i => { }; f(1); } }", "C.M", "uses the generic System.Action`1")]
    [DataRow("class C { static T M<T>(T x) { return x; } }", "C.M", "is generic")]
    [DataRow("class C { static T G<T>(T x) => x; int M() { return G(1); } }", "C.M", "uses the generic C")]
    [DataRow("class C<T> { T F; }", "C`1", "is generic")]
    [DataRow("class C { int[,] F; }", "C.F", "System.Int32[")]
    [DataRow("class C { int M() { var a = new int[2, 3]; return a[1, 2]; } }", "C.M", "System.Int32[")]
    [DataRow("class C { int M(int a) { checked { return a * 2; } } }", "C.M", "mul.ovf")]
    [DataRow("class C { int M(long a) { return checked((int)a); } }", "C.M", "conv.ovf.i4")]
    [DataRow("class C { unsafe int M() { byte* p = stackalloc byte[4]; return p[0]; } }", "C.M", "stackalloc")]
    [DataRow("class C { unsafe byte M(byte* p) { return *p; } }", "C.M", "uses the pointer System.Byte*")]
    [DataRow("class C { string M(System.DayOfWeek d) { return d.ToString(); } }", "C.M", "writes an enum as text")]
    [DataRow("class C { string M(System.DayOfWeek d) { return \"on \" + d; } }", "C.M", "enum")]
    [DataRow("class C { string M(System.DayOfWeek d, int n) { return $\"{n} {d}\"; } }", "C.M", "boxes the enum DayOfWeek")]
    [DataRow("enum E { A } class C { string M(E e) { return e.ToString(); } }", "C.M", "writes an enum as text")]
    [DataRow("class C { string M(string s) { return s.ToLower(); } }", "C.M", "ToLower")]
    [DataRow("class C { string M(string s) { return s.ToUpper(); } }", "C.M", "ToUpper")]
    [DataRow("class C { int M(string s) { return s.IndexOf(\"\"); } }", "C.M", "empty text")]
    [DataRow("class C { int M(string s, int n) { return s.IndexOf(\"\", n + 1); } }", "C.M", "empty text")]
    [DataRow("class C { int M(string s) { return s.IndexOf(string.Empty); } }", "C.M", "empty text")]
    [DataRow("class C { string M(int n) { return string.Format(\"{0\", n); } }", "C.M", "which throws")]
    [DataRow("class C { string M(int n) { return string.Format(\"{0} {1}\", n); } }", "C.M", "which throws")]
    [DataRow("class C { string M(int n) { return string.Format(\"} {0}\", n); } }", "C.M", "which throws")]
    [DataRow("class C { double M(double n) { return n / 0.0; } }", "C.M", "divides by zero")]
    [DataRow(
        "class C { void M(string s) { try { System.Convert.FromBase64String(s); } catch (System.FormatException) { } } }",
        "C.M", "plain Exception")]
    [DataRow("class C { string[] M() { return new string[4]; } }", "C.M", "nothing is stored in")]
    [DataRow("class C { string[] M(int n) { var a = new string[n]; a[0] = null; return a; } }", "C.M", "nothing is stored in")]
    [DataRow("class C { string[] M(string s) { return new string[] { s, null, s }; } }", "C.M", "nothing is stored in")]
    [DataRow("class C { string[] M(string s) { return new string[] { s, s, null }; } }", "C.M", "nothing is stored in")]
    [DataRow("class C { string[] M(string s) { var a = new string[2]; a[1] = s; return a; } }", "C.M", "nothing is stored in")]
    [DataRow("class C { string[][] M() { return new string[][] { new string[2] }; } }", "C.M", "nothing is stored in")]
    [DataRow("class C { void M(string[] a) { System.Array.Clear(a, 0, a.Length); } }", "C.M", "never stored")]
    [DataRow("class C { string[] _a = { \"a\" }; void M(int n) { System.Array.Clear(_a, n + 1, _a.Length - n); } }", "C.M", "never stored")]
    [DataRow("class C { object M() { return System.Array.CreateInstance(typeof(string), 3); } }", "C.M", "nobody sees")]
    [DataRow("class C { string M(int n) { return n.ToString(\"0.00\"); } }", "C.M", "the format \"0.00\"")]
    [DataRow("class C { string M(int n) { return $\"{n:#,#} of {n}\"; } }", "C.M", "the format \"#,#\"")]
    [DataRow("class C { string M(System.DateTime d) { return d.ToString(\"o\"); } }", "C.M", "ends in Z")]
    [DataRow("class C { string M() { return \"a\\0b\"; } }", "C.M", "NUL")]
    [DataRow("class C { int M(string s) { int n = 0; for (int i = 0; i < s.Length; i++) if (s[i] == 'a') n++; return n; } }", "C.M",
        "in a loop")]
    [DataRow("class C { void M(int[] a) { try { a[0] = 1; } catch (System.IndexOutOfRangeException) { } } }", "C.M",
        "IndexOutOfRangeException")]
    [DataRow("class C { static int _count; int M() { return _count++; } }", "C._count", "static field that can change")]
    [DataRow("class C { static int Count { get; set; } int M() { return 0; } }", "C.<Count>k__BackingField",
        "static field that can change")]
    [DataRow("interface I { int M() { return 1; } }", "I.M", "interface method with a body")]
    [DataRow("#nullable enable\nclass C { string? F; string? M(string? a, string b) { return a; } }", "NullableAttribute",
        "its own attribute")]
    [DataRow("readonly struct S { }", "IsReadOnlyAttribute", "its own attribute")]
    public void The_IL_check_refuses(string source, string where, string what) => Refuses(source, where, what, isTest: false);

    [TestMethod]
    [DataRow("private int _n; [TestMethod] public void M() { }", "C._n", "instance state")]
    [DataRow("void H() { } [TestMethod] public void M() { H(); }", "C.M", "uses its instance")]
    [DataRow("[DataRow(1)] public void M(int n) { }", "C.M", "no [TestMethod]")]
    [DataRow("[TestMethod] public static void M() { }", "C.M", "not found by every launcher")]
    [DataRow("[TestMethod] void M() { }", "C.M", "not found by every launcher")]
    [DataRow("public void M() { }", "C.M", "is public but no test")]
    [DataRow("[TestMethod, DataRow(1)] public void M(long n) { }", "C.M", "a Int32 for the Int64 n")]
    [DataRow("[TestMethod, DataRow(1)] public void M(int n, int m) { }", "C.M", "1 values for 2 parameters")]
    public void The_IL_check_of_tests_refuses(string members, string where, string what) =>
        Refuses("using nanoFramework.TestFramework; [TestClass] public class C { " + members + " }", where, what, isTest: true);

    [TestMethod]
    public void The_IL_check_refuses_the_attributes_of_a_newer_language()
    {
        Compiled compiled = FirmwareCompiler.Compile("public class C { public void M(ref int x) { } }", LanguageVersion.CSharp12);
        Assert.Contains(f => f.Where == "RefSafetyRulesAttribute", IlCheck.Run(compiled, isTest: false));
    }

    [TestMethod]
    public void What_the_board_can_run_passes()
    {
        const string source = """
            using System; using System.Collections; using System.Text; using System.Threading;
            public delegate void Done(int n);
            public sealed class Good : IDisposable
            {
                private static readonly byte[] Table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
                private readonly ArrayList _list = new ArrayList();
                public event Done Ready;
                public void Dispose() { lock (_list) { _list.Clear(); } }
                private static readonly string[] Words = { "a", "b", "c" };
                private readonly string[] _none = new string[0];
                private readonly object[] _objects = new object[5];
                public string[] Texts(string s, int n, int[] a)
                {
                    Array.Clear(a, 0, a.Length);
                    string[][] rows = { new[] { s, n > 1 ? s : "x" }, new string[] { "" }, s.Split(',') };
                    string all = string.Concat(new string[] { s, "a", s, "b", s });
                    return new string[] { n == 0 ? null : s, s + n, all, rows[0][1], Words[n % 3] };
                }
                public int Find(string s) => s.IndexOf("a") + s.LastIndexOf("") + (s.Contains("") ? 1 : 0) + _none.Length + _objects.Length;
                public string Braces(int n, object[] all) => string.Format("{{{0}}} {1,3}", n, n) + string.Format("{7}", all);
                public string Text(int n, string s, object o)
                {
                    if (o is string text && text.Length > 0) return text;
                    foreach (object item in _list) s += item;
                    int Twice() => n * 2;
                    Action later = () => Ready?.Invoke(n);
                    later();
                    try { n = int.Parse(s); } catch (Exception e) when (e is ArgumentException) { throw; } finally { n = Table[n & 7]; }
                    switch (s) { case "a": case "b": case "c": case "d": case "e": case "f": case "g": case "h": return "x"; }
                    return $"{n:D2} {Twice():X4}, {s}" + new StringBuilder().Append('c').ToString();
                }
            }
            """;
        Compiled compiled = FirmwareCompiler.Compile(source);
        Findings.ExpectNone(compiled.Findings);
        Findings.ExpectNone(IlCheck.Run(compiled, isTest: false));
    }

    private static void Refuses(string source, string where, string what, bool isTest)
    {
        Compiled compiled = FirmwareCompiler.Compile(source, allowUnsafe: true);
        Findings.ExpectNone(compiled.Findings);
        IReadOnlyList<Finding> findings = IlCheck.Run(compiled, isTest);
        Assert.Contains(f => f.Where == where && f.What.Contains(what) && f.Cure.Length > 0, findings, string.Join('\n', findings));
    }
}

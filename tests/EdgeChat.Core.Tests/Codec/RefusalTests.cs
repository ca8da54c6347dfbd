using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Each reason for which a body is refused, at both sides of its limit.</summary>
[TestClass]
public class RefusalTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("hello")]
    [DataRow("{")]
    [DataRow("}")]
    [DataRow("[]")]
    [DataRow("'text'")]
    [DataRow("17")]
    [DataRow("null")]
    [DataRow("{'c'}")]
    [DataRow("{'c':}")]
    [DataRow("{'c':'x'")]
    [DataRow("{'c':'x'}}")]
    [DataRow("{'c':'x'} {}")]
    [DataRow("{'c':'x'},")]
    [DataRow("{'c':'x',}")]
    [DataRow("{,'c':'x'}")]
    [DataRow("{'c':'x' 'n':1}")]
    [DataRow("{'c':'x';'n':1}")]
    [DataRow("{'c' 'x'}")]
    [DataRow("{c:'x'}")]
    [DataRow("{'c':'x}")]
    [DataRow("{'c':'x\n'}")]
    [DataRow("{'c':'\t'}")]
    [DataRow("{'c':'\\'}")]
    [DataRow("{'c':'\\x41'}")]
    [DataRow("{'c':'\\a'}")]
    [DataRow("{'c':'\\u12'}")]
    [DataRow("{'c':'\\u12g4'}")]
    [DataRow("{'c':'\\ud83d\\u12'}")]
    [DataRow("{'c':'x','z9':01}")]
    [DataRow("{'c':'x','z9':+1}")]
    [DataRow("{'c':'x','z9':.5}")]
    [DataRow("{'c':'x','z9':1.}")]
    [DataRow("{'c':'x','z9':1e}")]
    [DataRow("{'c':'x','z9':-}")]
    [DataRow("{'c':'x','z9':0x1}")]
    [DataRow("{'c':'x','z9':NaN}")]
    [DataRow("{'c':'x','z9':True}")]
    [DataRow("{'c':'x','z9':tru}")]
    [DataRow("{'c':'x','z9':nul}")]
    [DataRow("{'c':'x','z9':[1,]}")]
    [DataRow("{'c':'x','z9':[,1]}")]
    [DataRow("{'c':'x','z9':[1 2]}")]
    [DataRow("{'c':'x','z9':[1}")]
    [DataRow("{'c':'x','z9':{'a':1]}")]
    [DataRow("{'c':'x','z9':{1:1}}")]
    [DataRow("{'c':'x'}/* comment */")]
    public void What_is_not_one_JSON_object_is_refused(string text)
    {
        Assert.AreEqual((int)BodyError.NotJson, (int)Json.Read(text, new Body()), text);
    }

    [TestMethod]
    [DataRow("80")]
    [DataRow("C3")]
    [DataRow("C080")]
    [DataRow("C1BF")]
    [DataRow("C328")]
    [DataRow("E08080")]
    [DataRow("E09FBF")]
    [DataRow("E282")]
    [DataRow("E28228")]
    [DataRow("EDA080")]
    [DataRow("EDBFBF")]
    [DataRow("F08FBFBF")]
    [DataRow("F09F98")]
    [DataRow("F09F9828")]
    [DataRow("F4908080")]
    [DataRow("F5808080")]
    [DataRow("F888808080")]
    [DataRow("FE")]
    [DataRow("FF")]
    [DataRow("41C3")]
    public void What_is_not_UTF_8_is_refused(string hex)
    {
        byte[] bytes = Json.WithContent(hex);
        Assert.AreEqual((int)BodyError.NotUtf8, (int)BodyReader.Read(bytes, bytes.Length, new Body()));
    }

    [TestMethod]
    [DataRow("\\ud83d")]
    [DataRow("\\ud83dx")]
    [DataRow("\\ud83d\\n")]
    [DataRow("\\ud83d\\u0041")]
    [DataRow("\\ud83d\\ud83d")]
    [DataRow("\\ude42")]
    [DataRow("\\ude42\\ud83d")]
    [DataRow("\\udfff")]
    public void Half_of_a_surrogate_pair_is_no_character(string escaped)
    {
        Assert.AreEqual((int)BodyError.NotUtf8, (int)Json.Read("{'c':'" + escaped + "'}", new Body()));
        Assert.AreEqual((int)BodyError.NotUtf8, (int)Json.Read("{'c':'x','zz':'" + escaped + "'}", new Body()),
            "also where it would be skipped");
    }

    [TestMethod]
    public void A_NUL_is_refused_wherever_it_stands()
    {
        byte[] raw = Json.WithContent("410042");
        Assert.AreEqual((int)BodyError.HasNul, (int)BodyReader.Read(raw, raw.Length, new Body()));
        Assert.AreEqual((int)BodyError.HasNul, (int)Json.Read("{'c':'a\\u0000b'}", new Body()));
        Assert.AreEqual((int)BodyError.HasNul, (int)Json.Read("{'c':'x','\\u0000':1}", new Body()));
        Assert.AreEqual((int)BodyError.HasNul, (int)Json.Read("{'c':'x','zz':['\\u0000']}", new Body()));
        byte[] after = Json.Join(Json.Bytes("{'c':'x'}"), new byte[1], new byte[0]);
        Assert.AreEqual((int)BodyError.HasNul, (int)BodyReader.Read(after, after.Length, new Body()));
    }

    [TestMethod]
    public void A_body_may_have_1536_bytes()
    {
        byte[] most = Json.Bytes("{'c':'x','pad':'" + new string('p', 1536 - 18) + "'}");
        Assert.AreEqual(1536, most.Length);
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.Read(most, most.Length, new Body()));
        byte[] more = new byte[1537];
        for (int i = 0; i < more.Length; i++) more[i] = (byte)' ';
        System.Array.Copy(most, more, most.Length);
        Assert.AreEqual((int)BodyError.TooLong, (int)BodyReader.Read(more, more.Length, new Body()));
    }

    [TestMethod]
    public void Only_the_bytes_counted_are_read()
    {
        byte[] bytes = Json.Bytes("{'c':'x'}rubbish behind it");
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.Read(bytes, 9, new Body()));
    }

    [TestMethod]
    [DataRow("x", 1024)]
    [DataRow("\u00FC", 512)]
    [DataRow("\u20AC", 341)]
    [DataRow("\\\\", 1024)]
    [DataRow("\\n", 1024)]
    public void Content_may_have_1024_bytes_of_UTF_8(string letter, int count)
    {
        int room = (Body.MaxBytes - 8) / System.Text.Encoding.UTF8.GetBytes(letter).Length;
        if (count > room) count = room; // escapes fill the body first
        Assert.AreEqual((int)BodyError.None, (int)Json.Read("{'c':'" + Repeat(letter, count) + "'}", new Body()));
        BodyError error = Json.Read("{'c':'" + Repeat(letter, count + 1) + "'}", new Body());
        Assert.AreEqual((int)(count == room ? BodyError.TooLong : BodyError.ContentTooLong), (int)error);
    }

    [TestMethod]
    [DataRow("[", "]")]
    [DataRow("{'a':", "}")]
    public void Values_lie_16_levels_deep_at_most(string open, string close)
    {
        Assert.AreEqual((int)BodyError.None,
            (int)Json.Read("{'c':'x','zz':" + Repeat(open, 16) + "1" + Repeat(close, 16) + "}", new Body()));
        Assert.AreEqual((int)BodyError.TooDeep,
            (int)Json.Read("{'c':'x','zz':" + Repeat(open, 17) + "1" + Repeat(close, 17) + "}", new Body()));
        Assert.AreEqual((int)BodyError.TooDeep, (int)Json.Read("{'c':'x','zz':" + Repeat(open, 200), new Body()));
    }

    [TestMethod]
    [DataRow("'n':'1'")]
    [DataRow("'n':1.5")]
    [DataRow("'n':15e-1")]
    [DataRow("'n':1e-9")]
    [DataRow("'e':1.00000000000000001")]
    [DataRow("'n':null")]
    [DataRow("'n':true")]
    [DataRow("'n':[]")]
    [DataRow("'n':{}")]
    [DataRow("'e':'2'")]
    [DataRow("'t':'soon'")]
    [DataRow("'t':{}")]
    [DataRow("'c':1")]
    [DataRow("'c':null")]
    [DataRow("'c':['x']")]
    [DataRow("'content':false")]
    [DataRow("'y':1")]
    [DataRow("'re':1")]
    [DataRow("'g':{}")]
    [DataRow("'d':'1'")]
    [DataRow("'s':[1]")]
    [DataRow("'a':null")]
    [DataRow("'z':''")]
    [DataRow("'h':1")]
    [DataRow("'h':{}")]
    [DataRow("'h':['1']")]
    [DataRow("'h':[1,null]")]
    [DataRow("'h':[[1]]")]
    [DataRow("'v':null")]
    [DataRow("'v':[1]")]
    [DataRow("'v':{}")]
    [DataRow("'u':1")]
    [DataRow("'la':'1'")]
    [DataRow("'lo':true")]
    [DataRow("'sender':1")]
    [DataRow("'timestamp':'soon'")]
    [DataRow("'timestamp':null")]
    public void A_known_key_with_another_type_is_refused(string member)
    {
        Assert.AreEqual((int)BodyError.WrongType, (int)Json.Read("{'c':'x'," + member + "}", new Body()), member);
        Assert.AreEqual((int)BodyError.WrongType, (int)Json.Read("{" + member + ",'c':'x'}", new Body()), member);
    }

    [TestMethod]
    [DataRow("'n':0")]
    [DataRow("'n':-1")]
    [DataRow("'n':2147483648")]
    [DataRow("'n':99999999999999999999999")]
    [DataRow("'e':0")]
    [DataRow("'e':65536")]
    [DataRow("'t':-1")]
    [DataRow("'t':-0.5")]
    [DataRow("'n':-1e0")]
    [DataRow("'n':1e10")]
    [DataRow("'n':2147483648e0")]
    [DataRow("'n':21474836470e-1,'d':1e999999999999999999999")]
    [DataRow("'e':6.5536e4")]
    [DataRow("'n':0e999")]
    [DataRow("'t':2534023008e2")]
    [DataRow("'t':253402300800")]
    [DataRow("'d':-1")]
    [DataRow("'s':2147483648")]
    [DataRow("'a':0")]
    [DataRow("'z':0")]
    [DataRow("'h':[0]")]
    [DataRow("'h':[-5]")]
    [DataRow("'h':[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33]")]
    [DataRow("'y':'12345678901234567890123456789012345678901234567890123456789012345'")]
    [DataRow("'g':'12345678901234567890123456789012345678901234567890123456789012345'")]
    [DataRow("'v':12345678901234567890123456789012345678901234567890123456789012345")]
    [DataRow("'y':'r','d':3,'s':4")]
    [DataRow("'y':'q','a':4,'z':3")]
    [DataRow("'y':'l','a':4,'z':3")]
    public void A_number_or_short_text_out_of_its_range_is_refused(string member)
    {
        Assert.AreEqual((int)BodyError.OutOfRange, (int)Json.Read("{'c':'x'," + member + "}", new Body()), member);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("{'n':1}")]
    [DataRow("{'y':'r'}")]
    [DataRow("{'y':'r','s':1}")]
    [DataRow("{'y':'q','a':1}")]
    [DataRow("{'y':'q','z':1}")]
    [DataRow("{'y':'l'}")]
    [DataRow("{'y':'v','u':'V'}")]
    [DataRow("{'y':'v','la':1}")]
    [DataRow("{'y':'v','lo':1}")]
    [DataRow("{'y':'b','c':'x'}")]
    [DataRow("{'y':'b','re':'a/1'}")]
    [DataRow("{'y':'k'}")]
    public void A_type_without_what_it_needs_is_refused(string text)
    {
        Assert.AreEqual((int)BodyError.MissingField, (int)Json.Read(text, new Body()), text);
    }

    [TestMethod]
    public void A_body_speaks_for_its_sender_only()
    {
        var body = new Body();
        Json.Read("{'c':'x'}", body);
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.CheckSender(body, "carol"));
        Json.Read("{'c':'x','sender':'carol'}", body);
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.CheckSender(body, "carol"));
        Assert.AreEqual((int)BodyError.WrongSender, (int)BodyReader.CheckSender(body, "bob"));
        Assert.AreEqual((int)BodyError.WrongSender, (int)BodyReader.CheckSender(body, "carol2"));
    }

    [TestMethod]
    public void Each_reason_has_words_of_its_own()
    {
        for (int i = 0; i < BodyErrors.Count; i++)
            for (int k = 0; k < i; k++) Assert.AreNotEqual(BodyErrors.WordsFor((BodyError)k), BodyErrors.WordsFor((BodyError)i));
        Assert.AreEqual((int)BodyError.Replayed, BodyErrors.Count - 1, "the last one");
    }

    private static string Repeat(string text, int count)
    {
        var all = new System.Text.StringBuilder();
        for (int i = 0; i < count; i++) all.Append(text);
        return all.ToString();
    }
}

using System.Text;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What bodies mean.</summary>
[TestClass]
public class BodyReaderTests
{
    [TestMethod]
    public void A_text_has_number_time_and_content()
    {
        Body body = Read("{'n':17,'t':1790000000,'c':'On my way'}");
        Assert.AreEqual(BodyTypes.Text, body.Type);
        Assert.AreEqual(17, body.N);
        Assert.AreEqual(1790000000L, body.Time);
        Assert.AreEqual(1, body.Incarnation);
        Assert.AreEqual("On my way", body.Content);
        Assert.IsNull(body.Sender);
        Assert.AreEqual(-1, body.Have);
    }

    [TestMethod]
    public void Space_between_tokens_means_nothing()
    {
        Body body = Read(" \r\n\t{ 'n' : 17 ,\n'h' : [ 1 , 2 ] , 'c' : 'x' }\n ");
        Assert.AreEqual(17, body.N);
        Assert.AreEqual(2, body.HoleCount);
    }

    [TestMethod]
    [DataRow("\\\"", "\"")]
    [DataRow("\\\\", "\\")]
    [DataRow("\\/", "/")]
    [DataRow("\\b\\f\\n\\r\\t", "\b\f\n\r\t")]
    [DataRow("\\u0041", "A")]
    [DataRow("\\u00fc\\u00FC", "\u00FC\u00FC")]
    [DataRow("\\u20ac", "\u20AC")]
    [DataRow("\\uffff", "\uFFFF")]
    [DataRow("\\ud83d\\ude42", "\U0001F642")]
    [DataRow("\\uD800\\uDC00", "\U00010000")]
    [DataRow("\\uDBFF\\uDFFF", "\U0010FFFF")]
    [DataRow("a\\u0062c\\nd", "abc\nd")]
    [DataRow("\U0001F642\u00FC", "\U0001F642\u00FC")]
    public void Escapes_stand_for_their_characters(string escaped, string expected)
    {
        Assert.AreEqual(expected, Read("{'c':'" + escaped + "'}").Content);
        Assert.AreEqual("xy" + expected + "z", Read("{'c':'xy" + escaped + "z'}").Content);
    }

    [TestMethod]
    public void Keys_can_be_escaped_too()
    {
        Body body = Read("{'\\u006e':5,'\\u0063ontent':'x','r\\u0065':'a/1'}");
        Assert.AreEqual(5, body.N);
        Assert.AreEqual("x", body.Content);
        Assert.AreEqual("a/1", body.ReplyTo);
    }

    [TestMethod]
    [DataRow("'q':1")]
    [DataRow("'':1")]
    [DataRow("'nn':'x'")]
    [DataRow("'contents':1")]
    [DataRow("'Content':1")]
    [DataRow("'N':'x'")]
    [DataRow("'s':3")]
    [DataRow("'zz':null")]
    [DataRow("'zz':[]")]
    [DataRow("'zz':{}")]
    [DataRow("'zz':[1,-2.5e-3,true,false,null,'\\u00fc',[],{},{'c':'not this','n':9}]")]
    [DataRow("'zz':{'c':'not this','x':{'n':9}}")]
    [DataRow("'\u00FC':'x'")]
    [DataRow("'a very long key that nobody has ever heard of and that goes on and on and on':1")]
    public void Unknown_keys_are_skipped_whatever_they_hold(string member)
    {
        Body body = Read("{'n':4," + member + ",'c':'this'}");
        Assert.AreEqual(4, body.N);
        Assert.AreEqual("this", body.Content);
        Assert.AreEqual("this", Read("{" + member + ",'c':'this'}").Content);
        Assert.AreEqual("this", Read("{'c':'this'," + member + "}").Content);
    }

    [TestMethod]
    public void The_last_of_two_equal_keys_counts()
    {
        Assert.AreEqual("b", Read("{'c':'a','content':'b'}").Content);
        Assert.AreEqual(1, Read("{'y':'r','d':9,'h':[1,2],'h':[3]}").HoleCount);
    }

    [TestMethod]
    public void Long_names_serve_plain_clients()
    {
        Body body = Read("{'sender':'carol','content':'hello','timestamp':1790000000}");
        Assert.AreEqual("carol", body.Sender);
        Assert.AreEqual("hello", body.Content);
        Assert.AreEqual(1790000000L, body.Time);
        Assert.AreEqual(0, body.N);
    }

    [TestMethod]
    [DataRow("1790000000", 1790000000L)]
    [DataRow("1790000000.75", 1790000000L)]
    [DataRow("0", 0L)]
    [DataRow("-0", 0L)]
    [DataRow("1.79e9", 1790000000L)]
    [DataRow("1790000000750e-3", 1790000000L)]
    [DataRow("179e+7", 1790000000L)]
    [DataRow("0.9", 0L)]
    [DataRow("-0.0e5", 0L)]
    [DataRow("253402300799", 253402300799L)]
    public void Times_are_Unix_seconds_without_their_fraction(string number, long expected)
    {
        Assert.AreEqual(expected, Read("{'c':'x','t':" + number + "}").Time);
        Assert.AreEqual(expected, Read("{'c':'x','timestamp':" + number + "}").Time);
    }

    [TestMethod]
    [DataRow("17")]
    [DataRow("17.0")]
    [DataRow("1.7e1")]
    [DataRow("1.7E+1")]
    [DataRow("0.17e2")]
    [DataRow("0.00017e5")]
    [DataRow("170e-1")]
    [DataRow("1700.00e-2")]
    [DataRow("17e0")]
    [DataRow("17e-0")]
    public void An_integer_is_one_whatever_its_spelling(string number)
    {
        Body body = Read("{'y':'r','n':" + number + ",'e':" + number + ",'d':" + number + ",'s':" + number + ",'h':[" + number + "],'f':"
            + number + "}");
        Assert.AreEqual(17, body.N);
        Assert.AreEqual(17, body.Incarnation);
        Assert.AreEqual(17, body.Have);
        Assert.AreEqual(17, body.Shown);
        Assert.AreEqual(17, body.Holes[0]);
        Assert.AreEqual(17, body.First);
    }

    [TestMethod]
    public void Numbers_reach_to_their_limits()
    {
        Body body = Read("{'y':'r','n':2147483647,'e':65535,'d':2147483647,'s':0,'a':1,'z':1}");
        Assert.AreEqual(2147483647, body.N);
        Assert.AreEqual(65535, body.Incarnation);
        Assert.AreEqual(2147483647, body.Have);
        Assert.AreEqual(0, body.Shown);
        Assert.AreEqual(0, Read("{'y':'r','d':-0}").Have);
    }

    [TestMethod]
    public void A_receipt_lists_up_to_32_holes()
    {
        Body body = Read(
            "{'y':'r','g':'team','d':40,'s':15,"
            + "'h':[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32]}");
        Assert.AreEqual(BodyTypes.Receipt, body.Type);
        Assert.AreEqual("team", body.Group);
        Assert.AreEqual(40, body.Have);
        Assert.AreEqual(15, body.Shown);
        Assert.AreEqual(32, body.HoleCount);
        Assert.AreEqual(32, body.Holes[31]);
        Assert.AreEqual(0, Read("{'y':'r','d':4,'h':[]}").HoleCount);
    }

    [TestMethod]
    [DataRow("21.5", "21.5")]
    [DataRow("-1e-3", "-1e-3")]
    [DataRow("'open'", "open")]
    [DataRow("true", "true")]
    [DataRow("false", "false")]
    [DataRow("''", "")]
    public void A_value_is_kept_as_it_came(string json, string expected)
    {
        Body body = Read("{'y':'v','v':" + json + ",'u':'\u00B0C'}");
        Assert.AreEqual(expected, body.Value);
        Assert.AreEqual("\u00B0C", body.Unit);
    }

    [TestMethod]
    public void A_location_keeps_its_digits()
    {
        Body body = Read("{'y':'v','la':-33.8567844,'lo':151.213108}");
        Assert.AreEqual("-33.8567844", body.Latitude);
        Assert.AreEqual("151.213108", body.Longitude);
        Assert.IsNull(body.Value);
    }

    [TestMethod]
    [DataRow("r")]
    [DataRow("q")]
    [DataRow("l")]
    [DataRow("v")]
    [DataRow("b")]
    [DataRow("k")]
    [DataRow("R")]
    [DataRow("x-later")]
    public void Types_are_kept_also_of_later_versions(string type)
    {
        Assert.AreEqual(type, Read("{'y':'" + type + "','c':'x','re':'a/1','d':1,'a':1,'z':1,'v':1}").Type);
    }

    [TestMethod]
    public void A_presence_has_state_pair_wait_and_time()
    {
        var body = new Body();
        byte[] bytes = Json.Bytes("{'s':'sleep','b':41,'c':3,'w':300,'t':1790000000,'n':'ignored here'}");
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.ReadPresence(bytes, bytes.Length, body));
        Assert.AreEqual("sleep", body.State);
        Assert.AreEqual(41, body.Boot);
        Assert.AreEqual(3, body.Connection);
        Assert.AreEqual(300, body.WakeAfter);
        Assert.AreEqual(1790000000L, body.Time);
    }

    [TestMethod]
    [DataRow("{'b':1,'c':1}", BodyErrorNumber.MissingField)]
    [DataRow("{'s':1}", BodyErrorNumber.WrongType)]
    [DataRow("{'s':'on','b':'1'}", BodyErrorNumber.WrongType)]
    [DataRow("{'s':'on','c':'x'}", BodyErrorNumber.WrongType)]
    [DataRow("{'s':'on','b':-1}", BodyErrorNumber.OutOfRange)]
    [DataRow("{'s':'on'", BodyErrorNumber.NotJson)]
    [DataRow("on", BodyErrorNumber.NotJson)]
    [DataRow("", BodyErrorNumber.NotJson)]
    public void A_bad_presence_is_refused(string text, int error)
    {
        byte[] bytes = Json.Bytes(text);
        Assert.AreEqual(error, (int)BodyReader.ReadPresence(bytes, bytes.Length, new Body()), text);
    }

    [TestMethod]
    public void A_profile_has_name_capabilities_and_incarnation()
    {
        var body = new Body();
        byte[] bytes = Json.Bytes("{'nm':'Alice \u00C4','cap':'vb','e':2,'c':7}");
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.ReadProfile(bytes, bytes.Length, body));
        Assert.AreEqual("Alice \u00C4", body.Name);
        Assert.AreEqual("vb", body.Capabilities);
        Assert.AreEqual(2, body.Incarnation);
        bytes = Json.Bytes("{}");
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.ReadProfile(bytes, bytes.Length, body));
        Assert.IsNull(body.Name);
        bytes = Json.Bytes("{'nm':['x']}");
        Assert.AreEqual((int)BodyError.WrongType, (int)BodyReader.ReadProfile(bytes, bytes.Length, body));
    }

    [TestMethod]
    public void A_body_that_is_read_into_again_forgets_what_it_was()
    {
        var body = new Body();
        Json.Read(
            "{'y':'r','n':1,'e':4,'g':'g','d':9,'s':8,'h':[1],'a':1,'z':2,"
            + "'re':'r','v':1,'u':'u','la':1,'lo':1,'c':'c','t':5,'sender':'s'}",
            body);
        Json.Read("{'c':'broken", body);
        Assert.AreEqual((int)BodyError.None, (int)Json.Read("{'c':'x'}", body));
        Assert.AreEqual(BodyTypes.Text, body.Type);
        Assert.AreEqual(0, body.N + body.HoleCount + body.From + body.To);
        Assert.AreEqual(0L, body.Time);
        Assert.AreEqual(1, body.Incarnation);
        Assert.AreEqual(-2, body.Have + body.Shown);
        Assert.IsNull(body.Group);
        Assert.IsNull(body.ReplyTo);
        Assert.IsNull(body.Value);
        Assert.IsNull(body.Unit);
        Assert.IsNull(body.Latitude);
        Assert.IsNull(body.Longitude);
        Assert.IsNull(body.Sender);
    }

    [TestMethod]
    public void A_body_cut_anywhere_is_refused()
    {
        byte[] whole = Json.Bytes("{'y':'r','n':17,'t':1790000000,'h':[1,2],'zz':{'a':[true]},'d':3,'c':'\u00FC\\n\\ud83d\\ude42'}");
        var body = new Body();
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.Read(whole, whole.Length, body));
        for (int count = 0; count < whole.Length; count++)
            Assert.AreNotEqual((int)BodyError.None, (int)BodyReader.Read(whole, count, body), "cut at " + count.ToString());
    }

    [TestMethod]
    public void A_body_with_any_byte_changed_is_read_or_refused_and_never_throws()
    {
        byte[] whole = Json.Bytes("{'y':'r','n':17,'t':1.5,'h':[1],'z':{'a':[true]},'d':3,'c':'\u00FC\\n\\ud83d\\ude42'}");
        var body = new Body();
        int read = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            byte right = whole[at];
            for (int wrong = 0; wrong < 256; wrong++)
            {
                whole[at] = (byte)wrong;
                if (BodyReader.Read(whole, whole.Length, body) == BodyError.None) read++;
                BodyReader.ReadPresence(whole, whole.Length, body);
                BodyReader.ReadProfile(whole, whole.Length, body);
            }

            whole[at] = right;
        }

        Assert.IsTrue(read > 0, "some changes are harmless");
    }

    [TestMethod]
    public void A_direct_text_of_21_characters_fits_a_packet_of_80_bytes()
    {
        var body = new Body();
        body.N = 99; // each further digit of the number is a byte more
        body.Time = 1790000000;
        body.Content = "Meet at gate 4, 10:30";
        Assert.AreEqual(21, body.Content.Length);
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        writer.Write(body);
        byte[] topic = Encoding.UTF8.GetBytes(Topics.Inbox("board-01", "board-02"));
        int packet = 2 + 2 + topic.Length + 2 + writer.Length; // fixed header, topic length, packet id: OASIS MQTT 3.1.1, section 3.3
        Assert.IsTrue(packet <= 80, "is " + packet.ToString());
    }

    private static Body Read(string text)
    {
        var body = new Body();
        Assert.AreEqual((int)BodyError.None, (int)Json.Read(text, body), text);
        return body;
    }

    // a data row takes numbers, not enum values
    private static class BodyErrorNumber
    {
        public const int NotJson = (int)BodyError.NotJson;
        public const int WrongType = (int)BodyError.WrongType;
        public const int OutOfRange = (int)BodyError.OutOfRange;
        public const int MissingField = (int)BodyError.MissingField;
    }
}

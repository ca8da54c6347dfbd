using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>How bodies are written.</summary>
[TestClass]
public class BodyWriterTests
{
    [TestMethod]
    public void What_is_absent_is_not_written()
    {
        var body = new Body();
        body.Content = "";
        Assert.AreEqual("{'c':''}", Written(body));
    }

    [TestMethod]
    public void Fields_have_their_order_whatever_the_type()
    {
        var body = new Body();
        body.Type = "r";
        body.N = 1;
        body.Time = 2;
        body.Incarnation = 3;
        body.Group = "team";
        body.Have = 9;
        body.Shown = 0;
        body.AddHole(4);
        body.AddHole(5);
        body.From = 6;
        body.To = 7;
        body.ReplyTo = "bob/8";
        body.Value = "21.5";
        body.Unit = "V";
        body.Latitude = "1";
        body.Longitude = "-2.5";
        body.Content = "x";
        body.Sender = "never written";
        string expected =
            "{'y':'r','n':1,'t':2,'e':3,'g':'team','d':9,'s':0,'h':[4,5],"
            + "'a':6,'z':7,'re':'bob/8','v':21.5,'u':'V','la':1,'lo':-2.5,'c':'x'}";
        Assert.AreEqual(expected, Written(body));
    }

    [TestMethod]
    public void What_was_written_is_read_as_the_same()
    {
        var body = new Body();
        string[] bodies =
        {
            "{'n':17,'t':1790000000,'c':'Gr\u00FC\u00DFe \U0001F642'}",
            "{'n':2147483647,'t':253402300799,'e':65535,'c':'x'}",
            "{'y':'r','g':'team','d':17,'s':11,'h':[12,14]}",
            "{'y':'q','a':12,'z':14}",
            "{'y':'v','n':7,'v':'open','u':'%','la':48.1,'lo':-11.5}",
            "{'y':'b','n':8,'re':'bob/5','c':'\U0001F44D'}",
            "{'y':'later','n':8}",
        };
        for (int i = 0; i < bodies.Length; i++)
        {
            Assert.AreEqual((int)BodyError.None, (int)Json.Read(bodies[i], body));
            Assert.AreEqual(bodies[i], Written(body));
        }
    }

    [TestMethod]
    [DataRow("\"", "\\'")]
    [DataRow("\\", "\\\\")]
    [DataRow("/", "/")]
    [DataRow("\b\f\n\r\t", "\\b\\f\\n\\r\\t")]
    [DataRow("\u0001\u000F\u0010\u001F", "\\u0001\\u000f\\u0010\\u001f")]
    [DataRow("\u007F\u0080\u2028", "\u007F\u0080\u2028")]
    public void Only_what_JSON_requires_is_escaped(string content, string expected)
    {
        var body = new Body();
        body.Content = content;
        Assert.AreEqual("{'c':'" + expected + "'}", Written(body));
        var again = new Body();
        var writer = new BodyWriter(new byte[100]);
        writer.Write(body);
        Assert.AreEqual((int)BodyError.None, (int)BodyReader.Read(writer.Buffer, writer.Length, again));
        Assert.AreEqual(content, again.Content);
    }

    [TestMethod]
    [DataRow("0", "0")]
    [DataRow("-12.50e+3", "-12.50e+3")]
    [DataRow("12 V", "'12 V'")]
    [DataRow("012", "'012'")]
    [DataRow("1.", "'1.'")]
    [DataRow("-", "'-'")]
    [DataRow("", "''")]
    [DataRow("NaN", "'NaN'")]
    [DataRow("true", "'true'")]
    public void A_value_that_reads_as_a_number_is_written_as_one(string value, string expected)
    {
        var body = new Body();
        body.Type = BodyTypes.Value;
        body.Value = value;
        Assert.AreEqual("{'y':'v','v':" + expected + "}", Written(body));
    }

    [TestMethod]
    public void Content_over_1024_bytes_is_refused()
    {
        var body = new Body();
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        body.Content = new string('\u00FC', 512);
        Assert.AreEqual((int)BodyError.None, (int)writer.Write(body));
        body.Content = new string('\u00FC', 512) + "x";
        Assert.AreEqual((int)BodyError.ContentTooLong, (int)writer.Write(body));
        Assert.AreEqual(0, writer.Length);
        body.Content = "short again";
        Assert.AreEqual((int)BodyError.None, (int)writer.Write(body), "the refusal is forgotten");
        Assert.AreEqual(11 + 8, writer.Length);
    }

    [TestMethod]
    public void A_body_that_does_not_fit_is_refused_at_any_length()
    {
        var body = new Body();
        body.N = 1;
        body.Content = "a\nb";
        int needed = Written(body).Length;
        for (int capacity = 0; capacity < needed; capacity++)
        {
            var writer = new BodyWriter(new byte[capacity]);
            Assert.AreEqual((int)BodyError.TooLong, (int)writer.Write(body), "capacity " + capacity.ToString());
            Assert.AreEqual(0, writer.Length);
            Assert.AreEqual(0, writer.ToArray().Length);
        }

        Assert.AreEqual((int)BodyError.None, (int)new BodyWriter(new byte[needed]).Write(body));
    }

    [TestMethod]
    public void Escapes_can_make_a_body_too_long()
    {
        var body = new Body();
        body.Content = new string('\n', 1024);
        Assert.AreEqual((int)BodyError.TooLong, (int)new BodyWriter(new byte[Body.MaxBytes]).Write(body));
    }

    [TestMethod]
    public void A_presence_is_written_with_what_it_has()
    {
        var body = new Body();
        var writer = new BodyWriter(new byte[100]);
        body.State = "on";
        Assert.AreEqual((int)BodyError.None, (int)writer.WritePresence(body));
        Assert.AreEqual("{'s':'on'}", Json.Text(writer.Buffer, writer.Length));
        body.Boot = 0;
        body.Connection = 3;
        body.WakeAfter = 300;
        body.Time = 1790000000;
        writer.WritePresence(body);
        Assert.AreEqual("{'s':'on','b':0,'c':3,'w':300,'t':1790000000}", Json.Text(writer.Buffer, writer.Length));
    }

    [TestMethod]
    public void A_profile_is_written_with_what_it_has()
    {
        var body = new Body();
        var writer = new BodyWriter(new byte[100]);
        writer.WriteProfile(body);
        Assert.AreEqual("{}", Json.Text(writer.Buffer, writer.Length));
        body.Capabilities = "vb";
        writer.WriteProfile(body);
        Assert.AreEqual("{'cap':'vb'}", Json.Text(writer.Buffer, writer.Length));
        body.Name = "Alice";
        body.Incarnation = 2;
        writer.WriteProfile(body);
        Assert.AreEqual("{'nm':'Alice','cap':'vb','e':2}", Json.Text(writer.Buffer, writer.Length));
    }

    [TestMethod]
    public void A_copy_does_not_change_with_the_next_body()
    {
        var body = new Body();
        var writer = new BodyWriter(new byte[100]);
        body.Content = "first";
        writer.Write(body);
        byte[] copy = writer.ToArray();
        body.Content = "other";
        writer.Write(body);
        Assert.AreEqual("{'c':'first'}", Json.Text(copy, copy.Length));
    }

    private static string Written(Body body)
    {
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        Assert.AreEqual((int)BodyError.None, (int)writer.Write(body));
        return Json.Text(writer.Buffer, writer.Length);
    }
}

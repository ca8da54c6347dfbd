namespace EdgeChat.Delivery;

/// <summary>A configuration that the operator sends to this board, or what became of it: docs/protocol.md, section 14.</summary>
public sealed class Order
{
    /// <summary>The configuration's number, 1 or more.</summary>
    public int Number;

    /// <summary>What is to change, or what became of it: lines.</summary>
    public string Text;

    /// <summary>Whether the broker has confirmed what became of it.</summary>
    public bool IsTold;
}

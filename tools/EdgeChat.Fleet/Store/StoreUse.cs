namespace EdgeChat.Fleet;

/// <summary>What a store is opened for.</summary>
public enum StoreUse
{
    /// <summary>To look: the right to read it is enough.</summary>
    Read,

    /// <summary>To change it, which is tried before anything else is done: a board or a broker must not have what the store could not
    /// write down.</summary>
    Write,

    /// <summary>As <see cref="Write"/>; a new one is made when there is none.</summary>
    Create,
}

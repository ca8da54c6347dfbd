using System;

namespace TestFrameworkShared;

/// <summary>An expectation did not hold; MSTest reports its own kind of exception without a stack of the framework.</summary>
public class AssertFailedException : Microsoft.VisualStudio.TestTools.UnitTesting.AssertFailedException
{
    public AssertFailedException(string msg, Exception ex)
        : base(msg, ex)
    {
    }

    public AssertFailedException(string msg)
        : base(msg)
    {
    }

    public AssertFailedException()
    {
    }
}

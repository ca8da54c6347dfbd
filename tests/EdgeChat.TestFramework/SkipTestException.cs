using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Ends a test as skipped.</summary>
public class SkipTestException : AssertInconclusiveException
{
    public SkipTestException(string message = null, Exception innerException = null)
        : base(message, innerException)
    {
    }
}

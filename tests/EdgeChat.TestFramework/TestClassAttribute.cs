namespace nanoFramework.TestFramework;

/// <summary>Marks a class of tests; MSTest finds it because it is one of its own.</summary>
public class TestClassAttribute : Microsoft.VisualStudio.TestTools.UnitTesting.TestClassAttribute
{
    public virtual TestMethodAttribute GetTestMethodAttribute(TestMethodAttribute testMethodAttribute) => testMethodAttribute;
}

using System;
using System.Linq;
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Marks a test. Here it also runs the class's <see cref="SetupAttribute"/> and <see cref="CleanupAttribute"/> methods.</summary>
/// <remarks>The board's launcher runs them once a class; here they run around each test, so that a filter changes nothing and a
/// failing clean-up fails a test. A test class has to hold under both, which it does when its tests do not build on each other.</remarks>
public class TestMethodAttribute : Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute
{
    public override TestResult[] Execute(ITestMethod testMethod)
    {
        Type type = testMethod.MethodInfo.DeclaringType;
        try
        {
            Run<SetupAttribute>(type);
            return base.Execute(testMethod);
        }
        finally
        {
            Run<CleanupAttribute>(type);
        }
    }

    private static void Run<TAttribute>(Type type)
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in type.GetMethods().Where(m => m.IsDefined(typeof(TAttribute), false)))
            method.Invoke(method.IsStatic ? null : Activator.CreateInstance(type), BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>One set of arguments of a test; MSTest takes it as a data source of one row.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class DataRowAttribute : Attribute, ITestDataSource
{
    public DataRowAttribute(params object[] methodParameters) => MethodParameters = methodParameters ?? new object[] { null };

    public object[] MethodParameters { get; }

    IEnumerable<object[]> ITestDataSource.GetData(MethodInfo methodInfo) => new[] { MethodParameters };

    string ITestDataSource.GetDisplayName(MethodInfo methodInfo, object[] data) =>
        methodInfo.Name + " (" + string.Join(", ", data.Select(Values.Show)) + ")";
}

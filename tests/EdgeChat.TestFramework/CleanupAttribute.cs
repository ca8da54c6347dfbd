using System;

namespace nanoFramework.TestFramework;

/// <summary>Marks what runs after the tests of a class.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class CleanupAttribute : Attribute
{
}

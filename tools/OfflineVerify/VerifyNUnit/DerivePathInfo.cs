using System.Reflection;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>A project's own rule for the place of its snapshots.</summary>
public delegate PathInfo DerivePathInfo(string sourceFile, string projectDirectory, Type type, MethodInfo method);

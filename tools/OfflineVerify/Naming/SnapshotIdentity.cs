using System.Reflection;
using VerifyTests;

namespace OfflineVerify.Naming;

/// <summary>Which test verifies: everything that file names are made of, besides the settings.</summary>
/// <param name="SourceFile">The test's source file; relative directories start at its folder.</param>
/// <param name="TypeName">The fixture, with its parent where it is nested.</param>
/// <param name="MethodName">The test method.</param>
/// <param name="ParameterNames">Names of the fixture's and the method's parameters; null where there are none.</param>
/// <param name="PathInfo">The project's own rule for the place of snapshots.</param>
/// <param name="TestAssembly">The assembly that holds the test.</param>
internal sealed record SnapshotIdentity(
    string SourceFile,
    string TypeName,
    string MethodName,
    IReadOnlyList<string>? ParameterNames,
    PathInfo PathInfo,
    Assembly TestAssembly);

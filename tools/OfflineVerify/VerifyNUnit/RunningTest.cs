using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using OfflineVerify.Naming;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>Reads from NUnit which test is running, and with which parameters.</summary>
internal static class RunningTest
{
    public static SnapshotIdentity Identify(string sourceFile, VerifySettings settings)
    {
        Test test = TestExecutionContext.CurrentContext.CurrentTest;
        MethodInfo method = test.Method?.MethodInfo
            ?? throw new InvalidOperationException(
                "No test method is running. Verify can only be used from within a test method.");
        Type type = test.Method.TypeInfo.Type;
        object?[] fixtureArguments = FixtureArguments(test);
        settings.Naming.Parameters ??= [.. fixtureArguments, .. test.Arguments];
        return new SnapshotIdentity(
            sourceFile,
            NameWithParent(type),
            method.Name,
            ParameterNames(type, method, fixtureArguments.Length),
            DerivePathInfo(sourceFile, type, method),
            type.Assembly);
    }

    private static PathInfo DerivePathInfo(string sourceFile, Type type, MethodInfo method) =>
        VerifierSettings.Shared.DerivePathInfo is { } derive
            ? derive(sourceFile, AttributeReader.GetProjectDirectory(type.Assembly), type, method)
            : new PathInfo(Path.GetDirectoryName(sourceFile), NameWithParent(type), method.Name);

    internal static string NameWithParent(Type type) => type.IsNested ? $"{type.ReflectedType!.Name}.{type.Name}" : type.Name;

    private static object?[] FixtureArguments(Test test)
    {
        ITest? parent = test.Parent;
        return (parent is ParameterizedMethodSuite suite ? suite.Parent : parent)?.Arguments ?? [];
    }

    private static List<string>? ParameterNames(Type type, MethodInfo method, int fixtureArgumentCount)
    {
        List<string> names = [.. method.GetParameters().Select(parameter => parameter.Name!)];
        if (fixtureArgumentCount > 0)
        {
            names.InsertRange(0, ConstructorParameterNames(type, fixtureArgumentCount));
        }

        return names.Count == 0 ? null : names;
    }

    private static IEnumerable<string> ConstructorParameterNames(Type type, int count)
    {
        ConstructorInfo[] constructors = [.. type.GetConstructors().Where(constructor => constructor.GetParameters().Length == count)];
        return constructors.Length switch
        {
            0 => throw new InvalidOperationException($"Could not find constructor with {count} parameters."),
            1 => constructors[0].GetParameters().Select(parameter => parameter.Name!),
            _ => throw new InvalidOperationException(
                $"Found multiple constructors with {count} parameters. Unable to derive names of parameters. Instead use UseParameters to pass in explicit parameter."),
        };
    }
}

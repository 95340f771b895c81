namespace VerifyTests;

/// <summary>Where a snapshot lies; null means Verify's own choice, an empty type name leaves the type out of the file name.</summary>
public readonly struct PathInfo(string? directory = null, string? typeName = null, string? methodName = null)
{
    public string? Directory { get; } = directory;

    public string? TypeName { get; } = typeName;

    public string? MethodName { get; } = methodName;
}

namespace OfflineVerify.Naming;

/// <summary>What one verification says about the names of its files.</summary>
internal sealed class NamingSettings
{
    public NamingSettings()
    {
    }

    public NamingSettings(NamingSettings other)
    {
        Directory = other.Directory;
        FileName = other.FileName;
        TypeName = other.TypeName;
        MethodName = other.MethodName;
        ParametersText = other.ParametersText;
        Parameters = other.Parameters;
        IgnoredParameters = other.IgnoredParameters;
        IgnoreParametersForVerified = other.IgnoreParametersForVerified;
        UniqueDirectory = other.UniqueDirectory;
        UniquePrefixDisabled = other.UniquePrefixDisabled;
        Uniqueness = new Uniqueness(other.Uniqueness);
    }

    public string? Directory { get; set; }

    public string? FileName { get; set; }

    public string? TypeName { get; set; }

    public string? MethodName { get; set; }

    public string? ParametersText { get; set; }

    public IReadOnlyList<object?>? Parameters { get; set; }

    public IReadOnlySet<string>? IgnoredParameters { get; set; }

    public bool IgnoreParametersForVerified { get; set; }

    public bool UniqueDirectory { get; set; }

    public bool UniquePrefixDisabled { get; set; }

    public Uniqueness Uniqueness { get; } = new();
}

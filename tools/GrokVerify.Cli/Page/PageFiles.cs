namespace GrokVerify.Cli.Page;

/// <summary>Files that travel inside the program.</summary>
internal static class PageFiles
{
    public static Stream Open(string name) =>
        typeof(PageFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the program has no resource {name}");

    public static bool Has(string name) => typeof(PageFiles).Assembly.GetManifestResourceInfo(name) is not null;

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static Action<Stream> CopyTo(string name) => target =>
    {
        using Stream file = Open(name);
        file.CopyTo(target);
    };
}
